#!/usr/bin/env bash
# Packages for machines without Swift, under dist/: a .deb for Debian 12 and later and Ubuntu 24.04 and later, and a tarball that
# runs wherever it is unpacked. They are made of one commit alone, whatever else lies in the folder.
#
#   Scripts/dist.sh            of the commit that is checked out
#   Scripts/dist.sh v1.0.0     of that tag, which must match the program's version
#
# Built on the machine's own processor: x86-64 here, arm64 by the same script on such a machine. The oldest system that the
# packages run on is the one that they are built on, so releases are built on Debian 12.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
fail() { echo "dist: $1" >&2; exit 1; }

tag=${1:-}
commit=$(git rev-parse --verify --quiet "${tag:-HEAD}^{commit}") || fail "there is no tag $tag; git tag lists them"
export SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH=$(git show --no-patch --format=%ct "$commit")
command -v dpkg-deb >/dev/null || fail "packages are made on Debian or Ubuntu (dpkg-deb is missing)"
architecture=$(dpkg --print-architecture)
machine=$(uname -m)
libraries=$(gcc -print-multiarch)
libraries=/usr/lib/$libraries

Scripts/setup.sh dist

work=.build-dist
source=$work/source
rm -rf "$work/stage" "$source.new"
mkdir -p "$work/static" "$source.new"
git archive "$commit" | tar -x -C "$source.new"
# Only what differs is touched, so that a second run compiles only that.
mkdir -p "$source"
rsync -a --checksum --delete --exclude /.build "$source.new/" "$source/"
rm -rf "$source.new"

# The linker uses the archives listed here, for libraries whose names differ between systems, and their dependencies.
for library in archive cmark-gfm cmark-gfm-extensions svm zstd lz4 bz2 lzma z; do
  ln -sf "$libraries/lib$library.a" "$work/static/"
done
static=$PWD/$work/static
package_file() { # NAME LIBRARIES
  printf 'Name: %s\nDescription: linked statically\nVersion: %s\nLibs: -L%s %s\n' \
    "$1" "$(pkg-config --modversion "$1")" "$static" "$2" >"$work/static/$1.pc"
}
package_file libarchive "-larchive -lnettle -lzstd -llz4 -lbz2 -llzma -lz"
package_file libcmark-gfm "-lcmark-gfm-extensions -lcmark-gfm"
# Without the system's folder, which would come before ours; the linker looks there anyway.
printf 'Name: libcrypto\nDescription: of the system\nVersion: %s\nLibs: -lcrypto\n' \
  "$(pkg-config --modversion libcrypto)" >"$work/static/libcrypto.pc"
export PKG_CONFIG_PATH=$static
# Nothing looks into a program for functions, so those that nothing calls can go. Nor does anything unwind its stack: Swift and C do
# not, C++ libraries keep their exceptions to themselves, and frame pointers stay for debuggers. Those tables are an eighth of the program.
# C is not compiled for the smallest size (-Oz): by the loops of CFloatKernels a build takes half as long again.
printf '{ local: *; };\n' >"$work/static/no-exports"
printf 'SECTIONS { /DISCARD/ : { *(.eh_frame) *(.gcc_except_table*) *(.swift_modhash) } } INSERT AFTER .text;\n' >"$work/static/no-unwinding"

swift build --package-path "$source" -c release --product marquee \
  -Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections -Xcc -fdata-sections \
  -Xlinker --version-script="$static/no-exports" -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --icf=all \
  -Xlinker --no-eh-frame-hdr -Xlinker "$static/no-unwinding" \
  -Xlinker '-rpath=$ORIGIN/../lib/marquee' -Xswiftc -ld-path="$PWD/packaging/linker.sh" >&2

# What else a program needs of the system is named in packaging/debian-control.
strange=$(ldd "$source/.build/release/marquee" | sed -n 's/^[[:space:]]*\([^ /]*\) =>.*/\1/p' \
  | grep -vE '^(libcrypto|libsqlite3|libnettle|libstdc\+\+|libgcc_s|libm|libc)\.so' || true)
