#!/usr/bin/env bash
# Builds on a disk that becomes full (a small tmpfs, so as root): the published site must stay as it was, the build must end with 1 and
# one clear line, and it must recover when there is space again.
#
#   sudo Scripts/full-disk.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
marquee=${MARQUEE:-$PWD/.build/release/marquee}

disk=$(mktemp -d)
log=$(mktemp)
cleanup() {
  umount "$disk"
  rm "$log"
  rmdir "$disk"
}
mount -t tmpfs -o size=96m tmpfs "$disk"
trap cleanup EXIT

site=$disk/site
mkdir "$site"
cp -r content "$site/"
manifest() { (cd "$site/output" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum); }
title() { sed -i "s/^title:.*/title: $1/" "$site/content/site.yaml"; }
build() { "$marquee" build --site "$site" --quality quick "$@" 2>"$log"; }

build
before=$(manifest)
failures=0
for free in 0 64 256 1024 4096 12288; do
  for extra in "" --clean; do
    title "Free $free $extra"
    space=$(($(df --output=avail -k "$disk" | tail -1) - free))
    head -c "${space}k" /dev/zero >"$disk/filler"
    status=0
    build $extra || status=$?
    line=$(grep -a '^error:' "$log" || true)
    rm "$disk/filler"
    if ((status == 0)); then
      echo "${free} kB free ${extra:-        }: was enough"
      before=$(manifest)
      continue
    fi
    echo "${free} kB free ${extra:-        }: exit $status: $line"
    failures=$((failures + 1))
    [[ $status == 1 && $(grep -ac . <<<"$line") == 1 ]] || { echo "full-disk: not one line and 1" >&2; cat "$log" >&2; exit 1; }
    [[ $(manifest) == "$before" ]] || { echo "full-disk: the site is not as it was" >&2; exit 1; }
    build || { echo "full-disk: does not recover" >&2; cat "$log" >&2; exit 1; }
    "$marquee" build --site "$site" --quality quick --clean --output "$site/clean" 2>/dev/null
    diff -rq "$site/output" "$site/clean" || { echo "full-disk: other bytes" >&2; exit 1; }
    rm -r "$site/clean" "$site/.clean.next" 2>/dev/null || true
    before=$(manifest)
  done
done
((failures > 0)) || { echo "full-disk: the disk was never full" >&2; exit 1; }
echo "$failures builds failed for want of space: each left the site as it was, and the next one gave a clean build's bytes"
