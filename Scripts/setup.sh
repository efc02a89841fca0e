#!/usr/bin/env bash
# Checks that the compiler and the system's libraries are installed and installs what is missing, if possible
# without asking; otherwise says what to install, and stops. Quick, and without network, when nothing is missing.
# `setup.sh tests` also wants the browser that the tests of the pages run in; without it those tests are skipped.
# `setup.sh dist` also wants what packages are made with.
set -euo pipefail

swift_wanted=6.2
purpose=${1:-}
missing=() # names of packages

fail() {
  echo "setup: $1" >&2
  exit 1
}

how_to_get_swift="see https://www.swift.org/install (swiftly install latest)"

check_version() {
  local how=$how_to_get_swift version
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
  [[ -n $version ]] || fail "swift does not report its version; install Swift $swift_wanted or later: $how"
  if ((${version%.*} < ${swift_wanted%.*} || (${version%.*} == ${swift_wanted%.*} && ${version#*.} < ${swift_wanted#*.}))); then
    fail "Swift $version is too old; Marquee needs $swift_wanted or later: $how"
  fi
}

# has_library NAME [VERSION]: whether pkg-config knows it.
has_library() { pkg-config --exists "$1${2:+ >= $2}" 2>/dev/null; }

# has_header NAME: whether a compiler finds it by default.
has_header() {
  local folder
  for folder in /usr/include /usr/local/include /usr/include/*-linux-gnu; do
    [[ -e $folder/$1 ]] && return 0
  done
  return 1
}

# has_loaded NAME: whether a program would find that shared library.
has_loaded() { compgen -G "/usr/lib/*-linux-gnu/$1" >/dev/null || compgen -G "/lib/*-linux-gnu/$1" >/dev/null; }

# What to do where only libraries are missing that the build can do without; empty otherwise.
without_trees() {
  local package
  for package in "${missing[@]}"; do
    case $package in
      libxgboost-dev | libsvm-dev | xgboost | libsvm) ;;
      *) return 0 ;;
    esac
  done
  echo "; or build without the models of trees and support vectors: swift build -c release --disable-default-traits --product marquee"
}

# need PACKAGE TEST...: notes the package unless the test succeeds.
need() {
  local package=$1
  shift
  "$@" || missing+=("$package")
}

# What Swift itself needs to compile and link, and our libraries.
find_missing_linux() {
  need libc6-dev has_header stdlib.h
  need g++ compgen -G '/usr/lib/gcc/*/*/libstdc++.so' >/dev/null
  need binutils command -v ld >/dev/null
  need ca-certificates test -e /etc/ssl/certs/ca-certificates.crt -o -e /etc/pki/tls/certs/ca-bundle.crt
  need git command -v git >/dev/null
  local absent tools
  tools=$(dirname "$(readlink -f "$(command -v swift)")")
  absent=$(ldd "$tools/swift-build" "$tools/swift-frontend" 2>/dev/null | grep 'not found' || true)
  [[ $absent != *libcurl* ]] || missing+=(libcurl4-openssl-dev)
  [[ $absent != *libxml2* ]] || missing+=(libxml2-dev)
  [[ $absent != *libncurses* && $absent != *libtinfo* ]] || missing+=(libncurses-dev)
  [[ $absent != *libedit* ]] || missing+=(libedit-dev)
  [[ $absent != *libpython* ]] || missing+=(libpython3-dev)

  need pkg-config command -v pkg-config >/dev/null
  need libsqlite3-dev has_library sqlite3 3.37 # the first with STRICT tables
  need libopenblas-dev has_library openblas
  need libarchive-dev has_library libarchive
  need libssl-dev has_library libcrypto
  need libcurl4-openssl-dev has_library libcurl
  need libcmark-gfm-dev has_library libcmark-gfm
  need libcmark-gfm-extensions-dev has_header cmark-gfm-core-extensions.h
  need libxgboost-dev has_header xgboost/c_api.h
  need libsvm-dev has_header libsvm/svm.h
  [[ $purpose == dist ]] || return 0
  need libzstd-dev has_header zstd.h
  need liblz4-dev has_header lz4.h
  need libbz2-dev has_header bzlib.h
  need liblzma-dev has_header lzma.h
  need zlib1g-dev has_header zlib.h
  need nettle-dev has_header nettle/aes.h
  need libbrotli1 has_loaded libbrotlienc.so.1
  need patchelf command -v patchelf >/dev/null
  need rsync command -v rsync >/dev/null
  need xz-utils command -v xz >/dev/null
}

install_linux() {
  local packages="${missing[*]}" root=()
  command -v apt-get >/dev/null \
    || fail "missing: $packages (names as in Debian); install them with this system's package manager$(without_trees)"
  if (($(id -u) != 0)); then
    sudo -n true 2>/dev/null || fail "missing: $packages; install them with: sudo apt-get install $packages$(without_trees)"
    root=(sudo -n)
  fi
  echo "setup: installing $packages" >&2
  # A machine with stale or no package lists cannot know the names, so the lists come first.
  "${root[@]}" apt-get update -q >&2 || echo "setup: the package lists may be stale" >&2
  if ! "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}" >&2; then
    fail "could not install $packages; check the network and try again, or install them by hand$(without_trees)"
  fi
}

# The tests' browser. Ubuntu's package of that name only leads to a snap, which does not run everywhere.
install_browser() {
  local root=() driver=/usr/bin/chromedriver
  [[ ! -x $driver ]] && command -v apt-get >/dev/null && grep -q '^ID=debian' /etc/os-release || return 0
  ((EUID == 0)) || root=(sudo -n)
  echo "setup: installing chromium and chromium-driver for the tests" >&2
  "${root[@]}" apt-get update -q >&2 || true
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends chromium chromium-driver fonts-liberation >&2 \
    || echo "setup: no browser, so the tests of the pages are skipped; install chromium and chromium-driver" >&2
}

find_missing_macos() {
  need pkg-config command -v pkg-config >/dev/null
  need openblas has_library openblas
  need libarchive has_library libarchive
  need openssl@3 has_library libcrypto
  need cmark-gfm has_library libcmark-gfm
  need xgboost compgen -G "$(brew --prefix 2>/dev/null)/include/xgboost/c_api.h" >/dev/null
  need libsvm compgen -G "$(brew --prefix 2>/dev/null)/include/svm.h" >/dev/null
}

install_macos() {
  local packages="${missing[*]}"
  command -v brew >/dev/null || fail "missing: $packages; install Homebrew (https://brew.sh), then: brew install $packages"
  echo "setup: installing $packages" >&2
  brew install "${missing[@]}" >&2 || fail "could not install $packages; run: brew install $packages$(without_trees)"
}

command -v swift >/dev/null || fail "Swift is missing; Marquee needs $swift_wanted or later: $how_to_get_swift"
case $(uname -s) in
  Linux) system=linux ;;
  Darwin) system=macos ;;
  *) fail "Marquee is built on Linux and macOS, not on $(uname -s)" ;;
esac
"find_missing_$system"
if ((${#missing[@]} > 0)); then
  "install_$system"
  asked="${missing[*]}"
  missing=()
  "find_missing_$system"
  ((${#missing[@]} == 0)) || fail "still missing after installing $asked: ${missing[*]}; install them by hand$(without_trees)"
fi
[[ $purpose != tests || $system != linux ]] || install_browser
# Last, since a compiler with missing libraries does not report its version.
check_version
