.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SEEDS := seeds
INDEX := index

.PHONY: help serve index test bench format lint types imports tests clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# Installed once per change of the dependency files; the stamp is written last, so a broken install is repeated.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "summitqa needs Python 3.11 or newer; name one with: make PYTHON=python3.11 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade --constraint constraints.txt pip
	$(PIP) install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) install --quiet --constraint constraints.txt --group dev
	touch $@

serve: $(VENV)/.installed ## Set up, index seeds/, and serve API and page on http://127.0.0.1:8000
	@$(BIN)/summitqa serve --source $(SEEDS) --index $(INDEX)

index: $(VENV)/.installed ## Build the index of seeds/
	@$(BIN)/summitqa index $(SEEDS) --index $(INDEX)

test: format lint types imports tests ## Set up and run every check, as CI does

format: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

imports: $(VENV)/.installed-dev
	$(BIN)/lint-imports

tests: $(VENV)/.installed-dev
	$(BIN)/pytest

bench: $(VENV)/.installed-dev ## Measure speed and memory; writes a table and JSON
	$(BIN)/python -m summitqa.evaluation.bench

clean: ## Remove the environment, caches and the index
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find $(INDEX) -mindepth 1 ! -name README.md -delete
