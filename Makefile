# make run     everything a fresh machine needs, then the API and map on http://127.0.0.1:8000; Ctrl-C stops it all
# make test    everything the tests need, then the checks and the whole test suite on a real PostGIS
# make lint    the checks alone
# make bench   the speed tests alone, then the comparison at a million features (docs/benchmarks.md; needs wrk, pgbench)
# make contract  a running server against its API description, at URL (http://127.0.0.1:8000)
# make lock    the lock files anew, after a change of dependencies in pyproject.toml (needs uv)
#
# A database of your own is used where DATABASE_URL names it; otherwise a private one is made, and nothing else touched.

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11

.PHONY: run test lint bench contract lock system-packages

run: $(VENV)/.installed system-packages
	@.ci/serve

test: lint system-packages
	$(BIN)/pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev system-packages
	$(BIN)/pytest -o addopts="-ra --import-mode=importlib" --benchmark-only tests/bench
	$(BIN)/python -m tests.bench.compare --processor

URL := http://127.0.0.1:8000
contract: $(VENV)/.installed-dev
	PYTHONPATH=. $(BIN)/schemathesis run $(URL)/openapi.json --checks all --continue-on-failure --workers 1 --max-examples 100 --seed 1

lock:
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) --group pyproject.toml:build -o requirements-build.lock
	$(LOCK) pyproject.toml --group dev -o requirements-dev.lock

system-packages: $(VENV)/.installed
	@$(BIN)/python .ci/system_packages.py

$(VENV)/.made:
	@echo "Making the Python environment in $(VENV)"
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed" >&2; exit 2; }
	@python3 -m venv $(VENV) || { echo "To install what is missing, type: sudo apt-get install -y python3-venv" >&2; exit 2; }
	@touch $@

$(VENV)/.installed: requirements.lock requirements-build.lock pyproject.toml | $(VENV)/.made
	@echo "Installing the Python packages of requirements.lock (about 1 minute)"
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --require-hashes -r requirements-build.lock
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing the Python packages of requirements-dev.lock"
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@
