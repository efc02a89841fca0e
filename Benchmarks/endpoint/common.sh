# Shared by the scripts of this folder: a site of its own in a temporary folder, a server on it, accounts with tokens.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
marquee=${MARQUEE:-$root/.build/release/marquee}
export MARQUEE_HOME=${MARQUEE_HOME:-$root}
work=$(mktemp -d)
server=
port=${PORT:-18080}
base=http://127.0.0.1:$port

finish() {
  [[ -n $server ]] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
  rm -rf "$work"
}
trap finish EXIT

# make_site DATA [QUALITY]: builds a site with an endpoint into $work/site.
make_site() {
  mkdir -p "$work/site/content"
  cat >"$work/site/content/site.yaml" <<EOF
title: Load
data: $(realpath "$1")
quality: ${2:-quick}
endpoint: /
EOF
  "$marquee" build --site "$work/site" 2>"$work/build.log" || { cat "$work/build.log" >&2; exit 1; }
}

# make_tokens COUNT: accounts m0, m1, … and their tokens, a line each, in $work/tokens.
make_tokens() {
  for ((i = 0; i < $1; i++)); do
    "$marquee" user add --site "$work/site" "m$i" >/dev/null 2>&1
    "$marquee" user token --site "$work/site" "m$i"
  done >"$work/tokens"
}

# start_server [FLAG...]: with a limit of OPEN_FILES open files, for this process only.
start_server() {
  (
    [[ -n ${OPEN_FILES:-} ]] && ulimit -n "$OPEN_FILES"
    exec "$marquee" serve --site "$work/site" --port "$port" --set ratings-per-minute=1000000 --set log-level=warning "$@"
  ) 2>"$work/serve.log" &
  server=$!
  for ((i = 0; i < 200; i++)); do
    curl -s -o /dev/null "$base/healthz" && return
    sleep 0.05
  done
  cat "$work/serve.log" >&2
  exit 1
}

# Memory of the server in MB; its open files.
memory() { awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status"; }
files() { ls "/proc/$server/fd" | wc -l; }
