#!/usr/bin/env bash
# Fills in the recipes for Homebrew and the Arch User Repository: recipes.sh FOLDER, which holds SHA256SUMS and gets them.
# MARQUEE_OWNER is the account on GitHub that the releases are downloaded from. A checksum that is not in the file, of a machine that nothing was
# built on yet, leaves its mark in the recipe and is named.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
folder=$1
owner=${MARQUEE_OWNER:-OWNER}
version=$(sed -n 's/.*marquee-\(.*\)-linux-.*/\1/p' "$folder/SHA256SUMS" | head -n 1)
[[ -n $version ]] || { echo "recipes: $folder/SHA256SUMS names no tarball" >&2; exit 1; }
checksum() { sed -n "s/^\([0-9a-f]*\) .*$1\$/\1/p" "$folder/SHA256SUMS" | head -n 1; }
for recipe in homebrew.rb PKGBUILD; do
  sed -e "s/@version@/$version/g" -e "s/@owner@/$owner/g" "$here/$recipe" >"$folder/$recipe"
  for mark in "x86_64 linux-x86_64.tar.xz" "aarch64 linux-aarch64.tar.xz" "source source.tar.gz"; do
    found=$(checksum "${mark#* }")
    if [[ -n $found ]]; then
      sed -i "s/@sha256_${mark%% *}@/$found/" "$folder/$recipe"
    elif grep -q "@sha256_${mark%% *}@" "$folder/$recipe"; then
      echo "recipes: $recipe has no checksum of ${mark#* } yet" >&2
    fi
  done
done
