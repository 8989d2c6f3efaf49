PORT ?= 8080
DATA ?= .data/
BIN := .venv/bin
UI_SOURCES := $(shell find ui -name node_modules -prune -o -name dist -prune -o -type f -print 2>/dev/null)
# One process for each core, up to four: each has servers of its own. PARALLEL= runs one test after another.
PARALLEL ?= -n logical --maxprocesses 4
DEBIAN_PACKAGES := chromium curl docker-registry jq

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test lint types unit e2e screenshots measure-ui ui ui-check tools format openapi lock clean

# An environment that was moved or lost its Python is made again.
ifneq ("$(shell cat .venv/made-in 2>/dev/null)", "$(CURDIR)")
$(shell rm -f .venv/*.stamp)
endif

help: ## Show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "make %-11s %s\n", $$1, $$2}'

demo: .venv/run.stamp ui ## Run everything on this machine (PORT=8080, DATA=.data/) until Ctrl-C
	@exec $(BIN)/eosc-perf demo --port "$(PORT)" --data "$(DATA)"

test: tools .venv/dev.stamp lint types ui-check ui ## Everything that CI checks
	$(BIN)/pytest $(PARALLEL) --durations 20

lint: .venv/dev.stamp ## Style of the Python code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev.stamp ## Types of the Python code
	$(BIN)/mypy

unit: tools .venv/dev.stamp ## Tests without a browser
	$(BIN)/pytest $(PARALLEL) --ignore tests/e2e

e2e: tools .venv/dev.stamp ui ## Tests in a browser
	$(BIN)/pytest $(PARALLEL) tests/e2e

measure-ui: tools .venv/dev.stamp ui ## How fast the pages are, into docs/ui.md
	$(BIN)/python -m pytest tests/e2e/measure.py

screenshots: tools .venv/dev.stamp ui ## Pictures of every page, in build/screenshots and docs/images
	$(BIN)/pytest tests/e2e/screenshots.py

ui-check: ui/node_modules/.stamp ## Style, types and tests of the web interface
	cd ui && npm run lint && npm run types -- --check && npm run typecheck && npm test

format: .venv/dev.stamp ## Format the Python code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

openapi: .venv/dev.stamp ## Write docs/openapi.json
	$(BIN)/eosc-perf openapi > docs/openapi.json.new
	mv docs/openapi.json.new docs/openapi.json

lock: .venv/dev.stamp ## Choose the newest allowed versions of all Python packages
	$(call compile,run,)
	$(call compile,dev,--extra dev --constraint requirements/run.txt)

clean: ## Remove what was built (not the data of demos)
	rm -rf .venv ui/node_modules ui/dist build src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

compile = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock" --extra server --extra demo $(2) \
	pyproject.toml requirements/build.in --output-file requirements/$(1).txt

# The Python packages: run.txt for the service, dev.txt for it and its tests.
.venv/%.stamp: requirements/%.txt pyproject.toml
	@set -e; \
	usable='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'; \
	for each in python3.11 python3.12 python3.13 python3; do \
		if $$each -c "$$usable" 2>/dev/null; then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or newer with its venv module is needed (Debian: apt-get install python3-venv)." >&2; exit 1; \
	fi; \
	if [ "$$(cat .venv/made-in 2>/dev/null)" != "$(CURDIR)" ] || ! $(BIN)/python -c "$$usable" 2>/dev/null; then \
		echo "Making a Python environment in .venv ..."; rm -rf .venv; $$python -m venv .venv; \
	fi
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes --requirement $<
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@printf '%s\n' "$(CURDIR)" > .venv/made-in
	@touch $@ $(if $(findstring dev,$@),.venv/run.stamp)

# The web interface.
ui: ui/dist/index.html

ui/dist/index.html: ui/node_modules/.stamp $(UI_SOURCES)
	cd ui && npm run build
	@touch $@

ui/node_modules/.stamp: ui/package-lock.json
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1 || \
		{ echo "Node 20 or newer with npm is needed to build the web interface." >&2; exit 1; }
	cd ui && npm ci
	@touch $@

tools:
	@for each in $(DEBIAN_PACKAGES); do command -v $$each >/dev/null || missing="$$missing $$each"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "The tests need$$missing. On Debian: sudo apt-get install$$missing" >&2; exit 1; \
	fi; \
	apt-get update -q && apt-get install -q -y --no-install-recommends $$missing
