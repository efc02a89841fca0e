#!/usr/bin/env bash
# marquee spark beside marquee build, on loopback. Sets up Python with Spark in .build/spark-venv: Java 17 must be there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v java > /dev/null || { echo "test-spark: needs Java 17; Debian: apt-get install openjdk-17-jre-headless" >&2; exit 1; }
venv=${MARQUEE_SPARK_VENV:-.build/spark-venv}
if [ ! -x "$venv/bin/spark-submit" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'pyspark==4.2.1' pyarrow 'pandas<3' 'moto[s3,server]'
fi
status=0
run() { "$venv/bin/python" "Tests/Spark/$@" || { status=1; echo "failed: $*" >&2; }; }
if [ "${1:-}" = all ]; then
  run same_as_alone.py
  run odd_rows.py
  run failures.py
  run bucket.py
  run growth.py
else
  # What fits into the time that CI has.
  run same_as_alone.py --executors 2 --partitions 7 --formats csv
  run odd_rows.py
fi
exit "$status"
