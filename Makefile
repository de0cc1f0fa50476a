# Everything below lives in .venv inside this folder; nothing is installed into the system.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Two stamps: what `make run` needs, and what tests need beside it.
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
CHECKED := rte_graph tests benchmarks scripts
OUT ?= out

# An environment without a working pip (half made, or its Python gone) is made anew.
$(shell $(BIN)/python -m pip --version >/dev/null 2>&1 || rm -f $(RUN) $(DEV))

.PHONY: run test lint types wheels clean

run: $(RUN)
	$(BIN)/rte-graph run --out $(OUT) --open

test: $(DEV) wheels lint types
	RTE_GRAPH_WHEELS="$(CURDIR)/.wheels" $(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(DEV)
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)

types: $(DEV)
	$(BIN)/mypy

# The wheels that the clean-room installation test needs, fetched before the suite starts.
wheels: .wheels/.fetched

.wheels/.fetched: pyproject.toml | $(RUN)
	rm -rf .wheels
	$(PIP) download --only-binary :all: --dest .wheels $$($(BIN)/python -c "import tomllib; print(' '.join(tomllib.load(open('pyproject.toml','rb'))['project']['dependencies']))")
	touch $@

$(RUN): pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit('rte-graph needs Python 3.11 or newer: run make again with PYTHON=python3.x.') if sys.version_info < (3, 11) else None"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || \
		{ echo "The environment $(VENV) could not be made: install python3-venv (Debian, Ubuntu: apt install python3-venv) and run make again." >&2; exit 1; }
	$(PIP) install --editable .
	touch $@

$(DEV): $(RUN)
	$(PIP) install --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) .wheels out dist build
