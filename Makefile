# Every target sets itself up: a virtual environment from the lock, made once and again when it changes.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NPM := $(patsubst %,tests/%/node_modules/.ready,e2e editor github)
export NO_MKDOCS_2_WARNING := 1
# the tests start hundreds of processes: compiled once, modules load in a fraction of the time
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo serve-demo test test-long e2e bench check format serve lock clean

demo: $(READY)
	$(BIN)/python -m tests.demo

serve-demo: $(READY)
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory .demo/site 8000

test: $(READY) $(NPM)
	$(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST_ARGS)

# the properties at their full size
test-long: $(READY) $(NPM)
	DOCS_TOOLS_LONG=1 $(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST_ARGS)

# against moto's server, or with DOCS_TOOLS_E2E=aws against the AWS account of your credentials; a
# feature's tests stay with one worker, so that its stack is deployed once
e2e: $(READY) tests/e2e/node_modules/.ready
	$(BIN)/python -m pytest tests/e2e -n auto --dist loadfile $(PYTEST_ARGS)

# beside their peers: drawing beside Mermaid in Chromium, writing the docs branch beside mike,
# layer numbers into files beside one search of each and beside sed, builds beside MkDocs, mike and
# Zensical, which writes a page of the user guide; needs a quiet machine and more than an hour
bench: $(READY)
	$(BIN)/python -m bench.diagrams
	$(BIN)/python -m bench.publish
	$(BIN)/python -m bench.layers
	$(BIN)/python -m bench.bucket
	$(BIN)/python -m bench.builds

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/docs_tools render --check MAINTAINERS.md
	$(BIN)/docs_tools check $(if $(GITHUB_ACTIONS),--format github)

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

serve: $(READY)
	$(BIN)/docs_tools serve

# the locks name no address; hashes hold what is installed to what was tested
lock: $(READY)
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --upgrade --extra dev --extra bench pyproject.toml -o requirements.lock
	for folder in tests/e2e tests/editor tests/github; do (cd $$folder && \
	  npm update --package-lock-only --no-audit --no-fund --loglevel=error && \
	  node -e "const f = 'package-lock.json', fs = require('fs'), \
	    plain = (key, value) => key === 'funding' ? undefined : value; \
	    fs.writeFileSync(f, JSON.stringify(JSON.parse(fs.readFileSync(f)), plain, 2) + '\n')" \
	  ) || exit 1; done

clean:
	rm -rf $(VENV) .cache .demo cdk.out site

# what is loaded is compiled then: of the thousands of modules of CDK and moto few are
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --no-compile -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

# the CDK CLI, the language server that the editor tests talk to, and GitHub's description of its
# API; without npm their tests are skipped, but fail in CI
$(NPM): tests/%/node_modules/.ready: tests/%/package.json tests/%/package-lock.json
	@if command -v npm >/dev/null; then \
	  cd tests/$* && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.ready; \
	else echo "npm was not found: the tests in tests/$* need it"; fi
