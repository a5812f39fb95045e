"""Builds that see no rows or some, or make some of the tables, pass and are no history.

Nothing of them is published.
"""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import duckdb
import psycopg2
import pytest
import warm_dbt
import yaml
from conftest import REPOSITORY, Project, socket_of
from custom_mart import kpi, mart_yaml
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target

AS_OF = "2025-03-31"
# one relation of every input: rows of orders have an event time, and order lines are ephemeral
ROWS = {
    "customers_eu": [("customer_id", "created_at"), ("C1", "2025-01-05"), ("C2", "2025-02-05")],
    "customers_us": [("customer_id", "created_at"), ("C3", "2025-03-05")],
    "orders": [
        ("order_id", "customer_id", "ordered_at", "status", "currency_code"),
        ("O1", "C1", "2025-01-10", "paid", "USD"),
        ("O2", "C2", "2025-02-10", "paid", "USD"),
        ("O3", "C3", "2025-03-10", "paid", "EUR"),
        ("O3", "C3", "2025-03-11", "paid", "EUR"),
    ],
    "order_lines": [
        ("order_line_id", "order_id", "product_category", "quantity", "unit_price")
        + ("discount_amount", "unit_cost"),
        ("L1", "O1", "beans", "1", "100", "0", "40"),
        ("L2", "O2", "beans", "1", "200", "0", "80"),
        ("L3", "O3", "cups", "1", "150", "0", "60"),
    ],
    "refunds": [
        ("refund_id", "order_id", "refunded_at", "amount"),
        ("R1", "O1", "2025-01-20", "10"),
    ],
    "subscriptions": [
        ("subscription_id", "customer_id", "plan", "status", "started_at", "ended_at", "amount")
        + ("billing_interval", "currency_code", "churn_reason"),
        ("S1", "C1", "pro", "active", "2025-01-01", "", "30", "month", "USD", ""),
        ("S2", "C2", "pro", "cancelled", "2025-01-01", "2025-02-20", "20", "month", "USD", "price"),
    ],
    "marketing_spend": [
        ("spend_date", "channel", "amount", "currency_code"),
        ("2025-01-10", "ads", "50", "USD"),
        ("2025-03-30", "ads", "50", "USD"),
    ],
    "marketing_touches": [
        ("touch_id", "customer_id", "touched_at", "channel"),
        ("T1", "C1", "2025-01-04", "ads"),
        ("T2", "C3", "2025-03-30", "ads"),
    ],
    "operating_expenses": [
        ("expense_id", "expense_date", "category", "amount", "currency_code"),
        ("E1", "2025-01-31", "variable", "5", "USD"),
        ("E2", "2025-03-30", "variable", "5", "USD"),
    ],
    "product_events": [
        ("event_id", "customer_id", "user_id", "occurred_at", "event_name"),
        ("V1", "C1", "U1", "2025-01-10 10:00", "open"),
        ("V2", "C3", "U3", "2025-03-30 10:00", "open"),
    ],
    "survey_responses": [
        ("response_id", "customer_id", "survey_type", "score", "responded_at"),
        ("A1", "C1", "nps", "9", "2025-03-30"),
    ],
    "exchange_rates": [("rate_date", "currency_code", "rate"), ("2025-01-01", "EUR", "2")],
    "kpi_targets": [
        ("kpi_id", "period_grain", "valid_from", "lower_bound", "provenance"),
        ("net_revenue", "month", "2025-01-01", "1", "agreed"),
    ],
    "okr_guardrails": [
        ("key_result_id", "guardrail_kpi_id", "lower_bound"),
        ("K1", "active_customers", "1"),
    ],
    "kpi_tree": [
        ("parent_kpi_id", "child_kpi_id", "relation", "sign"),
        ("net_revenue", "active_customers", "influence", "1"),
    ],
}
# what a table of a source holds: dbt doesn't make it
TICKETS = (
    "create schema raw; create table raw.tickets as select 'Q1' as ticket_id, 'C1' as customer_id,"
    " '2025-03-30 10:00' as opened_at"
)
MINE = """
select period_grain, period_start, 'total' as dimension, 'total' as dimension_value,
    1 as deliveries
from {{ ref('kpi__usage') }} where period_grain = 'month' and dimension = 'total'
"""
CONFIGS = {
    "orders": "{{ config(event_time='ordered_at') }}\n",
    "order_lines": "{{ config(materialized='ephemeral') }}\n",
}
SETTINGS = {
    "okr_metrics_as_of_date": AS_OF,
    "okr_metrics_customer_identity": "shared",
    "okr_metrics_period_grains": ["month", "quarter"],
    "okr_metrics_lookback_days": 3,
    "okr_metrics_custom_kpis": ["deliveries"],
    "okr_metrics_semantic_layer": True,
    "okr_metrics_publish_to": ["published.duckdb", "published/"],
    "okr_metrics_inputs": {name: name for name in ROWS if not name.startswith("customers")}
    | OKR_INPUTS
    | {
        "customers": {"eu": "customers_eu", "us": "customers_us"},
        "calendar": "calendar",
        "support_tickets": "raw.tickets",
    },
}
REVENUE = (
    "select period_start, order_revenue from kpi__margin"
    " where period_grain = 'month' and dimension = 'total' order by 1"
)
SAMPLE = '{"start": "2025-03-01", "end": "2025-04-01"}'
# 150 in euros at a rate of 2
WHOLE = [(date(2025, 1, 1), 100), (date(2025, 2, 1), 200), (date(2025, 3, 1), 300)]


