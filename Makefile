.PHONY: help build dashboard export browser catalog docs picture release test lint lint-okrs bench bench-health bench-forecast bench-connectors dialects other-dbt oldest-dbt v2-preview bi environments python-tests
PYTHON := python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := pip install --quiet --disable-pip-version-check --no-compile
# Another interpreter has another stamp, so that each environment is made anew with it.
STAMP := installed-$(shell $(PYTHON) -c "import sys; print('%d.%d.%d' % sys.version_info[:3])")
PYTHON_CHECK := import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'okr_metrics needs Python 3.11 or later, and $(PYTHON) is %d.%d. Name a later one: make build PYTHON=python3.12' % sys.version_info[:2])
# what no other environment in the folder is in
OWN_FOLDERS := $(addprefix $(VENV)/,bin include lib lib64)
YAML_RULES := {extends: default, rules: {line-length: disable, document-start: disable, braces: {max-spaces-inside: 1}}}
# A test or an analysis is one query that a reader pastes: it needs no import CTEs, so it needs aliases.
QUERY_RULES_OFF := AL07,AM04,AM06,CV13,LT02,RF03,ST06

help: ## list the commands
	@grep -E '^[a-z0-9-]+:.*##' Makefile | sed 's/:.*## /\t/'

# The stamps make a second run reuse the environment until the pins change.
$(VENV)/$(STAMP): requirements.txt
	@$(PYTHON) -c "$(PYTHON_CHECK)"
	rm -rf $(OWN_FOLDERS) $(VENV)/*installed-*
	$(PYTHON) -m venv $(VENV)
	$(BIN)/$(PIP_INSTALL) --no-deps --requirement requirements.txt
	$(BIN)/$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/test-$(STAMP): requirements-test.txt $(VENV)/$(STAMP)
	$(BIN)/$(PIP_INSTALL) --no-deps --requirement requirements-test.txt
	touch $@

build: $(VENV)/$(STAMP) ## build the demo on DuckDB, print the key-result scorecard, write the dashboard
	$(BIN)/dbt build --exclude-resource-type unit_test
	@$(BIN)/okr-metrics scorecard
	@$(BIN)/okr-metrics dashboard

dashboard: $(VENV)/$(STAMP) ## write the page of the last build, target/okr_metrics.html
	@$(BIN)/okr-metrics dashboard

export: $(VENV)/$(STAMP) ## publish the tables of the last build as Parquet and a workbook, target/okr_metrics_export
	@$(BIN)/okr-metrics export

catalog: $(VENV)/$(STAMP) ## write the pages of KPIs, settings and rules in docs/, and the KPIs that the lint knows
	$(BIN)/dbt --quiet run-operation okr_metrics_catalog_page > docs/kpis.md
	$(BIN)/dbt --quiet run-operation okr_metrics_settings_page > docs/settings.md
	$(BIN)/dbt --quiet run-operation okr_metrics_rules_page > docs/rule-list.md
	$(BIN)/dbt --quiet run-operation okr_metrics_catalog_seed > lint/seeds/int_kpi__catalog.csv

docs: $(VENV)/test-$(STAMP) ## build the pages of docs/ as a site, target/site; a link that leads nowhere stops it
	$(BIN)/mkdocs --quiet build

picture: dashboard ## take the picture of the docs, docs/images/page.png, of the page of the last build (needs chromium)
	chromium --headless --no-sandbox --hide-scrollbars --window-size=1200,860 --screenshot=docs/images/page.png file://$(abspath target/okr_metrics.html)

lint: docs ## check the style of SQL, Python, YAML and Markdown, the links of the docs, and the shape of the project
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pymarkdown scan docs *.md
	$(BIN)/yamllint --strict --config-data "$(YAML_RULES)" models macros seeds lint okr_metrics .github mkdocs.yml dbt_project.yml profiles.yml
	$(BIN)/dbt --warn-error parse
	$(BIN)/dbt-bouncer --config-file pyproject.toml
	$(BIN)/sqlfluff lint models
	$(BIN)/sqlfluff lint models/connectors $(wildcard models/*/*kpi__ledger_re*.sql models/*/*/*kpi__ledger_re*.sql) --config lint/connectors.cfg
	$(BIN)/sqlfluff lint tests/invariants analyses --exclude-rules $(QUERY_RULES_OFF)

lint-okrs: $(VENV)/$(STAMP) ## check the OKR seeds alone, without a warehouse
	@$(BIN)/dbt --quiet --no-write-json build --project-dir lint --target lint --exclude-resource-type unit_test

# built from nothing, in a folder of its own; the Python tests read it too
DEMO := target/demo

test: lint python-tests ## run every test and linter (with --jobs 2 both at once)

