#!/usr/bin/env bash
# The test suite. What failed is said again at the end: it is thousands of lines up by then.
#
#   Scripts/test.sh         everything
#   Scripts/test.sh fast    without the tests marked .slow and without browsers, in less than two minutes on two quiet cores
#
# The release configuration without testable imports: what `make site` compiled is used as it is. Servers and browsers are
# tested by themselves: next to the models' long loops on two cores they would respond late.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tier=${1:-all}
# Seconds from which a test belongs to the slow ones, on two quiet cores.
long=4
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
run() { swift test -c release --disable-testable-imports "$@" 2>&1 | tee -a "$log" || status=$?; }
case $tier in
all)
  run --skip 'EndpointTests|BrowserTests'
  run --no-parallel --filter 'EndpointTests|BrowserTests'
  ;;
fast)
  export MARQUEE_TESTS=fast
  # `swift test list` builds what the runs need, with their flags; `swift build` has none for testable imports.
  listing=$(swift test list -c release --disable-testable-imports 2>&1) || { printf '%s\n' "$listing"; exit 1; }
  start=$SECONDS
  run --skip-build --skip 'EndpointTests|BrowserTests'
  run --skip-build --no-parallel --filter EndpointTests
  printf '\n%d seconds without building.' $((SECONDS - start))
  ;;
*)
  printf 'usage: %s [fast]\n' "$0" >&2
  exit 64
  ;;
esac
# A slow test that is not marked makes the fast ones slow. Where tests run side by side their times include waiting, so these are
# candidates, the longest first.
if [[ $tier == fast ]]; then
  printf ' The longest tests (mark what takes more than %d s by itself with .slow):\n' "$long"
  sed -nE 's/^✔ Test (.*) passed after ([0-9.]+) seconds\.$/\2 s  \1/p' "$log" | grep -v '^[0-9.]* s  run with' | sort -rn | head -8
fi
if ((status)); then
  printf '\nfailed:\n'
  grep -E -A 12 '✘ .* recorded an issue|error: |Fatal error|exited with' "$log" | grep -vE '^(◇|✔|--)' | cut -c1-600 | head -80
fi
exit "$status"
