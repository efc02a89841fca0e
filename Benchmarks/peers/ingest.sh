#!/usr/bin/env bash
# Ingest of a CSV of ratings into the database, compared with sqlite3's .import of the same file into a table with the same keys.
#
#   RATINGS=20000000 RUNS=3 Benchmarks/peers/ingest.sh
#   DATA=FOLDER Benchmarks/peers/ingest.sh       a folder with ratings.csv
#
# Needs five times the size of the CSV on the disk of SCRATCH (TMPDIR).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
marquee=${MARQUEE:-$PWD/.build/release/marquee}
runs=${RUNS:-3}
command -v sqlite3 >/dev/null || { echo "ingest: sqlite3 is not installed; skipped"; exit 0; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
data=${DATA:-}
if [ -z "$data" ]; then
  data=$scratch/data
  ratings=${RATINGS:-20000000}
  # The shape of MovieLens 20M: 144 ratings a user, 26,744 movies.
  "$marquee" synthesize "$data" --users $((ratings / 144)) --movies 26744 --ratings "$ratings" --seed 1 >/dev/null 2>&1
fi
cp "$data/ratings.csv" "$scratch/ratings.csv" && mkdir "$scratch/one" && mv "$scratch/ratings.csv" "$scratch/one/"

cat >"$scratch/import.sql" <<SQL
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE ratings (userId INTEGER NOT NULL, movieId INTEGER NOT NULL, rating REAL NOT NULL, timestamp INTEGER NOT NULL,
  PRIMARY KEY (userId, movieId)) WITHOUT ROWID;
.mode csv
.import --skip 1 $scratch/one/ratings.csv ratings
SQL

# timed NAME CMD...: appends "wall cpu peak_mb" to NAME.times
timed() {
  local name=$1
  shift
  python3 - "$scratch/$name.times" "$@" <<'PYTHON'
import resource, subprocess, sys, time
start = time.monotonic()
subprocess.run(sys.argv[2:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "a") as file:
    print(f"{wall:.3f} {used.ru_utime + used.ru_stime:.3f} {used.ru_maxrss / 1024:.0f}", file=file)
PYTHON
}
for run in $(seq "$runs"); do
  rm -f "$scratch"/*.sqlite*
  timed sqlite3 sqlite3 -batch "$scratch/peer.sqlite" ".read $scratch/import.sql"
  timed marquee "$marquee" ingest "$scratch/one" --database "$scratch/ours.sqlite"
done
python3 - "$scratch" "$runs" "$(($(wc -l <"$scratch/one/ratings.csv") - 1))" <<'PYTHON'
import statistics, sys
folder, runs, ratings = sys.argv[1], sys.argv[2], int(sys.argv[3])
def medians(name):
    rows = [[float(x) for x in line.split()] for line in open(f"{folder}/{name}.times")]
    return [statistics.median(column) for column in zip(*rows)]
ours, peer = medians("marquee"), medians("sqlite3")
print(f"{ratings} ratings, medians of {runs} interleaved runs\n")
print("| program | seconds | CPU seconds | peak MB | ratings/s |\n|---|--:|--:|--:|--:|")
for name, row in (("marquee ingest", ours), ("sqlite3 .import", peer)):
    print(f"| {name} | {row[0]:.2f} | {row[1]:.2f} | {row[2]:.0f} | {ratings / row[0]:,.0f} |")
sys.path.insert(0, "Benchmarks/peers")
from figures import record
record("ingest", ours[0], peer[0], "sqlite3 .import", "seconds", marquee_mb=ours[2], peer_mb=peer[2])
print(f"\nmarquee is {peer[0] / ours[0]:.1f} times as fast ({peer[1] / ours[1]:.1f} times in CPU seconds)")
PYTHON
