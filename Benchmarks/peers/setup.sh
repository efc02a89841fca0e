#!/usr/bin/env bash
# Sets up the programs that Marquee is compared with, in a virtual environment under Benchmarks/.build (ignored by git).
# What cannot be installed is named and does not stop the rest: a benchmark whose peer is missing says so and skips.
#
#   Benchmarks/peers/setup.sh            everything that is missing
#   Benchmarks/peers/setup.sh --force    everything again
#
# Afterwards: Benchmarks/.build/peers/bin/python
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
environment=.build/peers
python=$environment/bin/python
[ "${1:-}" != --force ] || rm -rf "$environment"

missing=()
if ! [ -x "$python" ]; then
  mkdir -p .build
  python3 -m venv "$environment" || { echo "peers: python3 cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
  "$python" -m pip install --quiet --disable-pip-version-check --upgrade pip wheel "setuptools<81"
fi

# install NAME MODULE [WORDS FOR PIP...]: one package, wheels preferred, quiet unless it fails.
install() {
  local name=$1 module=$2
  shift 2
  "$python" -c "import $module" 2>/dev/null && return
  echo "peers: installing $name" >&2
  if ! "$python" -m pip install --quiet --disable-pip-version-check --prefer-binary "$@" "$name" >"$environment/$module.log" 2>&1 ||
    ! "$python" -c "import $module" 2>>"$environment/$module.log"; then
    missing+=("$name (Benchmarks/$environment/$module.log)")
  fi
}

install numpy numpy
install scipy scipy
install Cython Cython
install implicit implicit
install cmfrec cmfrec --no-build-isolation
install scikit-surprise surprise
install myfm myfm
install threadpoolctl threadpoolctl
# Spark runs on Java.
if command -v java >/dev/null; then install pyspark pyspark; fi

# The wheel of LIBMF is built without AVX and OpenMP; its source, with both, is the fair peer.
export CFLAGS="-O3 -march=native -DUSEAVX -DUSEOMP -fopenmp" LDFLAGS=-fopenmp
export CXXFLAGS=$CFLAGS
install libmf libmf --no-build-isolation --no-cache-dir --no-binary libmf
unset CFLAGS CXXFLAGS LDFLAGS

for command in sqlite3 hugo; do
  command -v "$command" >/dev/null || missing+=("$command (on Debian: apt-get install $command)")
done

"$python" -m pip list --disable-pip-version-check 2>/dev/null | grep -iE '^(numpy|scipy|implicit|cmfrec|scikit-surprise|myfm|libmf) ' >&2 || true
for name in ${missing[@]+"${missing[@]}"}; do echo "peers: not installed: $name" >&2; done
