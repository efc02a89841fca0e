#!/usr/bin/env bash
# Times whole builds, three times each from nothing, and prints the median of every stage.
#
#   Benchmarks/run.sh                 the sample, a synthetic million, and the MovieLens sets where they are
#   Benchmarks/run.sh PATH...         other data
#   QUALITY=quick RUNS=5 Benchmarks/run.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
marquee="$PWD/.build/release/marquee"
shared="${MARQUEE_SHARED:-$PWD/../shared}"
runs="${RUNS:-3}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

sets=()
for set in "$@"; do sets+=("$(realpath "$set")"); done
if [ ${#sets[@]} -eq 0 ]; then
  "$marquee" synthesize "$work/million" --users 6040 --movies 3706 --ratings 1000000 --seed 1 >/dev/null 2>&1
  sets=("$PWD/content/sample" "$work/million")
  for set in ml-100k ml-latest-small; do
    [ -d "$shared/data/$set" ] && sets+=("$shared/data/$set")
  done
fi

# One line a stage: name seconds cpu_seconds peak_mb
stages() {
  sed -n 's/.*"name": "\([a-z]*\)", "seconds": \([0-9.]*\), "cpu_seconds": \([0-9.]*\), "peak_mb": \([0-9.]*\).*/\1 \2 \3 \4/p' "$1"
}

echo "$(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1), quality ${QUALITY:-best}, median of $runs"
for set in "${sets[@]}"; do
  rm -rf "$work/site" "$work"/report.*
  mkdir "$work/site"
  for run in $(seq "$runs"); do
    (cd "$work/site" && rm -rf .marquee output &&
      "$marquee" build --clean --data "$set" --quality "${QUALITY:-best}" --report "$work/report.$run" 2>/dev/null)
  done
  echo
  sed -n "s|.*\"users\": \([0-9]*\), \"movies\": \([0-9]*\), \"ratings\": \([0-9]*\).*|$(basename "$set"): \1 users, \2 movies, \3 ratings|p" "$work/report.1"
  echo "stage         seconds      cpu  peak MB"
  for report in "$work"/report.*; do stages "$report"; done |
    awk -v runs="$runs" '
      { if (!($1 in n)) order[++names] = $1; n[$1]++; s[$1, n[$1]] = $2; c[$1, n[$1]] = $3; p[$1, n[$1]] = $4 }
      function median(values, name,   i, j, t, list) {
        for (i = 1; i <= runs; i++) list[i] = values[name, i]
        for (i = 2; i <= runs; i++) for (j = i; j > 1 && list[j - 1] > list[j]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
        return list[int((runs + 1) / 2)]
      }
      END {
        for (k = 1; k <= names; k++) {
          name = order[k]; sum += median(s, name); cpu += median(c, name); if (median(p, name) > peak) peak = median(p, name)
          printf "%-12s %8.3f %8.3f %8.0f\n", name, median(s, name), median(c, name), median(p, name)
        }
        printf "%-12s %8.3f %8.3f %8.0f\n", "all", sum, cpu, peak
      }'
done
