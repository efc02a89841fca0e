#!/usr/bin/env bash
# Makes the README's pictures: builds the repository's own site and photographs its pages with Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
marquee=.build/release/marquee
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$browser" ] || { echo "screenshots: no Chromium here; install the package chromium" >&2; exit 1; }
[ -x "$marquee" ] || { echo "screenshots: no $marquee here; run make binary" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$marquee" build --site . --output "$work/site" --quality "${QUALITY:-quick}"

# picture NAME PAGE WIDTH HEIGHT [dark]
picture() {
  local scheme=()
  if [ "${5:-}" = dark ]; then scheme=(--blink-settings=preferredColorScheme=0); fi
  "$browser" --headless=new --no-sandbox --hide-scrollbars --user-data-dir="$work/profile" "${scheme[@]}" \
    --screenshot="$work/$1.png" --window-size="$3,$4" "file://$work/site/$2" >"$work/log" 2>&1 \
    || { cat "$work/log" >&2; exit 1; }
  cp "$work/$1.png" "docs/$1.png"
  echo "docs/$1.png"
}

film=$(cd "$work/site" && ls -d movies/*-spirited-away | head -n 1)
member=$(cd "$work/site" && ls -d users/*/ | grep -v page | head -n 1)
picture home index.html 1280 860
picture film "$film/index.html" 1280 1000 dark
picture member "${member}index.html" 1280 1250
picture genre genres/sci-fi/best/index.html 1280 860 dark
