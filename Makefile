# Each command makes what it needs; `make demo` and `make test` work on a fresh clone.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
INSTALLED := $(VENV)/.installed
SOURCES := src tests bench conftest.py

.PHONY: help install demo test test-quick lint bench lock rules

help:
	@echo "make demo        the example project on this machine, in the browser"
	@echo "make test        every test: SQLite, PostgreSQL, e-mail, browser"
	@echo "make test-quick  some minutes: SQLite only, no browser"
	@echo "make lint        style, types, order of imports, templates"
	@echo "make bench       every speed figure that the documents quote"
	@echo "make install     the environment in .venv, from requirements.lock"
	@echo "make rules       docs/rules.md anew, from the registry"
	@echo "make lock        requirements.lock anew, from pyproject.toml"

install: $(INSTALLED)

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Coproduce needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python could not make an environment. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }

# uv comes by its hash out of the same lock; then uv installs the rest by hash, and the project itself in place.
$(INSTALLED): requirements.lock pyproject.toml | $(BIN)/python
	@awk '/^uv==/ {mine = 1} mine {print} mine && !/\\$$/ {exit}' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

demo: install
	@$(BIN)/coproduce demo $(ARGS)

test: install
	@$(BIN)/python -m tests.support.run all $(ARGS)

test-quick: install
	@$(BIN)/python -m tests.support.run quick $(ARGS)

lint: install
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	COPRODUCE_HOME=$(VENV)/home $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src

bench: install
	@$(BIN)/python -m bench $(ARGS)

lock: install
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal -p 3.11 --generate-hashes \
		--no-annotate --no-header --no-emit-index-url -o requirements.lock

rules: install
	@$(BIN)/python -m coproduce.config.rules_page > docs/rules.md
