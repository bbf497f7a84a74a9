# Needs Debian (or the like) with CPython 3.11 or newer, pip, make and git; nothing else, and no root.
# `make help` says what there is.

PYTHON ?= python3
BIN := .venv/bin
LOCK := requirements-dev.lock
JOBS ?= 2
HASH = $(PYTHON) -c 'import hashlib, sys; \
	print(hashlib.sha256(b"".join(open(f, "rb").read() for f in sys.argv[2:]) + \
	(sys.version + sys.argv[1]).encode()).hexdigest()[:16])' "$(CURDIR)"
PIP = $(PYTHON) -m pip --python .venv --disable-pip-version-check
say = @printf '\n== %s\n'

.DEFAULT_GOAL := help
.PHONY: help setup demo test check long pure format lint types imports tests bench-peers lock clean

help:  ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 10

setup:  ## virtual environment in .venv, every package pinned by hash; does nothing if it stands
	@set -eu; \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "demerit needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 2; }; \
	packages=".venv/.packages-$$($(HASH) $(LOCK))"; \
	project=".venv/.project-$$($(HASH) $(LOCK) pyproject.toml)"; \
	if [ ! -e "$$packages" ]; then \
		$(PYTHON) -m pip --version >/dev/null || { echo "pip is missing: apt-get install python3-pip"; exit 2; }; \
		echo "== setup: making .venv and installing the packages of $(LOCK) (about 280 MB the first time)"; \
		rm -rf .venv; \
		$(PYTHON) -m venv --without-pip .venv; \
		$(PIP) install --require-hashes --only-binary :all: --progress-bar off -r $(LOCK); \
		touch "$$packages"; \
	fi; \
	if [ ! -e "$$project" ]; then \
		echo "== setup: installing demerit itself, from this folder, without a download"; \
		$(PIP) install --quiet --no-index --no-build-isolation --no-deps --editable .; \
		rm -f .venv/.project-*; \
		touch "$$project"; \
	fi; \
	echo "== setup: ready (.venv)"

demo: setup  ## the Suining trial: 1.1 million people, 60 months, three worlds; summary and report
	$(say) "demo: demerit run suining (a county of 1.1 million, 60 months)"
	@$(BIN)/demerit run suining

test: setup format lint types imports tests  ## the whole check, as CI runs it
	$(say) "test: all passed"

check: setup format lint types imports  ## the quick check: all but the slow and the browser tests
	$(say) "check: doctests and quick tests"
	@$(BIN)/python -m pytest -q -n $(JOBS) -m "not slow and not browser"

long: setup  ## what takes hours: 1,000 runs killed and gone on with, all 500 mutated scheme files
	$(say) "long: 1,000 runs killed, tests/test_resume.py (an hour or two)"
	@DEMERIT_KILLS=1000 $(BIN)/python -m pytest -q -n $(JOBS) tests/test_resume.py
	$(say) "long: mutated scheme files, all of them (half an hour)"
	@DEMERIT_MUTANTS=500 $(BIN)/python -m pytest -q -n $(JOBS) tests/scheme/test_mutants.py

pure: setup  ## the tests of kernels without the compiler, for debugger and coverage
	$(say) "pure: tests marked pure, NUMBA_DISABLE_JIT=1"
	@NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -q -n $(JOBS) -m pure

format:
	$(say) "format: ruff format --check"
	@$(BIN)/ruff format --check .

lint:
	$(say) "lint: ruff check"
	@$(BIN)/ruff check .

types:
	$(say) "types: mypy"
	@$(BIN)/mypy

imports:
	$(say) "imports: who may import whom"
	@$(BIN)/lint-imports

tests:
	$(say) "tests: doctests and tests, $(JOBS) at a time"
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

bench-peers:  ## install the other engines of `demerit bench --peers bench/peers` (about 1.1 GB)
	$(PYTHON) -m venv --without-pip bench/peers/.venv
	$(PYTHON) -m pip --python bench/peers/.venv --disable-pip-version-check install \
		--require-hashes --only-binary :all: --progress-bar off -r bench/peers/requirements.lock

lock:  ## make the lock files again (needs uv and the network)
	uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-config \
		--custom-compile-command "make lock" --group setup pyproject.toml -o requirements.lock
	uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-config \
		--custom-compile-command "make lock" --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-config \
		--custom-compile-command "make lock" bench/peers/requirements.in -o bench/peers/requirements.lock

clean:  ## remove what make and the tests made; keeps runs/
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
