#!/usr/bin/env bash
# Damages every file of the corpus and reads it, for longer than the suite does: Scripts/fuzz-ingest.sh [ROUNDS [SEED]]
# A crash, a data set that is not sound or an account that does not add up fails it; the seed says how to see it again.
set -euo pipefail
cd "$(dirname "$0")/.."
export MARQUEE_FUZZ_ROUNDS=${1:-2000} MARQUEE_FUZZ_SEED=${2:-$RANDOM}
echo "rounds $MARQUEE_FUZZ_ROUNDS, seed $MARQUEE_FUZZ_SEED"
swift test -c release --disable-testable-imports --filter FuzzTests
