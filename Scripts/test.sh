#!/usr/bin/env bash
# The whole test suite. What failed is said again at the end: it is thousands of lines up by then.
#
# The release configuration without testable imports: what `make site` compiled is used as it is. Servers and browsers are
# tested by themselves: beside the models' long loops on two cores they would answer late.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
run() { swift test -c release --disable-testable-imports "$@" 2>&1 | tee -a "$log" || status=$?; }
run --skip 'EndpointTests|BrowserTests'
run --no-parallel --filter 'EndpointTests|BrowserTests'
if ((status)); then
  printf '\nfailed:\n'
  grep -E -A 12 '✘ .* recorded an issue|error: |Fatal error|exited with' "$log" | grep -vE '^(◇|✔|--)' | cut -c1-600 | head -80
fi
exit "$status"
