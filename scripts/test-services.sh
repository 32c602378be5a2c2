#!/usr/bin/env bash
# The services that the tests run against: PostgreSQL, Redis, a Redis Cluster and a Chromium; and the programs of the cookbook.
#
#   scripts/test-services.sh ensure     installs what is missing (as root on Debian or Ubuntu), or says what to install
#   scripts/test-services.sh up DIR     starts a throw-away PostgreSQL, Redis and Redis Cluster of three nodes in DIR on
#                                       free ports and prints their addresses as `export` lines
#   scripts/test-services.sh down DIR   stops them and removes what they wrote into DIR
#
# TEST_POSTGRES_SHARED_BUFFERS is the memory of that PostgreSQL, 64MB by default.
set -euo pipefail

readonly START_TIMEOUT=30 # seconds until a service must answer
readonly PORT_ATTEMPTS=5  # another program can take a free port before the service does

say() { echo "test-services: $*" >&2; }

# ---------------------------------------------------------------- finding the programs

postgres_bin() {
  local found
  found=$(command -v initdb || ls -1 /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1)
  [ -n "$found" ] && dirname "$(readlink -f "$found")"
}

chromium_bin() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

missing_packages() {
  postgres_bin >/dev/null || echo postgresql
  command -v redis-server >/dev/null || echo redis-server
  for program in curl jq python3; do
    command -v "$program" >/dev/null || echo "$program"
  done
  chromium_bin >/dev/null || echo chromium fonts-dejavu-core fonts-noto-color-emoji
}

# ---------------------------------------------------------------- ensure

ensure() {
  local packages
  packages=$(missing_packages | tr '\n' ' ')
  if [ -z "$packages" ]; then
    return
  fi
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "these programs are missing: $packages"
    say "on Debian or Ubuntu: sudo apt-get install --no-install-recommends $packages"
    exit 1
  fi
  say "installing $packages"
  install_quietly $packages
  packages=$(missing_packages | tr '\n' ' ')
  if [ -n "$packages" ]; then
    say "still missing after the installation: $packages"
    exit 1
  fi
}