def model(name: str, rows: list[tuple]) -> str:
    """Return the SQL of an input: texts, null where nothing stands."""
    names, *rows = rows
    selects = []
    for row in rows:
        texts = [f"'{value}'" if value else "null" for value in row]
        cells = zip(texts, names, strict=True)
        columns = [f"cast({text} as {{{{ dbt.type_string() }}}}) as {name}" for text, name in cells]
        selects.append("select " + ", ".join(columns))
    return CONFIGS.get(name, "") + "\nunion all\n".join(selects)


def calendar() -> list[dict]:
    """Return the days of 2025, in their own months."""
    days = [date(2025, 1, 1) + timedelta(day) for day in range(365)]
    return [
        {
            "date": day,
            "month_start": day.replace(day=1),
            "quarter_start": day.replace(day=1, month=day.month - (day.month - 1) % 3),
            "year_start": "2025-01-01",
        }
        for day in days
    ]


def write_project(folder: Path) -> Project:
    """Return a project with every input and setting that makes SQL of its own, not built yet."""
    last = "select * from {{ ref('okr__alerts') }} {{ env_var('BREAK', '') }}"
    models = {name: model(name, rows) for name, rows in ROWS.items()}
    seeds = {
        "calendar": calendar(),
        "okr_cycles": [
            cycle("Q1", "2025-01-01", "2025-03-31"),
            cycle("Q2", "2025-04-01", "2025-06-30"),
        ],
        "okr_objectives": [objective("O", "Q1"), objective("P", "Q2")],
        "okr_key_results": [
            key_result("K1", "O", "net_revenue", metric_type="cumulative"),
            key_result("K2", "P", "net_revenue", metric_type="cumulative"),
        ],
        "okr_key_result_targets": [
            target(name, "2025-01-01", target_value=700) for name in ("K1", "K2")
        ],
        "okr_phased_targets": [
            {"key_result_id": "K1", "period_end": "2025-01-31", "expected_value": 100}
        ],
        "okr_check_ins": [check_in("K1", "2025-03-30")],
    }
    project = Project(folder, models | {"deliveries": MINE, "last_of_all": last}, SETTINGS, seeds)
    deliveries = kpi("deliveries", kind="flow", unit="count", direction="up")
    sources = {"sources": [{"name": "raw", "schema": "raw", "tables": [{"name": "tickets"}]}]}
    of_models = mart_yaml("deliveries", deliveries) | sources
    (folder / "models" / "models.yml").write_text(yaml.safe_dump(of_models))
    project.install()
    return project


