#!/usr/bin/env bash
# What `make site` does behind the set-up: the program that builds sites, the site, and then the program with the server, which is as much to
# compile again and which a first look does not wait for. Says what it is doing and how long that took.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
say() { printf '== %s\n' "$*" >&2; }
minutes() { printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); }
# timed WORDS COMMAND...: says the words, runs the command, says how long it took.
timed() {
  local words=$1 start=$SECONDS
  shift
  say "$words"
  "$@"
  say "done in $(minutes $((SECONDS - start)))"
}

whole=.build/release/marquee
if [[ -x $whole ]]; then
  timed "the program (what changed is compiled)" swift build -c release --product marquee
  timed "the site" "$whole" build
else
  timed "1 of 3: the program that builds sites; the first time this takes 4 to 8 minutes on two cores" \
    swift build -c release --product marquee-site
  timed "2 of 3: the site" .build/release/marquee-site build
  say "output/index.html is there: open it"
  timed "3 of 3: the server, for make serve; 3 to 6 minutes more, and nothing is lost by stopping it" \
    swift build -c release --product marquee
fi
say "the site: output/index.html, the program: $whole"
