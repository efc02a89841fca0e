#!/usr/bin/env bash
# Prints the licences of what the packaged program holds: licences.sh SOURCE, a checkout that was built.
set -euo pipefail
source=$1
# section TITLE FILE...
section() {
  printf '\n\n%s\n%s\n\n' "$1" "$(printf '%s' "$1" | tr -c '' '=')"
  cat "${@:2}"
}

echo "Marquee is under the licence that comes first. The program also holds the parts named behind it, under theirs."
section Marquee "$source/LICENSE"
compiler=$(dirname "$(readlink -f "$(command -v swift)")")
section "The Swift standard library, Foundation and ICU" "$compiler/../share/swift/LICENSE.txt"
for folder in "$source"/.build/checkouts/*/; do
  texts=("$folder"LICEN[SC]E* "$folder"NOTICE*)
  found=()
  for text in "${texts[@]}"; do [[ -f $text ]] && found+=("$text"); done
  ((${#found[@]} == 0)) || section "$(basename "$folder")" "${found[@]}"
done
# Debian's archives that the program is linked with.
for package in libarchive-dev libcmark-gfm-dev libsvm-dev libzstd-dev liblz4-dev libbz2-dev liblzma-dev zlib1g-dev; do
  [[ ! -f /usr/share/doc/$package/copyright ]] || section "${package%-dev}" "/usr/share/doc/$package/copyright"
done
