# make run starts the program, make test proves it. make help names the rest.

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED := uv pip compile pyproject.toml - --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --quiet
APT := apt-get update && apt-get install -y --no-install-recommends
TESTED := -m "not slow and not journey"
# Compiled files are kept, whatever the machine asks for: without them every start compiles the program anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test check fuzz bench lint format lock docs installed installed-for-tests prerequisites machine
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

help:
	@echo "make run      install what is needed, fill a demonstration trust, serve it on http://127.0.0.1:8000"
	@echo "make test     everything: lint, types, contracts, tests on SQLite and PostgreSQL, journeys in a browser"
	@echo "make check    the quick part: lint, types, contracts, tests on SQLite (a few minutes)"
	@echo "make fuzz     the property tests with random examples instead of the same ones each time"
	@echo "make bench    measure speed and memory with 7,000 people, and what staff files take"
	@echo "make lint     lint, types and contracts alone        make format   put the code into its form"
	@echo "make lock     resolve the dependencies anew          make docs     write the generated tables in docs/"

run: installed
	@exec $(BIN)/qi start

test: installed-for-tests machine
	@$(MAKE) lint
	@$(BIN)/pytest -n 2 --dist loadgroup --database both

check: installed-for-tests
	@$(MAKE) lint
	@HYPOTHESIS_PROFILE=quick $(BIN)/pytest -n 2 --dist loadgroup $(TESTED)

fuzz: installed-for-tests
	@HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest -m "hypothesis and not slow and not journey"

bench: installed
	@exec $(BIN)/python -m bench

lint: installed-for-tests
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports > $(VENV)/contracts.txt || { cat $(VENV)/contracts.txt; exit 1; }

format: installed-for-tests
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format

docs: installed-for-tests
	@$(BIN)/python -m tests.tools.write_docs

# The two locks name versions and hashes, never hosts. setuptools is locked too: it builds the link to this folder,
# without asking any index. The runtime lock constrains the one for tests.
lock: prerequisites
	@test -x $(BIN)/uv || { test -x $(BIN)/python || python3 -m venv $(VENV); $(INSTALL) uv; }
	@echo "setuptools>=77" | $(BIN)/$(LOCKED) --output-file requirements.lock $(if $(UPGRADE),--upgrade)
	@echo "setuptools>=77" | $(BIN)/$(LOCKED) --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock $(if $(UPGRADE),--upgrade)

# A stamp holds the hash of what was installed, so that a second start installs nothing and needs no network.
installed:
	@wanted=$$(cat requirements.lock pyproject.toml | sha256sum); \
	if [ "$$(cat $(VENV)/installed 2>/dev/null)" != "$$wanted" ]; then \
		$(MAKE) prerequisites && \
		echo "Installing what the program needs into $(VENV) (once, about a minute)" && \
		{ test -x $(BIN)/python || python3 -m venv $(VENV); } && \
		$(INSTALL) --require-hashes -r requirements.lock && \
		$(INSTALL) --no-deps --no-build-isolation -e . && \
		echo "$$wanted" > $(VENV)/installed; \
	fi

installed-for-tests:
	@wanted=$$(cat requirements-dev.lock pyproject.toml | sha256sum); \
	if [ "$$(cat $(VENV)/installed-for-tests 2>/dev/null)" != "$$wanted" ]; then \
		$(MAKE) prerequisites && \
		echo "Installing what the tests need into $(VENV) (once, about a minute)" && \
		{ test -x $(BIN)/python || python3 -m venv $(VENV); } && \
		$(INSTALL) --require-hashes -r requirements-dev.lock && \
		$(INSTALL) --no-deps --no-build-isolation -e . && \
		cat requirements.lock pyproject.toml | sha256sum > $(VENV)/installed && \
		echo "$$wanted" > $(VENV)/installed-for-tests; \
	fi

prerequisites:
	@missing=""; \
	command -v git > /dev/null || missing="$$missing git"; \
	command -v python3 > /dev/null && python3 -c "import ensurepip, venv" 2> /dev/null || missing="$$missing python3-venv"; \
	if [ -n "$$missing" ]; then \
		echo "This machine lacks what the program needs. Run, then try again:"; \
		echo "  $$( [ $$(id -u) = 0 ] || echo 'sudo ')apt-get install$$missing"; exit 1; \
	fi; \
	python3 -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
		echo "Python 3.11 or newer is needed; python3 here is $$(python3 --version). Debian 12 has it:"; \
		echo "  $$( [ $$(id -u) = 0 ] || echo 'sudo ')apt-get install python3 python3-venv"; exit 1; \
	}

# What the tests need from Debian: a browser with fonts of known widths, and PostgreSQL.
machine:
	@missing=""; \
	command -v chromium > /dev/null || missing="$$missing chromium"; \
	ls /usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf > /dev/null 2>&1 || missing="$$missing fonts-liberation"; \
	ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || missing="$$missing postgresql"; \
	if [ -n "$$missing" ] && [ $$(id -u) = 0 ]; then \
		echo "Installing$$missing with apt-get"; \
		{ $(APT) $$missing; } > $(VENV)/apt.txt 2>&1 || { cat $(VENV)/apt.txt; exit 1; }; \
	elif [ -n "$$missing" ]; then \
		echo "The tests need$$missing. Run, then try again:"; \
		echo "  sudo sh -c '$(APT) $$missing'"; exit 1; \
	fi
