#!/usr/bin/env bash
# marquee spark compared with marquee build, on loopback. Sets up Python with Spark in .build; needs Java 17.
# SPARK_VERSION=3.5.9 takes an older Spark. `all` also runs what takes more than some minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v java > /dev/null || { echo "test-spark: needs Java 17; Debian: apt-get install openjdk-17-jre-headless" >&2; exit 1; }
version=${SPARK_VERSION:-4.2.1}
venv=${MARQUEE_SPARK_VENV:-.build/spark-venv-$version}
# What Spark 3.5 knew of.
case $version in
  3.*) packages=('pyarrow<19' 'numpy<2.3' setuptools) ;;
  *) packages=(pyarrow) ;;
esac
if [ ! -x "$venv/bin/spark-submit" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet "pyspark==$version" "${packages[@]}" 'pandas<3' 'moto[s3,server]'
fi
# One bundle does for all of them.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export MARQUEE_BUNDLE=$scratch/marquee.tar.gz
status=0
run() { "$venv/bin/python" "Tests/Spark/$@" || { status=1; echo "failed: $*" >&2; }; }
run without_spark.py
if [ "${1:-}" = all ]; then
  run same_as_alone.py
  run odd_rows.py
  run busy_member.py
  run mllib.py
  run failures.py
  run bucket.py
  run growth.py
else
  # The quick part.
  run same_as_alone.py --executors 2 --partitions 7 --formats csv
  run odd_rows.py
fi
exit "$status"
