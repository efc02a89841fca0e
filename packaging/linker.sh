#!/usr/bin/env bash
# The linker of packages: LLVM's, which takes objects of the modules below as a library's, each only where something refers to it: 0.9 MB,
# since the packages that Marquee depends on bring more than the program uses. The linker does not see what is only looked up at run time: a
# module of which something is must not stand here, as NIO's own crash the server. Scripts/try-packages.sh starts it.
set -euo pipefail
modules='AsyncAlgorithms|_NIOFileSystem|NIOFileSystem|_NIOFileSystemFoundationCompat|NIOEmbedded'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The arguments, one a line, of the response file where there is one.
if [[ ${1:-} == @* ]]; then xargs -n 1 printf '%s\n' <"${1#@}"; else printf '%s\n' "$@"; fi >"$work/arguments"
{
  grep -vE "/($modules)\.build/.*\.o\$" "$work/arguments"
  echo --start-lib
  grep -E "/($modules)\.build/.*\.o\$" "$work/arguments" || true
  echo --end-lib
} | sed 's/["\\]/\\&/g; s/.*/"&"/' >"$work/response"
ld.lld "@$work/response"
