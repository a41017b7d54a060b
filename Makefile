# The project's commands. `make help` lists them; nothing but Python 3.11+, make and git is needed.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check fmt bench messages requirements clean
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
BASE := $(VENV)/.base
DEV := $(VENV)/.dev
KEY := $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))'
PORT ?= 8000
export PYTHONPATH := $(CURDIR)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The newest Python that is new enough and can make an environment. PYTHON=/path/to/python overrides.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

# Whether .venv can be used: its Python runs, has pip, and the folder was not moved since.
SOUND := $(shell $(BIN)/python -c 'import pip' 2>/dev/null \
	&& grep -qF '$(CURDIR)/$(VENV)' $(VENV)/pyvenv.cfg && echo yes)
ifneq ($(SOUND),yes)
.PHONY: $(BASE) $(DEV)
endif

help: ## List these commands
	@echo 'Usage: make COMMAND'
	@sed -nE 's/^([a-z]+):.*## (.*)/  \1|\2/p' $(MAKEFILE_LIST) \
	| while IFS='|' read -r name text; do printf '%-16s%s\n' "$$name" "$$text"; done

setup: $(DEV) ## Create .venv with everything pinned in requirements/
	@echo "Ready: $(BIN)/python ($$($(BIN)/python --version))"

demo: $(BASE) ## Serve a register with two true stories; PORT=8000 unless given
	@.ci/demo $(PORT)

test: $(DEV) ## Run the tests: SQLite, then PostgreSQL and the browser where found
	@.ci/test

check: $(DEV) ## Format, lint, types, imports, templates, migrations, deployment, pins
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	$(BIN)/curlylint --quiet templates
	DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py makemigrations --check --dry-run
	FACTCHECK_MODE=production FACTCHECK_ENV_FILE=.ci/production.env FACTCHECK_SECRET_KEY=$$($(KEY)) \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python .ci/check_requirements.py

fmt: $(DEV) ## Put code and templates into the house's format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} + || true

bench: $(DEV) ## Run the benchmarks; each skips where its data is absent
	@for file in benchmarks/[a-z]*.py; do \
		echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

messages: $(DEV) ## Bring the readers' catalogue in step with the pages, and compile it
	$(BIN)/python .ci/messages.py

COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--no-emit-index-url --custom-compile-command "make requirements"

requirements: $(DEV) ## Pin again after pyproject.toml changed; UPGRADE=1 takes newer versions
	$(COMPILE) $(if $(UPGRADE),--upgrade) --output-file requirements/base.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) --group dev --constraint requirements/base.txt \
		--output-file requirements/dev.txt
	@$(MAKE) setup

clean: ## Remove what the tools left behind, but neither .venv nor var
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
	find claims factcheck tests benchmarks -name __pycache__ -exec rm -rf {} +

$(BASE): requirements/base.txt
	@$(MAKE) .environment REQUIREMENTS=$<
	@touch $@

$(DEV): requirements/dev.txt
	@$(MAKE) .environment REQUIREMENTS=$<
	@touch $(BASE) $@

# An environment whose making was interrupted, whose Python is gone or which was moved is made anew.
.PHONY: .environment
.environment:
	@test -n "$(PYTHON)" || { echo "factcheck needs Python 3.11 or newer with the venv module" \
		"(on Debian: apt install python3-venv)." >&2; exit 1; }
	@test "$(SOUND)" && $(BIN)/python -m pip --version >/dev/null 2>&1 \
		|| $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing $(REQUIREMENTS) into $(VENV)"
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement $(REQUIREMENTS)
