#!/usr/bin/env bash
# The test suite. What failed is said again at the end: it is thousands of lines up by then.
#
#   Scripts/test.sh         everything
#   Scripts/test.sh fast    without the tests marked .slow and without browsers, in less than two minutes on two quiet cores
#
# The release configuration without testable imports: what `make site` compiled is used as it is. Servers and browsers are
# tested by themselves: next to the models' long loops on two cores they would respond late.
#
# Their folders are in memory where there is room: tests make and remove some hundred thousand small files, and the file systems
# of disks take two thirds of the processor's time of some of them.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tier=${1:-all}
# Seconds from which a test belongs to the slow ones, on two quiet cores.
long=4
room=$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)
# Kilobytes: several times what the tests hold at once.
if [[ -w /dev/shm ]] && ((${room:-0} > 6000000)); then
  folder=$(mktemp -d /dev/shm/marquee-tests-XXXXXX)
else
  folder=$(mktemp -d)
fi
# Other users are part of some tests.
chmod 755 "$folder"
export MARQUEE_TESTS_FOLDER=$folder
trap 'rm -rf "$folder"' EXIT
log=$folder/log
status=0
run() { swift test -c release --disable-testable-imports "$@" 2>&1 | tee -a "$log" || status=$?; }
case $tier in
all)
  run --skip 'EndpointTests|BrowserTests'
  run --no-parallel --filter 'EndpointTests|BrowserTests'
  ;;
fast)
  export MARQUEE_TESTS=fast
  # Builds what the runs need, with their flags: no test has this name. `swift test list` builds for testable imports, all anew.
  building=$(swift test -c release --disable-testable-imports --filter NoTestOfThisName 2>&1) || {
    printf '%s\n' "$building"
    exit 1
  }
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
