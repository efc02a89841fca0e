#!/usr/bin/env bash
# Memory and open files of the server while it answers a million requests: pages of the whole site, not found ones, and
# ratings, in rounds, each with new connections.
#
#   Benchmarks/endpoint/soak.sh [DATA] [REQUESTS]        DATA: a MovieLens folder; default the sample
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
make_site "${1:-$root/content/sample}"
wanted=${2:-1000000}
here=$root/Benchmarks/endpoint
make_tokens 64
export TOKENS=$work/tokens PAGES=$work/pages
(cd "$work/site/output" && find . -name index.html | sed 's|^\.||; s|index.html$||' && echo /no/such/page/) >"$PAGES"
start_server --set rebuild-quiet=86400 --set rebuild-wait=86400
echo "start: $(memory) MB, $(files) open files"
answered=0
while ((answered < wanted)); do
  for kind in pages ratings; do
    seconds=8
    [[ $kind == ratings ]] && seconds=2
    line=$(wrk -t2 -c64 -d"${seconds}s" -s "$here/$kind.lua" "$base" | tail -n 1)
    rate=$(sed -E 's/.*requests\/s ([0-9]+).*/\1/' <<<"$line")
    answered=$((answered + rate * seconds))
  done
  echo "$answered requests: $(memory) MB, $(files) open files"
done
sleep 1
echo "at rest: $(memory) MB, $(files) open files"
