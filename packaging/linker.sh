#!/usr/bin/env bash
# The linker of packages: swift hands it every object file of every target. Those of other packages are taken as a library's are, so that what
# nothing refers to stays out of the program.
#
#   MARQUEE_SOURCE   the checkout that is built: targets with a folder in its Sources are our own
set -euo pipefail
linker=$(dirname "$(readlink -f "$(command -v swift)")")/ld.lld
own=$(basename -a "$MARQUEE_SOURCE"/Sources/* | tr '\n' ' ')

# Many arguments come in a file, each between double quotes.
[[ $# -eq 1 && $1 == @* ]] || exec "$linker" "$@"
listed=$(mktemp)
trap 'rm -f "$listed"' EXIT
awk -v own="$own" '
  BEGIN { RS = " "; split(own, names, " "); for (place in names) ours[names[place]] = 1 }
  # This linker resolves in any order as it is, and takes no library within a group.
  $0 ~ /^"--(start|end)-group"$/ { next }
  {
    name = $0
    isObject = sub(/^".*\/release\//, "", name) && sub(/\.build\/.*\.o"$/, "", name)
    printf "%s ", isObject && !(name in ours) ? "--start-lib " $0 " --end-lib" : $0
  }' "${1#@}" >"$listed"
"$linker" "@$listed"
