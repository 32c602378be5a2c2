# Everything that a developer runs. `make help` lists the targets; each works in a fresh clone.
# Needed: Rust, Node 20.19 or newer, and make; `make test` and `make bench-map` also PostgreSQL, Redis
# and Chromium (scripts/test-services.sh).

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

WEB_SOURCES := $(wildcard web/src/*) web/index.html web/vite.config.js web/package.json
NPM_CI := npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
NODE_CHECK := const [a, b] = process.versions.node.split("."); process.exit(a * 100 + +b >= 2019 ? 0 : 1)
NODE_PREFIX := $(shell node -p 'require("path").resolve(process.execPath, "../..")' 2>/dev/null)
BETTER_SQLITE := bench/node_modules/better-sqlite3/build/Release/better_sqlite3.node
RUN_ADDRESS := $(or $(SWEETIE_LISTEN),127.0.0.1:8080)
MODELS := $(or $(SWEETIE_DATA_DIR),data)/models
# The runtime of image models takes the longest to build, so it is built for those who have some, and then optimised: a
# picture would take it more than ten seconds.
RUN_FEATURES := --no-default-features$(if $(wildcard $(MODELS)/*.onnx), --features image-models --config scripts/models/runtime.toml)

ifneq ($(wildcard $(NODE_PREFIX)/include/node/node.h),)
export npm_config_nodedir := $(NODE_PREFIX)
endif

.PHONY: help
help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: web ## Builds quickly (a development build, with image models if `make models` was run) and serves demo data
	CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=none cargo build --locked $(RUN_FEATURES) --bin sweetie
	@echo
	@echo "  Finding Sweetie starts at http://$(RUN_ADDRESS)/ with GraphiQL and demo data; Ctrl-C stops it."
	@echo
	@exec target/debug/sweetie serve --demo

.PHONY: models
models: ## Downloads weights (18 MB) and builds the models that find other photos of an animal; tells their licence
	python3 scripts/models/build.py $(MODELS)

.PHONY: build
build: web ## Builds the page and the program for a server, target/release/sweetie
	cargo build --release --locked --bin sweetie

.PHONY: install
install: web ## Installs the program `sweetie` into ~/.cargo/bin
	cargo install --locked --path . --bin sweetie

.PHONY: web
web: web/dist/index.html ## Builds the GraphiQL page into web/dist, if its sources changed

# The binary embeds the page; cargo does not see new files appear, so the embedding source is touched.
web/dist/index.html: $(WEB_SOURCES) web/node_modules/.package-lock.json
	cd web && npm run --silent build
	@touch -c src/http/pages/web_files.rs

# npm writes this file itself, so it is older than the lock whenever an installation is due.
%/node_modules/.package-lock.json: %/package-lock.json
	@node -e '$(NODE_CHECK)' || { echo "Node 20.19 or newer is needed: https://nodejs.org" >&2; exit 1; }
	cd $* && $(NPM_CI)
	@touch $@

.PHONY: test
test: ## Runs all tests, on SQLite and PostgreSQL, beside graphql-js, and the page in a browser
	scripts/test.sh

.PHONY: soak
soak: ## Runs the storm of the tests at its full length, with 20,000 messages
	SWEETIE_TEST_SOAK=1 scripts/test.sh soak

.PHONY: lint
lint: ## Checks format, clippy, the schema file, documents and sizes
	scripts/lint.sh

.PHONY: schema
schema: ## Writes schema.graphql from the code
	cargo run --quiet --locked -- schema > schema.graphql.new
	mv schema.graphql.new schema.graphql

.PHONY: promises
promises: ## Writes down what the schema promises now (tests/it/promised.txt), and who sees what (tests/snapshots)
	SWEETIE_TEST_WRITE_PROMISES=1 cargo test --quiet --locked --test it -- promises_are_written access::

.PHONY: bench
bench: build $(BETTER_SQLITE) ## Measures speed and memory, beside a peer where there is one
	node bench/all.mjs

.PHONY: bench-chat
bench-chat: build $(BETTER_SQLITE) ## Measures the chat: idle sockets, latency, throughput beside socket.io, history
	node bench/all.mjs chat-sockets chat-load chat-history

.PHONY: bench-import
bench-import: build $(BETTER_SQLITE) ## Measures imports, and what people feel of one
	node bench/all.mjs import import-load job-lanes

.PHONY: bench-map
bench-map: build $(BETTER_SQLITE) ## Measures map and search at a million reports, beside peers; ARGS="--only box"
	cargo build --release --locked --examples
	scripts/test-services.sh ensure
	node bench/map.mjs $(ARGS)

.PHONY: bench-matching
bench-matching: build $(BETTER_SQLITE) ## Measures matching and alerts at a million reports; ARGS="--reports 100000"
	node bench/matching.mjs $(ARGS)

# Compiled here, because the download of a ready-made one depends on another host; with Node's own headers, if they are
# installed beside it.
$(BETTER_SQLITE): bench/node_modules/.package-lock.json
	cd bench && npm rebuild better-sqlite3 --build-from-source --loglevel=error
	@touch $@

.PHONY: fmt
fmt: ## Formats the Rust code
	cargo fmt --all

.PHONY: clean
clean: ## Removes everything that is built; data/ stays
	cargo clean
	rm -rf web/dist {web,bench,tests}/node_modules
