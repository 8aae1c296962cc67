# Two commands: `make run` sets everything up and answers, `make test` sets everything up and runs the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: run test check bench clean

run: $(VENV)/run.ready
	@$(BIN)/newsdesk run

# Coverage is of the core: counting lines slows the adapters' tests by a third, and they are most of the time.
ADAPTERS := tests/bot/discord tests/bot/slack tests/local_discord tests/local_slack
PYTEST := $(BIN)/python -m pytest --numprocesses 2 --dist loadfile

test: $(VENV)/dev.ready
	$(PYTEST) --cov --cov-report=term:skip-covered $(ADAPTERS:%=--ignore=%)
	$(PYTEST) $(ADAPTERS)

check: $(VENV)/dev.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev.ready
	@$(PIP) --group bench
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage dist build

$(VENV)/base.ready: constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Newsdesk needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 ...")'
	@echo "Setting up $(VENV) (once; some minutes and 2 GB) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --upgrade pip
	@touch $@

# An application of three plainly named packages: alone in its environment, and editable so that a pull is enough.
$(VENV)/run.ready: $(VENV)/base.ready pyproject.toml
	@$(PIP) --build-constraint constraints.txt --editable .
	@touch $@

$(VENV)/dev.ready: $(VENV)/run.ready
	@$(PIP) --group dev
	@touch $@
