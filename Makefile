# Two commands do all the set-up: `make demo` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
PAIR := samples/sarvenia-tolmara
BIN := $(VENV)/bin
SAY = @printf '\n\033[1m==> %s\033[0m\n'

.PHONY: help demo test eval lint types imports postgresql unit gate bench docs screenshot lock train clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(VENV)/.installed ## Compare the shipped pair in the terminal and write demo/diptych.html
	$(SAY) 'Comparing the sample pair'
	@mkdir -p demo
	@$(BIN)/diptych compare $(PAIR)/account-a.txt $(PAIR)/account-b.txt
	@$(BIN)/diptych compare $(PAIR)/account-a.txt $(PAIR)/account-b.txt --format html --output demo/diptych.html
	$(SAY) 'The same as a page: demo/diptych.html'

test: $(VENV)/.installed-dev lint types imports unit gate ## Linters, types, import contracts, tests, documentation, accuracy gate

lint: $(VENV)/.installed-dev
	$(SAY) 'Linting'
	@$(BIN)/ruff check src tests eval benchmarks docs training
	@$(BIN)/ruff format --check src tests eval benchmarks docs training

types: $(VENV)/.installed-dev
	$(SAY) 'Checking types'
	@$(BIN)/mypy

imports: $(VENV)/.installed-dev
	$(SAY) 'Checking import contracts'
	@$(BIN)/lint-imports --no-cache

postgresql:
	$(SAY) 'Looking for PostgreSQL'
	@bash tests/postgresql.sh

unit: $(VENV)/.installed-dev postgresql
	$(SAY) 'Running unit and documentation tests'
	@$(BIN)/python -m pytest

gate: $(VENV)/.installed-dev
	$(SAY) 'Running the accuracy gate'
	@$(BIN)/python -m eval.gate

eval: $(VENV)/.installed-dev ## Print accuracy for reading and for comparing
	@$(BIN)/python -m eval.gate --table

bench: $(VENV)/.installed-dev ## Measure speed and memory as ratios taken in one run
	@$(BIN)/python -m benchmarks.speed

docs: $(VENV)/.installed-dev ## Generate the CLI reference
	@$(BIN)/python -m docs.generate

screenshot: $(VENV)/.installed ## Draw docs/screenshot.png from the sample pair (needs chromium)
	@$(BIN)/python -m docs.screenshot

train: ## Train all models of comparing again from the repository (own environment, with torch)
	@test -x .venv-train/bin/python || $(PYTHON) -m venv .venv-train
	@.venv-train/bin/python -m pip install --quiet -e '.[train]'
	@.venv-train/bin/python -m training.token_marker
	@.venv-train/bin/python -m eval.train_points
	@.venv-train/bin/python -m training.train

$(VENV)/.installed: requirements.lock pyproject.toml
	$(SAY) 'Installing what is locked into $(VENV) (one to three minutes)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(SAY) 'Installing what the tests need'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

lock: ## Pin every dependency with hashes again
	@bash docs/lock.sh

clean: ## Remove what was made
	rm -rf $(VENV) demo .mypy_cache .ruff_cache .pytest_cache .eval
