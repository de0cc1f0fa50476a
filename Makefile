# Everything below lives in .venv inside this folder; nothing is installed into the system.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
OUT ?= out

.PHONY: run test lint types wheels clean

run: $(STAMP)
	$(BIN)/rte-graph run --out $(OUT) --open

test: $(STAMP) wheels lint types
	RTE_GRAPH_WHEELS="$(CURDIR)/.wheels" $(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check rte_graph tests benchmarks
	$(BIN)/ruff format --check rte_graph tests benchmarks

types: $(STAMP)
	$(BIN)/mypy

# The wheels that the clean-room installation test needs, fetched before the suite starts.
wheels: .wheels/.fetched

.wheels/.fetched: pyproject.toml $(STAMP)
	rm -rf .wheels
	$(BIN)/pip download --quiet --disable-pip-version-check --only-binary :all: --dest .wheels $$($(BIN)/python -c "import tomllib; print(' '.join(tomllib.load(open('pyproject.toml','rb'))['project']['dependencies']))")
	touch $@

$(STAMP): pyproject.toml
	$(PYTHON) -c "import sys; sys.exit('rte-graph needs Python 3.11 or newer; set PYTHON=python3.x') if sys.version_info < (3, 11) else None"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) .wheels out dist build