[[ -z $strange ]] || fail "the program needs $strange; link it statically or name its package"

# What both packages hold, laid out as under /usr.
stage=$work/stage/usr
install -D "$source/.build/release/marquee" "$stage/bin/marquee"
strip "$stage/bin/marquee"
version=$("$stage/bin/marquee" --version)
[[ -z $tag || $tag == "v$version" ]] || fail "the program calls itself $version, not ${tag#v}; set Distribution.version"
share=$stage/share/marquee
mkdir -p "$share/deploy" "$stage/share/man/man1" "$stage/share/doc/marquee" \
  "$stage/share/bash-completion/completions" "$stage/share/zsh/vendor-completions" "$stage/share/fish/vendor_completions.d"
cp -r "$source/site-templates" "$source/content" "$share/"
cp -r "$source/deploy/." "$share/deploy/"
"$stage/bin/marquee" manual | gzip -9n >"$stage/share/man/man1/marquee.1.gz"
"$stage/bin/marquee" completions bash >"$stage/share/bash-completion/completions/marquee"
"$stage/bin/marquee" completions zsh >"$stage/share/zsh/vendor-completions/_marquee"
"$stage/bin/marquee" completions fish >"$stage/share/fish/vendor_completions.d/marquee.fish"
gzip -9nc "$source/CHANGELOG.md" >"$stage/share/doc/marquee/changelog.gz"
"$source/packaging/licences.sh" "$source" >"$stage/share/doc/marquee/copyright"
chmod -R u=rwX,go=rX "$work/stage"
find "$work/stage" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +

mkdir -p dist
rm -f dist/*

# The package for Debian and Ubuntu, whose libraries are brought up to date by the system.
mkdir -p "$work/stage/DEBIAN"
sed -e "s/@version@/$version/" -e "s/@architecture@/$architecture/" \
  -e "s/@size@/$(du -sk --apparent-size "$stage" | cut -f1)/" "$source/packaging/debian-control" >"$work/stage/DEBIAN/control"
(cd "$work/stage" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
touch -d "@$SOURCE_DATE_EPOCH" "$work/stage/DEBIAN"/* "$work/stage/DEBIAN"
dpkg-deb --root-owner-group -Zxz --build "$work/stage" "dist/marquee_${version}_$architecture.deb" >/dev/null

# The tarball, with the libraries that a bare system lacks next to the program.
name=marquee-$version-linux-$machine
rm -rf "${work:?}/$name" "$work/stage/DEBIAN"
cp -a "$stage" "$work/$name"
beside=$work/$name/lib/marquee
mkdir -p "$beside"

# needed FILE: the libraries that it is linked with, but for those of the C library, which every system has.
needed() {
  ldd "$1" | sed -n 's/.*=> \(\/[^ ]*\).*/\1/p' | grep -vE '/(libc|libm|libdl|libpthread|librt)\.so|/ld-linux'
}

# bundle FILE: a library, and what it needs, under the names that the linker looks for.
bundle() {
  local other target=$beside/${1##*/}
  [[ ! -e $target ]] || return 0
  install -m 644 "$1" "$target"
  strip --strip-unneeded "$target"
  patchelf --set-rpath '$ORIGIN' "$target"
  for other in $(needed "$1"); do bundle "$other"; done
}
for library in $(needed "$stage/bin/marquee"); do bundle "$library"; done
# Loaded when they are first needed, so the linker does not name them.
for library in libopenblas.so.0 libxgboost.so.0 libz.so.1 libbrotlienc.so.1; do bundle "$libraries/$library"; done
cp "$source/LICENSE" "$source/README.md" "$source/CHANGELOG.md" "$work/$name/"
find "$work/$name" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner -c "$name" | xz -T1 -6 >"dist/$name.tar.xz"

cp "$source/packaging/install.sh" "$source/packaging/action.sh" dist/
(cd dist && sha256sum marquee* >SHA256SUMS)
packaging/recipes.sh dist
echo "dist: $(du -sk --apparent-size "$stage" | cut -f1) kB installed" >&2
ls -l dist >&2
