#!/usr/bin/env bash
# Load on the endpoint, on loopback with the client on the same machine: static pages compared with Hummingbird's "hello", and
# durable ratings of 64 clients, alone and while the site is rebuilt.
#
#   Benchmarks/endpoint/load.sh [DATA] [SECONDS]        DATA: a MovieLens folder; default the sample
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
command -v wrk >/dev/null || { echo "load: wrk is not here; install it" >&2; exit 1; }
data=${1:-$root/content/sample}
seconds=${2:-10}
here=$root/Benchmarks/endpoint
told=$work/told
# What is measured is kept for `make bench-results`.
say() { echo "$1 $2" | tee -a "$told"; }
make_site "$data"
make_tokens 64
export TOKENS=$work/tokens

echo "disk: $("$here/fsync.py" "$work/site/.marquee") (the bound of a single writer)"
swift build -c release --package-path "$here/hello" --scratch-path "${HELLO_BUILD:-$root/.build-hello}" >/dev/null 2>&1 || true
hello=${HELLO_BUILD:-$root/.build-hello}/release/hello
[[ -x $hello ]] || { echo "load: hello could not be built" >&2; exit 1; }
page=/$(cd "$work/site/output" && ls -d movies/1-*/ | head -n 1)
start_server
"$hello" $((port + 1)) 2>/dev/null &
other=$!
sleep 1
for round in 1 2 3; do
  say hello "$(wrk -t2 -c64 -d"${seconds}s" -s "$here/get.lua" "http://127.0.0.1:$((port + 1))/" | tail -n 1)"
  say page "$(wrk -t2 -c64 -d"${seconds}s" -s "$here/get.lua" "$base$page" | tail -n 1)"
done
kill $other
echo "memory $(memory) MB, $(files) open files"
say ratings "$(wrk -t2 -c64 -d"${seconds}s" -s "$here/ratings.lua" "$base" | tail -n 1)"
"$marquee" user add --site "$work/site" boss --owner >/dev/null 2>&1
owner=$("$marquee" user token --site "$work/site" boss)
curl -s -o /dev/null -X POST -H "Authorization: Bearer $owner" "$base/api/rebuild"
sleep 1
say ratings-while-rebuilding "$(wrk -t2 -c64 -d"${seconds}s" -s "$here/ratings.lua" "$base" | tail -n 1)"
echo "builds: $(curl -s "$base/api/builds" | head -c 300)"
echo "memory $(memory) MB, $(files) open files"
"$here/load-figures.py" "$told" "$(memory)"
