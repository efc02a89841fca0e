#!/usr/bin/env bash
# Prints what CHANGELOG.md says of one version: changes.sh 1.0.0.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
text=$(awk -v version="$1" '/^## / { inside = index($2, version) == 1 || $2 == "[" version "]"; next } inside' CHANGELOG.md)
[[ -n ${text//[[:space:]]/} ]] || { echo "changes: CHANGELOG.md has nothing on $1" >&2; exit 1; }
printf '%s\n' "$text"
