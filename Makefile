.PHONY: help build test
VENV := .venv
BIN := $(VENV)/bin

help: ## list the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'

# The stamp makes a second run reuse the environment until the pins change.
$(VENV)/installed: requirements.txt
	python3 -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements.txt
	touch $@

build: $(VENV)/installed ## build the demo on DuckDB and print the key-result scorecard
	$(BIN)/dbt build
	@$(BIN)/dbt --quiet run-operation okr_metrics_scorecard

test: $(VENV)/installed ## run every test and linter
	$(BIN)/ruff check .
	$(BIN)/pytest tests/python
