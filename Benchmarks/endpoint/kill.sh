#!/usr/bin/env bash
# Kills the server under load, 100 times, and looks for every acknowledged rating.
#
#   Benchmarks/endpoint/kill.sh [KILLS] [CLIENTS]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
make_site "$root/content/sample"
make_tokens "${2:-16}"
"$root/Benchmarks/endpoint/kill.py" "$work/site" "$work/tokens" --kills "${1:-100}" --clients "${2:-16}" \
  --port "$((port + 10))" --marquee "$marquee" \
  --movies "$(tail -n +2 "$root/content/sample/movies.csv" | head -n 8 | cut -d, -f1 | paste -sd,)"
