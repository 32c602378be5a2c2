#!/usr/bin/env bash
# All tests: the unit tests once, the integration tests on SQLite and on PostgreSQL, and against the real binary random
# documents that graphql-js answers too, a storm of mutated requests, and the page in a real browser; with `soak` only the
# storm of the integration tests, at its full length.
# Starts its own services; uses running ones when SWEETIE_TEST_POSTGRES_URL,
# SWEETIE_TEST_REDIS_URL and SWEETIE_TEST_REDIS_CLUSTER name them.
set -uo pipefail
cd "$(dirname "$0")/.."
source scripts/steps.sh

# One more than there are processors, because every test waits now and then.
export RUST_TEST_THREADS=${RUST_TEST_THREADS:-$(($(getconf _NPROCESSORS_ONLN) + 1))}

start_services() {
  scripts/test-services.sh ensure || exit 1
  if [ -n "${SWEETIE_TEST_POSTGRES_URL-}" ] && [ -n "${SWEETIE_TEST_REDIS_URL-}" ] &&
    [ -n "${SWEETIE_TEST_REDIS_CLUSTER-}" ]; then
    return
  fi
  services=$(mktemp -d)
  trap 'scripts/test-services.sh down "$services"; rm -rf "$services"' EXIT
  trap 'exit 130' INT TERM
  local addresses
  addresses=$(scripts/test-services.sh up "$services") || exit 1
  eval "$addresses"
}

# integration_tests_on DATABASE [ARGUMENT...]
integration_tests_on() {
  local database=$1
  shift
  SWEETIE_TEST_DATABASE=$database cargo test --quiet --locked --test it -- "$@"
}

# What uses no database runs once, on the first of them; tests/it/suite.rs watches over that.
integration_tests_on_postgres() {
  integration_tests_on postgres --skip architecture:: --skip fuzz:: --skip schema:: --skip ports::bus:: --skip ports::limiter:: \
    --skip ports::nominatim:: --skip ports::outbound:: --skip ports::presence:: --skip ports::redis_away:: \
    --skip ports::redis_cluster:: --skip ports::smtp:: --skip ports::twilio::
}

# Reading all crates again takes a minute, even where no comment holds an example, as now.
examples_in_documentation() {
  ! find src crates entity migration -name '*.rs' -exec cat {} + | has_examples ||
    cargo test --quiet --locked --workspace --doc
}

# Whether comments of Rust code have a block of code that is not marked as something else.
has_examples() {
  awk '/^ *\/\/[\/!] *```/ { inside = !inside; if (inside && !/```(text|json|graphql)/) found = 1 } END { exit !found }'
}

document_tests() {
  cargo build --quiet --locked --bin sweetie && node --test --test-reporter spec tests/documents/merged.test.mjs
}

storm_of_requests() {
  cargo build --quiet --locked --bin sweetie && node tests/storm/storm.mjs 2000
}

browser_tests() {
  cargo build --quiet --locked --bin sweetie && node --test --test-reporter spec tests/browser/*.test.mjs
}

storm_on_postgres() {
  SWEETIE_TEST_DATABASE=postgres cargo test --quiet --locked --test it resilience::storm
}

start_services
if [ "${1-}" = soak ]; then
  step "the storm on PostgreSQL" storm_on_postgres
  conclude soak
  exit 0
fi
step "the page, and the packages of the tests" make --silent web tests/node_modules/.package-lock.json
step "unit tests" cargo test --quiet --locked --workspace --lib --bins
step "examples in the documentation" examples_in_documentation
step "integration tests on SQLite" integration_tests_on sqlite
step "integration tests on PostgreSQL" integration_tests_on_postgres
step "random documents beside graphql-js" document_tests
step "2,000 random and mutated requests" storm_of_requests
step "browser tests" browser_tests
conclude test
