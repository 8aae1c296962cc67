# Two commands: `make run` sets everything up and answers, `make test` sets everything up and runs the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Nothing is installed whose SHA-256 is not in locks/, and nothing is built but Newsdesk itself.
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --no-deps
LOCKED := $(PIP) --require-hashes --only-binary :all:

# The tests start the command a hundred times: bytecode that is not kept is compiled each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run models test coverage check bench lock clean

run: $(VENV)/run.ready
	@$(BIN)/newsdesk run

# What reads a model that NEWSDESK_MODEL or NEWSDESK_READER names.
models: $(VENV)/models.ready

# Two crowds at once on two cores would leave each too little for the seconds that an answer may take.
LOADS := tests/bot/platforms/test_load.py
# Files as they are found: xdist would begin with those of most tests, and end with some of one long one each.
PYTEST := $(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

test: $(VENV)/dev.ready
	$(PYTEST) --ignore-glob='*/test_load.py'
	$(BIN)/python -m pytest $(LOADS)

# Counting lines takes the core's tests half as long again, and nothing is refused for it.
coverage: $(VENV)/dev.ready
	$(PYTEST) --cov --cov-report=term:skip-covered $(addprefix --ignore=tests/,bot/platforms bot/discord bot/slack tools)

check: $(VENV)/dev.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev.ready
	@$(LOCKED) --requirement locks/bench.txt
	$(BIN)/python -m benchmarks

# After a change of constraints.txt or of what pyproject.toml asks for.
lock: $(VENV)/base.ready
	@$(LOCKED) --requirement locks/lock.txt
	$(BIN)/python locks/make.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage dist build

$(VENV)/base.ready: locks/pip.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Newsdesk needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 ...")'
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(LOCKED) --requirement locks/pip.txt
	@touch $@

# An application of three plainly named packages: alone in its environment, and editable so that a pull is enough.
$(VENV)/run.ready: $(VENV)/base.ready locks/run.txt pyproject.toml
	@$(LOCKED) --requirement locks/run.txt
	@$(PIP) --no-build-isolation --editable .
	@touch $@

# PyPI's build of torch for Linux needs what locks/cuda.txt has besides; a CPU build does not.
$(VENV)/models.ready: $(VENV)/run.ready locks/models.txt locks/cuda.txt
	@echo "Installing what reads other models (once; some minutes and over 1 GB) ..."
	@$(LOCKED) --requirement locks/models.txt
	@if $(BIN)/python -c 'import sys; from importlib.metadata import requires; sys.exit("nvidia" not in str(requires("torch")))'; \
	then $(LOCKED) --requirement locks/cuda.txt; fi
	@touch $@

$(VENV)/dev.ready: $(VENV)/models.ready locks/dev.txt
	@$(LOCKED) --requirement locks/dev.txt
	@$(BIN)/pip --disable-pip-version-check check
	@touch $@
