#!/usr/bin/env bash
# Everything that can be said about the sources without running them. All checks run even when one fails.
set -uo pipefail
cd "$(dirname "$0")/.."

source scripts/steps.sh

schema_is_fresh() {
  local generated
  generated=$(mktemp)
  cargo run --quiet --locked -- schema >"$generated" &&
    { diff -u schema.graphql "$generated" | head -60 || { echo "schema.graphql is stale: run \`make schema\`" && false; }; }
  local result=$?
  rm -f "$generated"
  return $result
}

# Where clippy is the compiler (.ci/run), building is linting, and the tests use the same build.
clippy() {
  if [ "${RUSTC_WORKSPACE_WRAPPER-}" = clippy-driver ]; then
    cargo build --quiet --locked --workspace --all-targets
  else
    cargo clippy --quiet --locked --workspace --all-targets -- -D warnings
  fi
}

readonly MAX_LINES=400

files_are_short() {
  local long
  long=$(find crates src entity migration -name '*.rs' -exec wc -l {} + | awk -v max=$MAX_LINES '$1 > max && $2 != "total"')
  [ -z "$long" ] || { echo "more than $MAX_LINES lines:" && echo "$long" && false; }
}

step "format" cargo fmt --all --check
step "clippy" clippy
step "schema.graphql is what the code says" schema_is_fresh
step "node packages of the page" make --silent web/node_modules/.package-lock.json
step "schema.graphql is described, the examples are valid" node scripts/check-schema.mjs schema.graphql
step "links in documents" node scripts/check-links.mjs
step "dependencies: licences, sources, bans, advisories" node scripts/dependencies/check.mjs
step "file sizes" files_are_short

conclude lint
