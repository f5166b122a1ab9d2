# demo: read the shipped sample corpus and print the brief. test: everything that CI checks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BOOK := demo/us-india-2025.desk

.PHONY: demo test install clean lock release fuzz reliability docs

install: $(VENV)/installed

# The program alone, with the newest packages that fit.
$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

# Everything that the tests need, as locked: each package by its hash.
$(VENV)/locked: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/installed

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

test: $(VENV)/locked
	$(BIN)/python release/audit.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

# Made again when pyproject.toml asks for something new; needs the extra "release".
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade --quiet --output-file requirements.lock

release: $(VENV)/locked
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[release]'
	$(BIN)/python release/build.py dist

# The long part of what the tests repeat in short: faults on purpose, each defence taken away, ten minutes of fuzzing an entry point.
reliability: $(VENV)/locked
	$(BIN)/python faults/inject.py --rounds 100
	$(BIN)/python faults/defences.py
	$(MAKE) fuzz

# Ten minutes an entry point; what it finds is in build/fuzz/findings.
fuzz: $(VENV)/locked
	$(BIN)/pip install --quiet --disable-pip-version-check atheris
	$(BIN)/python fuzz/run.py all --seconds 600

# The pages of docs/ as a site, in build/site; a link that leads nowhere is an error.
docs: $(VENV)/locked
	$(BIN)/mkdocs build --strict --quiet
	@echo "build/site/index.html"

clean:
	rm -rf $(VENV) demo dist build