def history(project: Project) -> list[tuple]:
    """Return what the snapshots hold, but for the moments of their builds."""
    columns = {
        "snap_kpi__closed_values": "kpi_id, period_grain, period_start, dimension, dimension_value"
        ", reported_value",
        "snap_okr__closed_key_results": "key_result_id, day, reported_value, reported_progress",
        "snap_okr__closed_objectives": "objective_id, number_of_key_results",
    }
    return [
        (snapshot, *row)
        for snapshot, names in columns.items()
        for row in project.query(
            f"select {names}, dbt_valid_to is null from {snapshot} order by all"
        )
    ]


def public_tables(project: Project) -> dict[str, list[tuple]]:
    """Return the rows of every public table."""
    names = project.query(
        "select table_name from duckdb_tables() where schema_name = 'main'"
        " and (table_name ^@ 'kpi__' or table_name ^@ 'okr__') order by 1"
    )
    return {name: project.query(f"from {name} order by all") for (name,) in names}


def published_revenue(project: Project) -> list[tuple] | None:
    """Return the revenue that readers see; nothing before a first publication."""
    file = project.folder / "published.duckdb"
    if not file.exists():
        return None
    with duckdb.connect(file, read_only=True) as connection:
        return connection.execute(REVENUE).fetchall()


class Build:
    """A run of dbt, and what it left behind."""

    def __init__(self, project: Project, *arguments: str, **environment: str) -> None:
        """Run dbt and look."""
        ran = warm_dbt.dbt(*arguments, folder=project.folder, **environment)
        self.has_passed, self.said = ran.returncode == 0, ran.stdout
        self.published = published_revenue(project)
        self.revenue = project.query(REVENUE)
        self.history = history(project)
        ((self.staged_orders,),) = project.query("select count(*) from stg_kpi__orders")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project, with the table of its source."""
    project = write_project(tmp_path_factory.mktemp("partial") / "shop")
    with duckdb.connect(project.database) as connection:
        connection.execute(TICKETS)
    return project


@pytest.fixture(scope="module")
def first(project: Project) -> Build:
    """Build without rows in a new warehouse."""
    return Build(project, "build", "--empty")


@pytest.fixture(scope="module")
def broken(project: Project, first: Build) -> Build:
    """Build all, and meet an error in the last model."""
    return Build(project, "build", BREAK="where no_such_column = 1")


@pytest.fixture(scope="module")
def whole(project: Project, broken: Build) -> tuple[Build, dict]:
    """End that build by a retry; return it with the public tables."""
    return Build(project, "retry"), public_tables(project)


@pytest.fixture(scope="module")
def emptied(project: Project, whole: tuple) -> Build:
    """Build without rows in that warehouse."""
    return Build(project, "build", "--empty")


@pytest.fixture(scope="module")
def sampled(project: Project, emptied: Build) -> Build:
    """Build with the orders of March alone."""
    return Build(project, "build", "--sample", SAMPLE)


def test_a_first_build_without_rows_passes(first: Build) -> None:
    assert first.has_passed, first.said[-3000:]
    assert first.revenue == []
    assert first.published is None
    assert (
        "okr_metrics published nothing to published.duckdb, published/: a build with --empty or"
        " --sample has not read all rows. Readers keep what was published before." in first.said
    )


def test_no_relation_has_a_second_alias(project: Project, first: Build) -> None:
    """PostgreSQL gives what stands for a relation under --empty an alias of its own."""
    assert first.has_passed
    follows = re.compile(r"where false limit 0\)\s+(\w+)")
    found_there = (project.folder / "target" / "compiled").rglob("*.sql")
    files = [file for file in found_there if file.is_file()]
    found = {word for file in files for word in follows.findall(file.read_text())}
    assert len(files) > 200
    # an import CTE ends, or a query goes on
    words = "group having inner left limit on order select union where with"
    assert found and found <= set(words.split())


@pytest.mark.parametrize("folder", ["models", "macros", "tests", "snapshots", "analyses"])
def test_no_reference_has_an_alias(folder: str) -> None:
    """The same of what no test project maps; lineage is printed for a person, of whole tables."""
    reference = r"\{\{ *(ref|source|relation|\w+_relation)\b[^}]*\}\} as "
    files = [file for file in (REPOSITORY / folder).rglob("*.sql") if file.parent.name != "lineage"]
    aliased = re.compile(rf"\b(from|join) {reference}")
    assert files
    assert [file.name for file in files if aliased.search(file.read_text())] == []


def test_a_build_with_an_error_is_not_published(broken: Build) -> None:
    assert not broken.has_passed
    assert broken.revenue == WHOLE
    assert broken.published is None
    assert "1 of the nodes of this run failed or were skipped." in broken.said


def test_a_retry_that_ends_a_whole_build_is_published(whole: tuple) -> None:
    build, _ = whole
    assert build.has_passed, build.said[-3000:]
    assert build.published == WHOLE


def test_a_build_without_rows_makes_no_history(whole: tuple, emptied: Build) -> None:
    assert emptied.has_passed, emptied.said[-3000:]
    assert emptied.revenue == []
    assert emptied.published == WHOLE
    assert emptied.history == whole[0].history
    assert len(emptied.history) > 100
    # kept from build to build, and their source may hold older ones no more
    assert emptied.staged_orders == 4


def test_a_sampled_build_makes_no_history(whole: tuple, sampled: Build) -> None:
    """Lines and refunds of orders that are not in the sample are orphans, and stop nothing."""
    assert sampled.has_passed, sampled.said[-3000:]
    assert (
        "2 problem(s) that would stop a build of all rows stop none with --sample" in sampled.said
    )
    assert [row for row in sampled.revenue if row[1]] == WHOLE[2:]
    assert sampled.published == WHOLE
    assert sampled.history == whole[0].history


def test_the_next_whole_build_has_all_again(project: Project, whole: tuple, sampled: Build) -> None:
    """Orders are read by days, but those of a sample are not the rows of another build."""
    again = Build(project, "build", "--exclude-resource-type", "test")
    assert again.has_passed, again.said[-3000:]
    assert again.revenue == again.published == WHOLE
    assert again.history == whole[0].history
    assert public_tables(project) == whole[1]


def test_a_build_of_some_tables_is_not_published(project: Project, whole: tuple) -> None:
    file = project.folder / "published.duckdb"
    before = file.stat().st_mtime_ns
    some = Build(project, "run", "--select", "okr__alerts")
    assert some.has_passed, some.said[-3000:]
    assert re.search(
        r"this run left out \d{3} of the models of okr_metrics, such as \w+;"
        r" `dbt build` without a selection makes them all\.",
        some.said,
    )
    assert file.stat().st_mtime_ns == before


def test_a_build_without_rows_passes_on_postgres(project: Project, uri: str) -> None:
    with psycopg2.connect(uri) as connection:
        connection.cursor().execute(TICKETS)
    ran = warm_dbt.dbt(
        *("build", "--empty", "--vars", json.dumps({"okr_metrics_publish_to": None})),
        *("--profiles-dir", str(REPOSITORY), "--profile", "okr_metrics", "--target", "postgres"),
        *("--target-path", "postgres"),
        folder=project.folder,
        PGHOST=socket_of(uri),
        OKR_METRICS_SCHEMA="shop",
    )
    assert ran.returncode == 0, ran.stdout[-3000:]
    with psycopg2.connect(uri) as connection:
        cursor = connection.cursor()
        cursor.execute("select count(*) from shop.kpi__margin")
        assert cursor.fetchone() == (0,)
