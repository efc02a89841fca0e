#!/bin/sh
# Installs a released Marquee for one user, without root: downloads the tarball of this machine, checks it, unpacks it.
#
#   curl -fsSL https://github.com/OWNER/marquee/releases/latest/download/install.sh | MARQUEE_REPOSITORY=https://github.com/OWNER/marquee sh
#
# MARQUEE_REPOSITORY  where the releases are (an address in front of /releases)
# MARQUEE_VERSION     a tag such as v1.0.0; the latest release
# MARQUEE_PREFIX      where it goes; ~/.local
set -eu
fail() { echo "install: $1" >&2; exit 1; }
repository=${MARQUEE_REPOSITORY:-}
[ -n "$repository" ] || fail "set MARQUEE_REPOSITORY to the address of the program's repository"
prefix=${MARQUEE_PREFIX:-$HOME/.local}
version=${MARQUEE_VERSION:-latest}
case $version in
  latest) place=$repository/releases/latest/download ;;
  *) place=$repository/releases/download/$version ;;
esac
[ "$(uname -s)" = Linux ] || fail "there are packages for Linux; on macOS: brew install, see the README"
command -v curl >/dev/null || fail "curl is missing"
command -v xz >/dev/null || fail "xz is missing (on Debian: apt-get install xz-utils)"
machine=$(uname -m)
[ "$machine" != arm64 ] || machine=aarch64

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl -fsSL --retry 3 -o "$work/SHA256SUMS" "$place/SHA256SUMS" || fail "$place/SHA256SUMS cannot be fetched"
line=$(grep -- "-linux-$machine\.tar\.xz\$" "$work/SHA256SUMS") || fail "there is no package for $machine in $version"
name=${line##* }
curl -fsSL --retry 3 -o "$work/$name" "$place/$name" || fail "$place/$name cannot be fetched"
(cd "$work" && echo "$line" | sha256sum -c --quiet -) || fail "$name is not what its checksum says; nothing was installed"
mkdir -p "$work/new" "$prefix/bin" "$prefix/lib" "$prefix/share"
tar -xJf "$work/$name" -C "$work/new"
folder=$work/new/${name%.tar.xz}
# What an earlier version left that this one does not have would be found by nobody, so the places of our own are emptied first.
rm -rf "$prefix/lib/marquee" "$prefix/share/marquee"
cp -R "$folder/lib/marquee" "$prefix/lib/"
cp -R "$folder/share/." "$prefix/share/"
cp "$folder/bin/marquee" "$prefix/bin/marquee.new" && mv "$prefix/bin/marquee.new" "$prefix/bin/marquee"
"$prefix/bin/marquee" --version >/dev/null || fail "$prefix/bin/marquee does not start on this system (the C library must be glibc 2.36 or later)"
echo "installed marquee $("$prefix/bin/marquee" --version) in $prefix/bin"
case ":$PATH:" in *":$prefix/bin:"*) ;; *) echo "put it on your path: export PATH=\"$prefix/bin:\$PATH\"" ;; esac
