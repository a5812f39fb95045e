.PHONY: help build test lint
VENV := .venv
BIN := $(VENV)/bin
YAML_RULES := {extends: default, rules: {line-length: disable, document-start: disable, braces: {max-spaces-inside: 1}}}
# A test or an analysis is one query that a reader pastes: it needs no import CTEs, so it needs aliases.
QUERY_RULES_OFF := AL07,AM04,AM06,CV13,LT02,RF03,ST06

help: ## list the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'

# The stamp makes a second run reuse the environment until the pins change.
$(VENV)/installed: requirements.txt
	python3 -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	touch $@

build: $(VENV)/installed ## build the demo on DuckDB and print the key-result scorecard
	$(BIN)/dbt build
	@$(BIN)/dbt --quiet run-operation okr_metrics_scorecard

lint: $(VENV)/installed ## check the style of SQL, Python and YAML, and the shape of the project
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/yamllint --strict --config-data "$(YAML_RULES)" models seeds dbt_project.yml profiles.yml
	$(BIN)/dbt --warn-error parse
	$(BIN)/dbt-bouncer --config-file pyproject.toml
	$(BIN)/sqlfluff lint models
	$(BIN)/sqlfluff lint tests/invariants analyses --exclude-rules $(QUERY_RULES_OFF)

test: lint ## run every test and linter
	$(BIN)/dbt build
	$(BIN)/pytest tests/python
