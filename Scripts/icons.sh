#!/usr/bin/env bash
# Draws the icons of installed sites from site-templates/assets/icon.svg, with Chromium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../site-templates/assets"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# draw FILE SIZE SHARE: the icon on its own ground, as wide as SHARE percent of the picture.
draw() {
  printf '<!doctype html><style>html{background:#4a0d18}body{margin:0;width:%spx;height:%spx;display:grid;place-items:center}img{width:%s%%}</style><img src="%s/icon.svg">' \
    "$2" "$2" "$3" "$PWD" >"$work/icon.html"
  chromium --headless=new --no-sandbox --hide-scrollbars --allow-file-access-from-files --window-size="$2,$2" \
    --screenshot="$PWD/$1" "file://$work/icon.html" >/dev/null 2>&1
}
draw icon-180.png 180 100
draw icon-192.png 192 100
draw icon-512.png 512 100
draw icon-maskable-512.png 512 76
