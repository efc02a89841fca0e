#!/usr/bin/env bash
# The steps of the action, which are those of the GitLab component too: action.sh install | build | compare.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# A line for the service's own file of that name; nothing where there is no such service.
tell() { [[ -z ${!1:-} ]] || printf '%s\n' "$2" >>"${!1}"; }

install() {
  # A tag with three numbers is a release; v1 and branches are not.
  if [[ -z ${MARQUEE_VERSION:-} && ${REFERENCE:-} =~ ^v[0-9]+\.[0-9]+\.[0-9]+$ ]]; then MARQUEE_VERSION=$REFERENCE; fi
  export MARQUEE_VERSION=${MARQUEE_VERSION:-latest} MARQUEE_REPOSITORY
  "$here/install.sh"
  tell GITHUB_PATH "${MARQUEE_PREFIX:-$HOME/.local}/bin"
}

build() {
  local arguments=(--site "$SITE" --report "$SITE/report.json") path
  while IFS= read -r path; do [[ -z $path ]] || arguments+=(--data "$path"); done <<<"${DATA:-}"
  [[ -z ${QUALITY:-} ]] || arguments+=(--quality "$QUALITY")
  # The same bits on every runner, so that what one left in the cache serves the others.
  export OPENBLAS_CORETYPE=${OPENBLAS_CORETYPE:-Haswell}
  rm -rf "$SITE/.marquee-published"
  [[ ! -f $SITE/output/build.json ]] || cp -a "$SITE/output" "$SITE/.marquee-published"
  marquee build "${arguments[@]}"
  marquee check "$SITE/output"
  tell GITHUB_OUTPUT "output=$SITE/output"
  tell GITHUB_OUTPUT "report=$SITE/report.json"
}

# What the change moves, as text under the pull request or merge request; one comment, brought up to date.
compare() {
  local difference body
  if [[ -f $SITE/.marquee-published/build.json ]]; then
    difference=$(marquee diff "$SITE/.marquee-published" "$SITE/output" --markdown)
  else
    difference="There is no published site yet to compare with."
  fi
  body=$(printf '### What this changes\n\n%s\n' "$difference")
  tell GITHUB_STEP_SUMMARY "$body"
  if [[ -n ${PULL_REQUEST:-} ]]; then
    # A pull request from a fork may not write: the summary of the run has it then.
    gh pr comment "$PULL_REQUEST" --edit-last --create-if-none --body "$body" || echo "no comment could be written; the summary has it" >&2
  elif [[ -n ${CI_MERGE_REQUEST_IID:-} && -n ${MARQUEE_COMMENT_TOKEN:-} ]]; then
    curl --fail --silent --show-error --output /dev/null --request POST --config - \
      --data-urlencode "body=$body" "$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes" \
      <<<"header = \"PRIVATE-TOKEN: $MARQUEE_COMMENT_TOKEN\""
  else
    printf '%s\n' "$body"
  fi
}

case ${1:-} in
  install | build | compare) "$1" ;;
  *) echo "action: install, build or compare" >&2; exit 64 ;;
esac
