# make site    everything from a bare machine to output/index.html; then the server, which is half of the compile time
# make test    the same set-up, then the whole test suite
# make test-fast   the fast tests, in less than two minutes from what is built: those not marked .slow, without browsers
# make serve   the site, at http://127.0.0.1:8080/
# make bench   seconds and memory of each stage of a build (BEFORE=checkout: beside the program built there, in turns)
# make bench-floors  every stage of a build compared with its lower bound (DATA=folder)
# make bench-growth  seconds and memory of builds of 0.1 to 20 million ratings, drawn in docs/growth.svg (SIZES=0.1,1)
# make bench-peers   comparison with other programs, on this machine (PEERS=ingest): Benchmarks/peers/setup.sh installs them
# make bench-quality   the tables of recommendation quality (DATA=folder MODELS=als,ease TABLES=lists)
# make dist    packages under dist/ for machines without Swift (TAG=v1.0.0: of that tag); make try-dist installs them in bare systems
# make bench-results   measures the rows of Benchmarks/RESULTS.md again (ROWS="ids": only those) and writes them there and into README.md
# make test-spark   marquee spark compared with marquee build, on loopback, with its own Python (SPARK=all: kills, a bucket, growth)
# make docs    the handbook, itself a Marquee site, into docs/output/; its reference pages are regenerated
# make screenshots   the README's pictures, taken with Chromium
# make format  the sources in the project's format; `make lint` reports deviations

SHELL := /bin/bash
.DEFAULT_GOAL := site
.PHONY: test-fast test-spark dist try-dist bench-results site test docs bench bench-floors bench-growth bench-peers bench-quality screenshots serve format lint setup binary

marquee := .build/release/marquee
sources := Package.swift Sources Tests

# Homebrew keeps these out of the way of pkg-config.
ifeq ($(shell uname -s),Darwin)
  brew := $(shell brew --prefix 2>/dev/null)
  export PKG_CONFIG_PATH := $(brew)/opt/openblas/lib/pkgconfig:$(brew)/opt/libarchive/lib/pkgconfig:$(brew)/opt/openssl@3/lib/pkgconfig:$(PKG_CONFIG_PATH)
endif

site: setup
	@Scripts/first-site.sh

binary: setup
	swift build -c release --product marquee

test:
	@Scripts/setup.sh tests
	@Scripts/audit-tools.sh
	Scripts/test.sh

test-fast: setup
	Scripts/test.sh fast

serve: site
	$(marquee) serve

bench: binary
	Benchmarks/stages.py

bench-floors: binary
	Benchmarks/floors.py $(or $(DATA),content/sample)

bench-growth: binary
	Benchmarks/growth.py $(if $(SIZES),--sizes $(SIZES))

bench-peers: binary
	Benchmarks/peers/run.sh $(PEERS)

bench-quality: binary
	Benchmarks/quality.sh

bench-results: binary
	Benchmarks/results.py $(ROWS)

dist:
	Scripts/dist.sh $(TAG)

try-dist:
	Scripts/try-packages.sh

test-spark: binary
	Scripts/test-spark.sh $(SPARK)

docs: binary
	$(marquee) manual --pages docs/content/pages/reference
	$(marquee) build --site docs

screenshots: binary
	Scripts/screenshots.sh

format:
	swift format -i -r $(sources)

lint:
	swift format lint --strict -r $(sources)

setup:
	@Scripts/setup.sh
