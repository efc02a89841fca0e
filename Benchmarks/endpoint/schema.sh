#!/usr/bin/env bash
# schemathesis holds the OpenAPI document against the answers. It needs `schemathesis` (pip) on the PATH.
#
#   Benchmarks/endpoint/schema.sh [EXAMPLES]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
make_site "$root/content/sample"
"$marquee" user add --site "$work/site" boss --owner >/dev/null 2>&1
owner=$("$marquee" user token --site "$work/site" boss)
start_server --set logins-per-minute=1000000 --set registrations-per-hour=1000000 --set rebuild-quiet=86400 \
  --set rebuild-wait=86400
# Events never end, and the end of the session would end the run.
examine() {
  schemathesis run "$base/api/openapi.json" --header "Authorization: Bearer $owner" --max-examples "$examples" "$@"
}
examples=${1:-50}
examine --exclude-path /api/events --exclude-operation-id deleteSession --exclude-operation-id createAccount \
  --exclude-operation-id postRatings
# No schema can say which passwords everybody knows, or what a file must hold: those are refused although their form is
# right.
for operation in createAccount postRatings; do
  examine --include-operation-id "$operation" --exclude-checks positive_data_acceptance
done
