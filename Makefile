# Works with Python 3.11+ and make alone; README.md has the same as plain lines.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TORCH := torch==2.13.0
CPU_WHEELS := https://download.pytorch.org/whl/cpu
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run install test check format clean lock

# A document that cannot be read is told and stops nothing.
run: $(VENV)/installed
	-$(BIN)/python ingest.py sync
	$(BIN)/python app.py

install: $(VENV)/installed

test: $(VENV)/installed-test
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

format: $(VENV)/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The CPU build of torch first and by itself: from elsewhere pip would add gigabytes of CUDA libraries.
$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV) || { echo "On Debian: apt install python3-venv"; exit 1; }
	@echo "Installing (a minute or two, about 2.3 GB on disk) ..."
	$(PIP) install --no-deps --retries 1 --extra-index-url $(CPU_WHEELS) $(TORCH)
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed-test
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) data

lock:
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --no-deps --retries 1 --extra-index-url $(CPU_WHEELS) $(TORCH)
	build/lock/bin/python -m pip install --quiet '.[dev]'
	{ echo "# The exact versions that the tests ran with: pip install --constraint constraints.txt ..."; \
	  echo "# Made in a fresh environment by: make lock"; \
	  build/lock/bin/python -m pip freeze --exclude congress-assistant | sed 's/^torch==.*/$(TORCH)/'; } > constraints.txt
