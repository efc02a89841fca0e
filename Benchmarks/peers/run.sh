#!/usr/bin/env bash
# Runs every comparison with another program: each *.sh and *.py in this folder, one after the other.
#
#   Benchmarks/peers/run.sh                  all
#   Benchmarks/peers/run.sh ingest ease      those
#
# A comparison interleaves runs of both programs on the same machine and prints both, their medians and the ratio. One whose peer is not
# installed says so and exits 0; one that fails is named, does not stop the rest, and makes this exit 1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
Benchmarks/peers/setup.sh
python=$PWD/Benchmarks/.build/peers/bin/python
export MARQUEE=${MARQUEE:-$PWD/.build/release/marquee}
[ -x "$MARQUEE" ] || { echo "peers: $MARQUEE is not built; run: make binary" >&2; exit 1; }

echo "$(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1), load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null)"
failed=()
for script in Benchmarks/peers/*.sh Benchmarks/peers/*.py; do
  name=$(basename "${script%.*}")
  case $name in setup | run | figures | '*') continue ;; esac
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  printf '\n## %s\n\n' "$name"
  case $script in
    *.py) "$python" "$script" || failed+=("$name") ;;
    *) PEERS_PYTHON=$python bash "$script" || failed+=("$name") ;;
  esac
done
[ ${#failed[@]} -eq 0 ] || { echo "peers: failed: ${failed[*]}" >&2; exit 1; }