python-tests: $(VENV)/test-$(STAMP)
	rm -rf $(DEMO)
	OKR_METRICS_DUCKDB=$(DEMO)/demo.duckdb $(BIN)/dbt build --target-path $(DEMO)
	OKR_METRICS_BUILT_DEMO=$(DEMO) $(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder tests/python

# The rules of accessibility that the page is tested with, in Debian's chromium.
browser: $(VENV)/axe/installed ## install axe-core, so that `make test` checks the page in a browser too (needs npm and chromium)

$(VENV)/axe/installed: Makefile
	npm install --silent --no-save --no-package-lock --prefix $(VENV)/axe axe-core@4.14.1
	touch $@

# Warehouses that no test reaches; their adapters ask for other versions than the locked ones.
DIALECTS := dbt-core==1.11.16 dbt-snowflake==1.12.4 dbt-bigquery==1.12.1 dbt-databricks==1.12.7 dbt-redshift==1.11.2

dialects: $(VENV)/dialects/$(STAMP) ## install four warehouses' adapters, so that `make test` compiles for these too

$(VENV)/dialects/$(STAMP): Makefile
	$(PYTHON) -m venv --clear $(VENV)/dialects
	$(VENV)/dialects/bin/$(PIP_INSTALL) $(DIALECTS)
	touch $@

# Tools that read the tables. Superset doesn't start with later versions of the three after duckdb, nor without the two after these.
BI := apache-superset==6.1.0 duckdb-engine==0.17.0 duckdb==2.0.0 flask-caching==2.3.1 cachelib==0.13.0 wtforms-json==0.3.5 rich==15.0.0 cachetools==8.0.2
BI += tableauhyperapi==0.0.26963

bi: $(VENV)/test-$(STAMP) $(VENV)/bi/$(STAMP) $(DEMO)/demo.duckdb ## check that Superset and Tableau's engine read the demo, with both in an environment of their own
	OKR_METRICS_BUILT_DEMO=$(DEMO) $(BIN)/pytest --numprocesses 2 --dist loadfile tests/python/bi_superset.py tests/python/bi_hyper.py

$(VENV)/bi/$(STAMP): Makefile
	$(PYTHON) -m venv --clear $(VENV)/bi
	$(VENV)/bi/bin/$(PIP_INSTALL) $(BI)
	touch $@

# if `make test` hasn't
$(DEMO)/demo.duckdb:
	OKR_METRICS_DUCKDB=$@ $(BIN)/dbt build --exclude test_type:unit --target-path $(DEMO)

release: ## tag the version that CHANGELOG and dbt_project.yml agree on; pushes nothing
	.ci/release

SIZES := XS S

bench: $(VENV)/test-$(STAMP) ## measure against the null DAG and a hand-written script; SIZES="M L" for more, PAIRS=3 for less
	$(BIN)/python -m benchmarks.run $(SIZES) --pairs $(or $(PAIRS),7) --metricflow

bench-health: $(VENV)/test-$(STAMP) ## measure what health says of simulated companies: false alarms, and changes found
	$(BIN)/python -m benchmarks.health.run

bench-forecast: $(VENV)/test-$(STAMP) ## test forecasts and odds on series whose future is known, beside those of 0.6.1
	$(BIN)/python -m benchmarks.forecast

bench-connectors: $(VENV)/test-$(STAMP) ## measure what connectors cost beside inputs mapped by hand, and beside none
	$(BIN)/python -m benchmarks.connectors

# The line before the locked one, and the first version that parses the package.
other_DBT := dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==2.0.0
oldest_DBT := dbt-core==1.10.8 dbt-duckdb==1.10.1 duckdb==2.0.0
# there a macro in the overrides of a unit test isn't found
oldest_OPTIONS := --exclude-resource-type unit_test

other-dbt: ## build the demo with the line of dbt before the locked one, in an environment of its own
oldest-dbt: ## build the demo with the oldest dbt that can, in an environment of its own
other-dbt oldest-dbt: %-dbt: $(VENV)/%-dbt/$(STAMP)
	OKR_METRICS_DUCKDB=target/$@.duckdb $(VENV)/$@/bin/dbt build --target-path target/$@ $($*_OPTIONS)
	$(VENV)/$@/bin/dbt --warn-error parse --target-path target/$@ --vars '{okr_metrics_semantic_layer: true}'

$(VENV)/other-dbt/$(STAMP) $(VENV)/oldest-dbt/$(STAMP): $(VENV)/%-dbt/$(STAMP): Makefile
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/$(PIP_INSTALL) $($*_DBT)
	touch $@

# The preview of dbt's v2 engine reaches DuckDB through an ADBC driver: a shared library, found by this manifest.
V2 := $(VENV)/v2
define V2_DRIVER
manifest_version = 1
name = "DuckDB"
version = "1.5.6"
[ADBC]
version = "1.1.0"
[Driver]
entrypoint = "duckdb_adbc_init"
[Driver.shared]
linux_amd64 = "$(abspath $(V2))/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so"
endef
export V2_DRIVER

v2-preview: $(V2)/$(STAMP) ## parse and build the demo with the preview of dbt's v2 engine, in an environment of its own (needs npm)
	$(V2)/bin/dbt parse --target-path target/v2
	ADBC_DRIVER_PATH=$(abspath $(V2)) OKR_METRICS_DUCKDB=target/v2.duckdb $(V2)/bin/dbt build --target-path target/v2

$(V2)/$(STAMP): Makefile
	$(PYTHON) -m venv --clear $(V2)
	$(V2)/bin/$(PIP_INSTALL) dbt-core==2.0.0a4
	npm install --silent --no-save --no-package-lock --prefix $(V2) @duckdb/node-bindings-linux-x64@1.5.6-r.1
	echo "$$V2_DRIVER" > $(V2)/duckdb.toml
	touch $@

# They wait for the network more than for a core: `make --jobs 6 environments` makes all at once.
environments: $(VENV)/test-$(STAMP) $(VENV)/axe/installed $(patsubst %,$(VENV)/%/$(STAMP),dialects bi other-dbt oldest-dbt v2)
