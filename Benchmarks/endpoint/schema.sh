#!/usr/bin/env bash
# schemathesis holds the OpenAPI document against the answers. It needs `schemathesis` (pip) on the PATH.
#
#   Benchmarks/endpoint/schema.sh [EXAMPLES]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
make_site "$root/content/sample"
make_tokens 1
start_server --set logins-per-minute=1000000 --set registrations-per-hour=1000000 --set rebuild-quiet=86400 \
  --set rebuild-wait=86400
schemathesis run "$base/api/openapi.json" --header "Authorization: Bearer $(cat "$work/tokens")" \
  --max-examples "${1:-50}" --exclude-path /api/events --exclude-operation-id deleteSession \
  --exclude-operation-id createAccount --exclude-operation-id createSession
