.PHONY: help build dashboard export browser catalog test lint lint-okrs bench dialects other-dbt v2-preview bi environments python-tests
VENV := .venv
BIN := $(VENV)/bin
YAML_RULES := {extends: default, rules: {line-length: disable, document-start: disable, braces: {max-spaces-inside: 1}}}
# A test or an analysis is one query that a reader pastes: it needs no import CTEs, so it needs aliases.
QUERY_RULES_OFF := AL07,AM04,AM06,CV13,LT02,RF03,ST06

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/'

# The stamp makes a second run reuse the environment until the pins change.
$(VENV)/installed: requirements.txt
	python3 -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	touch $@

build: $(VENV)/installed ## build the demo on DuckDB, print the key-result scorecard, write the dashboard
	$(BIN)/dbt build
	@$(BIN)/dbt --quiet run-operation okr_metrics_scorecard
	@$(BIN)/python -m okr_metrics.dashboard

dashboard: $(VENV)/installed ## write the page of the last build, target/okr_metrics.html; PAGE_LANGUAGE=fr for French
	@$(BIN)/python -m okr_metrics.dashboard --language $(or $(PAGE_LANGUAGE),en)

export: $(VENV)/installed ## publish the tables of the last build as Parquet and a workbook, target/okr_metrics_export
	@$(BIN)/python -m okr_metrics.export

catalog: $(VENV)/installed ## write the page of KPIs, models/kpi/README.md, and the KPIs that the lint knows
	$(BIN)/dbt --quiet run-operation okr_metrics_catalog_page > models/kpi/README.md
	$(BIN)/dbt --quiet run-operation okr_metrics_catalog_seed > lint/seeds/int_kpi__catalog.csv

lint: $(VENV)/installed ## check the style of SQL, Python and YAML, and the shape of the project
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/yamllint --strict --config-data "$(YAML_RULES)" models macros seeds lint okr_metrics dbt_project.yml profiles.yml
	$(BIN)/dbt --warn-error parse
	$(BIN)/dbt-bouncer --config-file pyproject.toml
	$(BIN)/sqlfluff lint models
	$(BIN)/sqlfluff lint tests/invariants analyses --exclude-rules $(QUERY_RULES_OFF)

lint-okrs: $(VENV)/installed ## check the OKR seeds alone, without a warehouse
	@$(BIN)/dbt --quiet --no-write-json build --project-dir lint --target lint

# built from nothing, in a folder of its own; the Python tests read it too
DEMO := target/demo

test: lint python-tests ## run every test and linter (with --jobs 2 both at once)

python-tests: $(VENV)/installed
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

dialects: $(VENV)/dialects/installed ## install four warehouses' adapters, so that `make test` compiles for these too

$(VENV)/dialects/installed: Makefile
	python3 -m venv $(VENV)/dialects
	$(VENV)/dialects/bin/pip install --quiet --disable-pip-version-check --no-compile $(DIALECTS)
	touch $@

# Tools that read the tables. Superset doesn't start with later versions of the three after duckdb, nor without the two after these.
BI := apache-superset==6.1.0 duckdb-engine==0.17.0 duckdb==2.0.0 flask-caching==2.3.1 cachelib==0.13.0 wtforms-json==0.3.5 rich==15.0.0 cachetools==8.0.2
BI += tableauhyperapi==0.0.26963

bi: $(VENV)/installed $(VENV)/bi/installed $(DEMO)/demo.duckdb ## check that Superset and Tableau's engine read the demo, with both in an environment of their own
	OKR_METRICS_BUILT_DEMO=$(DEMO) $(BIN)/pytest --numprocesses 2 --dist loadfile tests/python/bi_superset.py tests/python/bi_hyper.py

$(VENV)/bi/installed: Makefile
	python3 -m venv $(VENV)/bi
	$(VENV)/bi/bin/pip install --quiet --disable-pip-version-check --no-compile $(BI)
	touch $@

# if `make test` hasn't
$(DEMO)/demo.duckdb:
	OKR_METRICS_DUCKDB=$@ $(BIN)/dbt build --exclude test_type:unit --target-path $(DEMO)

SIZES := XS S

bench: $(VENV)/installed ## measure against the null DAG and a hand-written script; SIZES="M L" for more, PAIRS=3 for less
	$(BIN)/python -m benchmarks.run $(SIZES) --pairs $(or $(PAIRS),7) --metricflow

# The line of dbt that isn't locked; its parser's later versions download while they build.
OTHER_DBT := dbt-core==1.12.0 dbt-core-experimental-parser==2.0.0a4 dbt-duckdb==1.11.1 duckdb==2.0.0

other-dbt: $(VENV)/other-dbt/installed ## build the demo with the other line of dbt, in an environment of its own
	OKR_METRICS_DUCKDB=target/other_dbt.duckdb $(VENV)/other-dbt/bin/dbt build --target-path target/other-dbt
	$(VENV)/other-dbt/bin/dbt --warn-error parse --target-path target/other-dbt --vars '{okr_metrics_semantic_layer: true}'

$(VENV)/other-dbt/installed: Makefile
	python3 -m venv $(VENV)/other-dbt
	$(VENV)/other-dbt/bin/pip install --quiet --disable-pip-version-check $(OTHER_DBT)
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

v2-preview: $(V2)/installed ## parse and build the demo with the preview of dbt's v2 engine, in an environment of its own (needs npm)
	$(V2)/bin/dbt parse --target-path target/v2
	ADBC_DRIVER_PATH=$(abspath $(V2)) OKR_METRICS_DUCKDB=target/v2.duckdb $(V2)/bin/dbt build --target-path target/v2

$(V2)/installed: Makefile
	python3 -m venv $(V2)
	$(V2)/bin/pip install --quiet --disable-pip-version-check dbt-core==2.0.0a4
	npm install --silent --no-save --no-package-lock --prefix $(V2) @duckdb/node-bindings-linux-x64@1.5.6-r.1
	echo "$$V2_DRIVER" > $(V2)/duckdb.toml
	touch $@

# They wait for the network more than for a core: `make --jobs 6 environments` makes all at once.
environments: $(VENV)/installed $(VENV)/dialects/installed $(VENV)/axe/installed $(VENV)/bi/installed $(VENV)/other-dbt/installed $(V2)/installed
