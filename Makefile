# make run    the application on http://localhost:8501, with the demo company
# make test   the whole check and suite
# make check  lint, types, layers, SQL and spelling only
# make lint   the fast part of the check, mending what it can
#
# Everything lands in .venv (programs) and .aplomb (accounts and imports). What is
# installed is compared by content, so a second run needs no network.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8501
# Test processes; each builds the demo company once.
WORKERS ?= 2
BIN := .venv/bin

.PHONY: run test check lint install install-dev clean

run: install
	@$(BIN)/python -m core.demo
	@$(BIN)/streamlit run app.py --server.port $(PORT)

test: check
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: install-dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" .github/check

lint: install-dev
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

install: .venv/pyvenv.cfg
	@cmp -s requirements.txt .venv/installed.txt || { \
	    $(BIN)/python -m pip install --quiet -r requirements.txt \
	    && cp requirements.txt .venv/installed.txt; }

install-dev: install
	@cat requirements.txt .github/requirements-dev.txt | cmp -s - .venv/installed-dev.txt || { \
	    $(BIN)/python -m pip install --quiet -r .github/requirements-dev.txt \
	    && cat requirements.txt .github/requirements-dev.txt > .venv/installed-dev.txt; }

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@$(PYTHON) -m venv .venv

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
