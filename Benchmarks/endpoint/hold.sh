#!/usr/bin/env bash
# What others get while somebody holds the server: answers to their pages in milliseconds, the server's memory, and how
# long it takes to stop. The attacks are those of hold.py; in the last the server has 256 open files, as a small container may.
# Ends with 1 where one of them got through, or the server needed 5 seconds or more to stop.
#
#   Benchmarks/endpoint/hold.sh [DATA]        DATA: a MovieLens folder; default the sample
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
make_site "${1:-$root/content/sample}"
make_tokens 6
here=$root/Benchmarks/endpoint
ulimit -n "$(ulimit -Hn)"

# attack NAME [FLAG...]: a server of its own, the attack, and the stop.
attack() {
  local name=$1
  shift
  start_server --set logins-per-minute=10 --set ratings-per-minute=600 --set rebuild-quiet=86400 --set rebuild-wait=86400 "$@"
  python3 "$here/hold.py" "$name" --port "$port" --tokens "$work/tokens" --server "$server" &
  local attacker=$!
  # What is held is still held while the server stops.
  while kill -0 "$attacker" 2>/dev/null && ! [[ -e $work/measured ]]; do sleep 0.1; done
  rm -f "$work/measured"
  local from=$EPOCHREALTIME
  kill "$server"
  wait "$server" && code=0 || code=$?
  local seconds
  seconds=$(python3 -c "print(round($EPOCHREALTIME - $from, 2))")
  echo "    stopped with $code after $seconds s"
  server=
  wait "$attacker" || failed=1
  if [[ $code != 0 ]] || python3 -c "exit($seconds < 5)"; then failed=1; fi
}
failed=0

for name in ${ATTACKS:-late-bytes idle streams names bodies half-bodies}; do attack "$name"; done
OPEN_FILES=256 attack descriptors --set rebuild-quiet=2
exit "$failed"
