# Every target sets itself up: a virtual environment from the lock, made once and again when it changes.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export NO_MKDOCS_2_WARNING := 1

.PHONY: demo serve-demo test test-long check format serve lock clean

demo: $(READY)
	$(BIN)/python -m tests.demo

serve-demo: $(READY)
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory .demo/site 8000

test: $(READY)
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

# the properties at their full size
test-long: $(READY)
	DOCS_TOOLS_LONG=1 $(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mkdocs build --strict --site-dir .cache/check-site

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

serve: $(READY)
	$(BIN)/docs_tools serve

# the lock names no address of an index; hashes hold what is installed to what was tested
lock: $(READY)
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --upgrade --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .cache .demo site

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@
