#!/usr/bin/env bash
# Prints the licences of what the packaged program holds: licences.sh SOURCE, a checkout that was built.
set -euo pipefail
source=$1
declare -A shown=()
# section TITLE FILE...: a text that came before is named and not repeated.
section() {
  local title=$1 file text
  printf '\n\n%s\n%s\n\n' "$title" "$(printf '%s' "$title" | tr -c '' '=')"
  for file in "${@:2}"; do
    text=$(tr -s '[:space:]' ' ' <"$file" | sha256sum)
    if [[ -n ${shown[$text]:-} ]]; then
      printf 'The same text as that of %s above.\n' "${shown[$text]}"
    else
      cat "$file"
      shown[$text]=$title
    fi
  done
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
