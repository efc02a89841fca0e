#!/usr/bin/env bash
# An hour in the life of a server (hour.py): members come, rate, hide and go, builds, copies and restorations, with everything
# that was acknowledged held against what the server has.
#
#   Benchmarks/endpoint/hour.sh [DATA] [SECONDS]        DATA: a MovieLens folder; default the sample
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
make_site "${1:-$root/content/sample}"
python3 "$root/Benchmarks/endpoint/hour.py" --marquee "$marquee" --site "$work/site" --port "$port" --seconds "${2:-3600}"
