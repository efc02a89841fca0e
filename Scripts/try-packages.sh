#!/usr/bin/env bash
# Tries the packages under dist/ in bare systems: installs, makes a site, removes, and looks what stayed behind.
#
#   Scripts/try-packages.sh                      Debian 12, Debian 13 and Ubuntu 24.04, and the tarball in Debian 12
#   SYSTEMS="bookworm" Scripts/try-packages.sh   those
#
# Needs root, debootstrap and a network. Systems are kept under .build-dist/systems, so that a second run is quicker.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
fail() { echo "try-packages: $1" >&2; exit 1; }
((EUID == 0)) || fail "bare systems are made by root"
command -v debootstrap >/dev/null || fail "debootstrap is missing; apt-get install debootstrap"
package=$(compgen -G 'dist/marquee_*.deb') || fail "there is no package; make dist"
tarball=$(compgen -G "dist/marquee-*-linux-$(uname -m).tar.xz") || fail "there is no tarball; make dist"
systems=.build-dist/systems
mkdir -p "$systems"

# bare NAME: the folder of a fresh copy of that system.
bare() {
  local mirror=http://deb.debian.org/debian components=main script=$1
  if [[ $1 == noble ]]; then
    mirror=http://archive.ubuntu.com/ubuntu components=main,universe
    # Debian's debootstrap may not know the name; all of Ubuntu's are made by the same script.
    [[ -e /usr/share/debootstrap/scripts/noble ]] || script=/usr/share/debootstrap/scripts/gutsy
  fi
  if [[ ! -d $systems/$1 ]]; then
    rm -rf "$systems/$1.new"
    debootstrap --variant=minbase --no-check-gpg --components="$components" --include=ca-certificates "$1" \
      "$systems/$1.new" "$mirror" ${script:+"$(script_path "$script")"} >&2
    mv "$systems/$1.new" "$systems/$1"
  fi
  clear_trial
  cp -a "$systems/$1" "$systems/trial"
  mount -t proc proc "$systems/trial/proc"
}
clear_trial() {
  umount "$systems/trial/proc" 2>/dev/null || true
  rm -rf --one-file-system "$systems/trial"
}
trap clear_trial EXIT
script_path() { case $1 in /*) echo "$1" ;; *) echo "/usr/share/debootstrap/scripts/$1" ;; esac; }

inside() { chroot "$systems/trial" /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive bash -ec "$1"; }
files() { (cd "$systems/trial" && find . -xdev \( -path ./proc -o -path ./tmp -o -path ./var -o -path ./root \) -prune -o -print | grep -vE '^\./etc/ld.so.cache$' | LC_ALL=C sort); }

# The server has parts of its own: it answers with its interface and says that nobody is logged in.
serves() {
  inside 'cd /root/films && printf "\nendpoint: /\n" >>content/site.yaml && marquee build >/dev/null 2>&1
    marquee serve --port 8797 >/tmp/serve.log 2>&1 & server=$!
    trap "kill $server 2>/dev/null || true" EXIT
    for try in {1..100}; do if (exec 3<>/dev/tcp/127.0.0.1/8797) 2>/dev/null; then break; fi; sleep 0.1; done
    for path in "/ 200" "/api/openapi.json 200" "/api/me 401"; do
      exec 3<>/dev/tcp/127.0.0.1/8797
      printf "GET ${path% *} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" >&3
      read -r -u 3 answer
      [[ $answer == *" ${path#* } "* ]] || { echo "serve: ${path% *}: $answer"; exit 1; }
    done
    echo "the server answers"'
}

for system in ${SYSTEMS:-bookworm trixie noble}; do
  echo "== $system"
  bare "$system"
  cp "$package" "$systems/trial/tmp/marquee.deb"
  cp /etc/resolv.conf "$systems/trial/etc/resolv.conf"
  inside 'apt-get update -q >/dev/null'
  # What it depends on comes first, so that what stays after its removal is its own.
  before=$(mktemp)
  files >"$before"
  start=$SECONDS
  inside 'apt-get install -q -y --no-install-recommends /tmp/marquee.deb >/tmp/install.log 2>&1 || { tail -5 /tmp/install.log; exit 1; }'
  echo "installed in $((SECONDS - start)) s: $(inside 'dpkg-query -W -f "\${Version}, \${Installed-Size} kB" marquee')"
  inside 'cd /root && marquee new films --yes >/dev/null && cd films && marquee build 2>&1 | tail -n 1 && marquee check output 2>&1 | tail -n 1 && test -s output/index.html'
  inside 'marquee doctor | grep -E "^(!!|ok  (OpenBLAS|SQLite|theme))" || true'
  serves
  inside 'apt-get remove -q -y marquee >/dev/null 2>&1; apt-get autoremove -q -y --purge >/dev/null 2>&1; ! command -v marquee'
  left=$(files | LC_ALL=C comm -13 "$before" - | grep marquee || true)
  [[ -z $left ]] || fail "left behind: $left"
  echo "removed: nothing of it is left"
done

echo "== the tarball, in a bare Debian 12"
bare bookworm
tar -xJf "$tarball" -C "$systems/trial/opt"
inside 'cd /root && mv /opt/marquee-* /opt/films-program && ln -s /opt/films-program/bin/marquee /usr/local/bin/ && marquee new films --yes >/dev/null && cd films && marquee build 2>&1 | tail -n 1 && marquee check output 2>&1 | tail -n 1 && marquee doctor | grep -E "^(!!|ok  (OpenBLAS|SQLite|XGBoost|theme))"'
serves
