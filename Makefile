# The words of this house:
#   make run      install, fill the demonstration, serve it on 127.0.0.1:8000
#   make test     the whole suite, on SQLite and on PostgreSQL
#   make check    everything that can be wrong without running it
#   make fix      what a machine can mend by itself
#   make bench    speed, as ratios to the bare parts
#   make papers   every paper of the sample year, as PDF and pictures, in build/papers
#   make draw     docs/drawings from the code
# and `make install` for the set-up alone, `make lock` to renew the locks.
# A machine needs Python 3.11 or newer, make and git; Node comes as a Python package.

PYTHON ?= $(shell scripts/find_python.sh)
BIN := .venv/bin
DONE := .venv/done
PIP := $(BIN)/python -m pip --disable-pip-version-check

# Steps that need not wait for each other do not.
MAKEFLAGS += --jobs=2

# Bytecode that is kept makes every start after the first a matter of seconds.
unexport PYTHONDONTWRITEBYTECODE

ASSETS = $(shell find raprong/web/assets -type f)
CATALOGUES = $(shell find raprong -name django.po)

.PHONY: run install install-dev test check fix bench papers draw lock

run: export RAPRONG_DEMONSTRATION = 1
run: install
	@echo "== Filling the demonstration"
	@$(BIN)/raprong demonstrate
	@$(BIN)/raprong serve

install: $(DONE)/run $(DONE)/package $(DONE)/front-end $(DONE)/messages

install-dev: install $(DONE)/dev

test: install-dev
	@$(BIN)/python scripts/test.py $(ARGS)

check: install-dev
	@$(BIN)/python scripts/check.py

fix: install-dev
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format --quiet
	@$(BIN)/python scripts/messages.py extract
	@$(BIN)/python scripts/draw.py write

bench: install-dev
	@$(BIN)/python scripts/bench.py $(ARGS)

papers: install-dev
	@$(BIN)/python scripts/papers.py $(ARGS)

draw: install-dev
	@$(BIN)/python scripts/draw.py write

lock: install-dev
	@echo "== Renewing the locks"
	@$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --quiet --upgrade --output-file requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --quiet --upgrade --constraint requirements.lock --output-file requirements-dev.lock
	@$(BIN)/npm install --package-lock-only --silent

# --- Each step of the set-up leaves a mark in .venv/done and is repeated only when what it reads has changed.

$(DONE)/venv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, with venv, and none was found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Name another: make PYTHON=..."; exit 1; }
	@echo "== Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv
	@mkdir -p $(DONE) && touch $@

$(DONE)/run: requirements.lock | $(DONE)/venv
	@echo "== Installing the locked Python packages"
	@$(PIP) install --require-hashes --no-deps --quiet --progress-bar off --requirement $<
	@touch $@

$(DONE)/dev: requirements-dev.lock $(DONE)/run
	@echo "== Installing the locked packages for tests and checks"
	@$(PIP) install --require-hashes --no-deps --no-compile --quiet --progress-bar off --requirement $<
	@touch $@

$(DONE)/package: pyproject.toml raprong/__init__.py $(DONE)/run
	@echo "== Putting raprong into .venv"
	@$(PIP) install --no-deps --no-build-isolation --quiet --editable .
	@touch $@

$(DONE)/node: package.json package-lock.json .npmrc $(DONE)/run
	@echo "== Installing the locked front-end packages"
	@$(BIN)/npm ci --silent
	@touch $@

$(DONE)/front-end: scripts/bundle.mjs $(ASSETS) $(DONE)/node
	@echo "== Bundling the front end"
	@$(BIN)/node scripts/bundle.mjs
	@touch $@

$(DONE)/messages: scripts/messages.py $(CATALOGUES) $(DONE)/run
	@echo "== Compiling the translations"
	@$(BIN)/python scripts/messages.py compile
	@touch $@
