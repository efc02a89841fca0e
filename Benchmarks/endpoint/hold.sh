#!/usr/bin/env bash
# What others get while somebody holds the server: answers to their pages in milliseconds, the server's memory, and how
# long it takes to stop. The attacks are those of hold.py; the last has 256 open files, as a small container may.
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
  python3 "$here/hold.py" "$name" --port "$port" --tokens "$work/tokens" --server "$server" || true
  local from=$EPOCHREALTIME
  kill "$server"
  wait "$server" && code=0 || code=$?
  echo "    stopped with $code after $(python3 -c "print(round($EPOCHREALTIME - $from, 2))") s"
  server=
}

for name in late-bytes idle streams names bodies; do attack "$name"; done
(
  ulimit -n 256
  attack descriptors --set rebuild-quiet=2
)
