#!/usr/bin/env bash
# A full disk: the database on a small tmpfs, which is then filled. Ratings must be refused with 507 or 503, what was
# acknowledged must be there, and when there is room again ratings must be taken. Needs root for the tmpfs.
#
#   Benchmarks/endpoint/full-disk.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
make_site "$root/content/sample"
state=$work/site/.marquee
mv "$state" "$work/kept"
mkdir "$state"
mount -t tmpfs -o size=8m tmpfs "$state"
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; umount "$state"; server=; finish' EXIT
cp "$work/kept/marquee.sqlite" "$state/"
make_tokens 1
token=$(cat "$work/tokens")
start_server --set rebuild-quiet=86400 --set rebuild-wait=86400
movies=($(tail -n +2 "$root/content/sample/movies.csv" | cut -d, -f1))
rate() {
  curl -s -o /dev/null -w '%{http_code}' -X PUT -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d "{\"stars\": $2}" "$base/api/ratings/$1"
}
# Room for some commits, so that there is something to lose.
room=$(df --output=avail -k "$state" | tail -n 1)
head -c "$((room - 400))k" /dev/zero >"$state/ballast"
declare -A counts=()
declare -A known=()
for ((round = 0; round < 30; round++)); do
  for movie in "${movies[@]}"; do
    status=$(rate "$movie" "$((round % 5 + 1))")
    counts[$status]=$((${counts[$status]:-0} + 1))
    if [[ $status == 200 ]]; then known[$movie]=$((round % 5 + 1)); fi
    [[ $status == 200 ]] || break 2
  done
done
for ((i = 0; i < 5; i++)); do
  status=$(rate "${movies[0]}" 3)
  counts[$status]=$((${counts[$status]:-0} + 1))
done
echo "on a full disk: $(for status in "${!counts[@]}"; do echo -n "$status x ${counts[$status]}  "; done)"
echo "the server still answers: $(curl -s -o /dev/null -w '%{http_code}' "$base/healthz") and pages: $(curl -s -o /dev/null -w '%{http_code}' "$base/")"
rm "$state/ballast"
echo "with room again: $(rate "${movies[0]}" 4)"
lost=0
for movie in "${!known[@]}"; do
  wanted=${known[$movie]}
  [[ $movie == "${movies[0]}" ]] && wanted=4
  got=$(curl -s -H "Authorization: Bearer $token" "$base/api/ratings/$movie" | sed 's/.*"stars":\([0-9.]*\).*/\1/')
  [[ $got == "$wanted" ]] || lost=$((lost + 1))
done
echo "acknowledged ratings: ${#known[@]}, lost: $lost"
echo "integrity_check: $(sqlite3 "$state/marquee.sqlite" 'PRAGMA integrity_check' 2>/dev/null || python3 -c "import sqlite3; print(sqlite3.connect('$state/marquee.sqlite').execute('PRAGMA integrity_check').fetchone()[0])")"
[[ $lost == 0 && ${#known[@]} -gt 0 && ${counts[507]:-0} -gt 0 ]]