# Debian starts a daemon as soon as it is installed; a policy of 101 forbids that for as long as we install.
install_quietly() {
  local policy=/usr/sbin/policy-rc.d log
  log=$(mktemp)
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  export DEBIAN_FRONTEND=noninteractive
  if ! { apt-get update -q && apt-get install -qy --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
    tail -40 "$log" >&2
    say "apt-get failed; its whole output is in $log"
    exit 1
  fi
  rm -f "$log"
}

# ---------------------------------------------------------------- up

up() {
  local dir=$1
  mkdir -p "$dir"
  dir=$(cd "$dir" && pwd)
  chmod 711 "$dir" # the user postgres passes through
  start_on_free_port start_postgres "$dir"
  echo "export SWEETIE_TEST_POSTGRES_URL=postgres://sweetie@127.0.0.1:$PORT/postgres"
  start_on_free_port start_redis "$dir"
  echo "export SWEETIE_TEST_REDIS_URL=redis://127.0.0.1:$PORT"
  start_on_free_port start_cluster "$dir"
  echo "export SWEETIE_TEST_REDIS_CLUSTER=$CLUSTER"
}

# free_ports COUNT: as many different ones, on one line.
free_ports() {
  node -e 'const servers = Array.from({ length: +process.argv[1] }, () => require("net").createServer())
    Promise.all(servers.map((server) => new Promise((bound) => server.listen(0, "127.0.0.1", bound)))).then(() => {
      console.log(servers.map((server) => server.address().port).join(" "))
      servers.forEach((server) => server.close())
    })' "$1"
}

# start_on_free_port FUNCTION DIR: calls FUNCTION DIR PORT until it succeeds; leaves the port in PORT. When it never
# does, shows why, stops everything and ends the script.
start_on_free_port() {
  local start=$1 dir=$2 attempt
  for attempt in $(seq "$PORT_ATTEMPTS"); do
    PORT=$(free_ports 1)
    if "$start" "$dir" "$PORT"; then
      return
    fi
    say "$start: attempt $attempt on port $PORT failed"
  done
  tail -n 20 "$dir"/*.log "$dir"/postgres/*.log >&2 || true
  down "$dir"
  exit 1
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups env HOME=/nonexistent LC_ALL=C.UTF-8 "$@"
  else
    "$@"
  fi
}

# Without fsync, because the data is thrown away, and without a Unix socket, whose path must not exceed 107 bytes.
start_postgres() {
  local dir=$1 port=$2 bin data
  bin=$(postgres_bin)
  data="$dir/postgres"
  if [ ! -e "$data/PG_VERSION" ]; then
    install -d -m 700 "$data"
    if [ "$(id -u)" = 0 ]; then
      chown postgres: "$data"
    fi
    (cd "$data" && as_postgres "$bin/initdb" -D "$data" -U sweetie -A trust -E UTF8 --locale=C.UTF-8 \
      --no-sync --no-instructions) >"$dir/initdb.log" 2>&1
  fi
  (cd "$data" && as_postgres "$bin/pg_ctl" start -D "$data" -l "$data/server.log" -w -t "$START_TIMEOUT" -s -o "-p $port \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers=${TEST_POSTGRES_SHARED_BUFFERS:-64MB} \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off") </dev/null >"$dir/pg_ctl.log" 2>&1
}

start_redis() {
  redis_process "$1" redis "$2"
}

# redis_process DIR NAME PORT [OPTION...]: a Redis with its data in DIR/NAME, which answers.
redis_process() {
  local dir=$1 name=$2 port=$3
  shift 3
  mkdir -p "$dir/$name"
  rm -f "$dir/$name.log"
  redis-server --bind 127.0.0.1 --port "$port" --daemonize yes --save '' --appendonly no --dir "$dir/$name" \
    --logfile "$dir/$name.log" "$@" >/dev/null || return 1
  local deadline=$((SECONDS + START_TIMEOUT))
  until redis-cli -p "$port" ping >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$deadline" ] || grep -qs 'Failed listening' "$dir/$name.log"; then
      return 1
    fi
    sleep 0.05
  done
  echo "$port" >"$dir/$name/port"
}

# Three masters that share the slots; leaves their addresses in CLUSTER. Needs Redis 7, as sharded publish does.
start_cluster() {
  local dir=$1 number ports meeting deadline
  stop_redis "$dir"/cluster-?
  rm -rf "$dir"/cluster-?
  read -ra ports <<<"$2 $(free_ports 2)"
  read -ra meeting <<<"$(free_ports 3)"
  for number in 0 1 2; do
    redis_process "$dir" "cluster-$number" "${ports[number]}" --cluster-enabled yes --cluster-config-file nodes.conf \
      --cluster-node-timeout 2000 --cluster-announce-ip 127.0.0.1 --cluster-port "${meeting[number]}" || return 1
    redis-cli -p "${ports[number]}" cluster addslotsrange $((16384 * number / 3)) $((16384 * (number + 1) / 3 - 1)) >/dev/null
    redis-cli -p "${ports[number]}" cluster set-config-epoch $((number + 1)) >/dev/null
    redis-cli -p "${ports[number]}" cluster meet 127.0.0.1 "${ports[0]}" "${meeting[0]}" >/dev/null
  done
  deadline=$((SECONDS + START_TIMEOUT))
  for number in 0 1 2; do
    until redis-cli -p "${ports[number]}" cluster info | grep -q 'cluster_state:ok'; do
      [ "$SECONDS" -lt "$deadline" ] || return 1
      sleep 0.05
    done
  done
  CLUSTER="redis://127.0.0.1:${ports[0]},redis://127.0.0.1:${ports[1]},redis://127.0.0.1:${ports[2]}"
}

# ---------------------------------------------------------------- down

down() {
  local dir=$1
  if [ -e "$dir/postgres/postmaster.pid" ]; then
    (cd "$dir/postgres" && as_postgres "$(postgres_bin)/pg_ctl" stop -D "$dir/postgres" -m immediate -s) >&2 || true
  fi
  stop_redis "$dir/redis" "$dir"/cluster-?
  rm -rf "$dir/postgres" "$dir/redis" "$dir"/cluster-? "$dir"/{initdb,pg_ctl,redis}.log "$dir"/cluster-?.log
}

stop_redis() {
  local data
  for data in "$@"; do
    if [ -e "$data/port" ]; then
      redis-cli -p "$(cat "$data/port")" shutdown nosave >&2 || true
    fi
  done
}

case "${1-}:$#" in
  ensure:1) ensure ;;
  up:2) up "$2" ;;
  down:2) down "$2" ;;
  *)
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
