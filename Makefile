# demo: read the shipped sample corpus and print the brief. test: everything that CI checks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BOOK := demo/us-india-2025.desk

.PHONY: demo test install clean

install: $(VENV)/installed

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: install
	mkdir -p demo
	$(BIN)/dragoman add examples/us-india-2025/manifest.csv --book $(BOOK)
	$(BIN)/dragoman brief USA IND --book $(BOOK)
	@echo
	@echo "Try next:"
	@echo "  $(BIN)/dragoman engagements --book $(BOOK)"
	@echo "  $(BIN)/dragoman formulas USA IND --book $(BOOK)"
	@echo "  $(BIN)/dragoman measures --on IND --book $(BOOK)"
	@echo "  $(BIN)/dragoman search 'market access' --book $(BOOK)"
	@echo "  $(BIN)/dragoman --help"

test: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

clean:
	rm -rf $(VENV) demo dist build
