# The ways to work on Rejoinder. `make demo` and `make test` need Python 3.11+, make and a registry.

PYTHON ?= python3
BIN := .venv/bin
DATA ?=

.PHONY: help setup setup-real demo run check test test-real setup-phone test-phone bench pictures docs words audit lock clean
.DEFAULT_GOAL := help

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# Two stamps: the desk needs a third of what its tests need.
.venv/run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.venv/real: .venv/dev requirements/real.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/real.txt
	@touch $@

setup: .venv/dev  ## everything that development needs, in .venv

setup-real: .venv/real  ## the third-party parts of make test-real (Debian, as root)
	PATH="$(CURDIR)/$(BIN):$$PATH" bash tests/real/setup

demo: .venv/run  ## a whole desk with a pretend network, at http://localhost:8000
	REJOINDER_DATA=$${REJOINDER_DATA:-.demo/desk} $(BIN)/rejoinder up --demo

run: .venv/run  ## the same desk for real accounts; the first page makes its owner
	REJOINDER_DATA=$${REJOINDER_DATA:-.desk/desk} $(BIN)/rejoinder up

check: .venv/real  ## style, types, and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: .venv/dev  ## all tests on SQLite, then those that have tables on PostgreSQL
	$(BIN)/python -m pytest -n auto --dist worksteal
	$(BIN)/python -m tests.on_postgres $(BIN)/python -m pytest -n auto --dist worksteal

test-real: .venv/real  ## against real servers and a real browser (after make setup-real)
	$(BIN)/python -m pytest -m real -n 2 --dist loadfile tests/real tests/browser tests/journeys

setup-phone:  ## the exchange of make test-phone (Debian, as root)
	sh tests/phone/setup

test-phone: .venv/dev  ## calls through a real Asterisk, in a network of its own (after make setup-phone)
	unshare --net --pid --fork --kill-child sh -c 'ip link set lo up && exec $(BIN)/python -m pytest -m phone -n 0 -s tests/phone'

bench: .venv/dev  ## ratios to a bare baseline; DATA=folder adds those that need outside data
	$(BIN)/python -m benchmarks $(if $(DATA),--data $(DATA))

pictures: .venv/real  ## the pictures of the docs, from made-up posts
	$(BIN)/python -m docs.pictures
	$(BIN)/python -m docs.walk
	$(BIN)/python -m docs.week
	$(BIN)/python -m docs.proof

docs: .venv/dev  ## write docs/reference/ from the code
	$(BIN)/python -m docs.generate

words: .venv/dev  ## collect the words of the pages and compile the translations
	$(BIN)/python -m tests.web.catalogue

audit: .venv/dev  ## known weaknesses of what we depend on (asks the package index)
	$(BIN)/pip-audit --disable-pip --require-hashes -r requirements/run.txt

lock: .venv/dev  ## pin what pyproject.toml asks for, with hashes
	for part in run: dev:"--extra dev" real:"--extra dev --extra real"; do \
	  $(BIN)/uv pip compile -q pyproject.toml $${part#*:} --generate-hashes --universal \
	    --python-version 3.11 --no-header --no-annotate -o requirements/$${part%%:*}.txt; done

clean:  ## remove what was built; data folders stay
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
