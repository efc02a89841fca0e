#!/usr/bin/env bash
# Whether the library products can be used: builds and runs Examples/recommender, which depends on this folder, and plans a build that
# depends on a tag of this commit, as another package would (SwiftPM refuses dependencies by version whose products have unsafe flags).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
output=$(swift run --package-path Examples/recommender --scratch-path .build-example recommender)
printf '%s\n' "$output"
# Films of even numbers for somebody who likes films of even numbers.
if [[ $(grep -cE '^film [0-9]*[02468] ' <<<"$output") != 5 ]]; then
  echo 'the example recommends other films than those of the taste that it was told' >&2
  exit 1
fi
git clone -q "$root" "$folder/marquee"
git -C "$folder/marquee" tag 9999.0.0
cp -r Examples/recommender "$folder/user"
sed -i.old "s#.package(name: \"marquee\", path: \"../..\", traits: \[\])#.package(url: \"file://$folder/marquee\", from: \"9999.0.0\", traits: [])#" "$folder/user/Package.swift"
grep -q '9999.0.0' "$folder/user/Package.swift"
# Plans the whole build and compiles the smallest of the products.
swift build --package-path "$folder/user" --target Ratings
echo 'the products can be used by path and by version'
