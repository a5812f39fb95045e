"""`okr-metrics init --source` writes a project that reads raw tables, with no SQL of its own."""

from datetime import date
from pathlib import Path

import pytest
import warm_dbt
from click.testing import CliRunner
from conftest import open_warehouse
from test_connector_others import load_rows

from okr_metrics.cli import main
from okr_metrics.new_project import Source, files_of_sources, template_files

STRIPE = {
    "customer": [
        {"id": f"c{number}", "created": "2026-01-05 10:00:00", "livemode": "true"}
        for number in (1, 2)
    ],
    "product": [{"id": "p", "name": "Pro"}],
    "price": [
        {"id": "month", "product_id": "p", "currency": "usd", "unit_amount": "5000"}
        | {"recurring_interval": "month", "recurring_interval_count": "1"}
    ],
    "subscription_history": [
        {"id": "s1", "customer_id": "c1", "status": "active", "created": "2026-01-05 10:00:00"}
        | {"start_date": "2026-01-05 10:00:00", "_fivetran_start": "2026-01-05 10:00:00"},
        {"id": "s2", "customer_id": "c2", "status": "canceled", "created": "2026-01-05 10:00:00"}
        | {"start_date": "2026-01-05 10:00:00", "_fivetran_start": "2026-03-05 10:00:00"}
        | {"ended_at": "2026-03-05 10:00:00"},
    ],
    "subscription_item": [
        {"id": f"i{number}", "subscription_id": f"s{number}", "price_id": "month", "quantity": "2"}
        | {"created": "2026-01-05 10:00:00"}
        for number in (1, 2)
    ],
}


def test_from_raw_tables_to_a_key_result(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    said = CliRunner().invoke(
        main, ["init", str(folder), "--source", "stripe", "--schema", "raw_stripe"]
    )
    assert said.exit_code == 0, said.output
    assert "acme is a dbt project that reads stripe" in said.output
    assert warm_dbt.dbt("deps", folder=folder).returncode == 0
    # nothing is loaded yet: a source without rows would look the same
    asked = warm_dbt.dbt("run-operation", "okr_metrics_doctor", folder=folder)
    assert "okr_metrics_sources.stripe: none of its raw" in asked.stdout
    stopped = warm_dbt.dbt("build", folder=folder)
    assert stopped.returncode == 1
    (sentence,) = {
        line.strip() for line in stopped.stdout.splitlines() if "none of its raw tables" in line
    }
    assert sentence.startswith("okr_metrics_sources.stripe: none of its raw tables, as fivetran")
    assert "raw_stripe" in sentence and "subscription_history" in sentence
    assert "subscription_items" not in sentence
    load_rows(folder / "acme.duckdb", "raw_stripe", STRIPE)
    asked = warm_dbt.dbt("run-operation", "okr_metrics_doctor", folder=folder)
    assert "customer (2 rows" in asked.stdout and "coupon (absent)" in asked.stdout
    emptied = warm_dbt.dbt("run", "--empty", folder=folder)
    assert emptied.returncode == 0, emptied.stdout[-3000:]
    for command in ("deps", "build"):
        ran = warm_dbt.dbt(command, folder=folder)
        assert ran.returncode == 0, ran.stdout[-3000:]
    with open_warehouse(folder / "acme.duckdb") as warehouse:
        mrr = warehouse.sql(
            "select strftime(period_start, '%Y-%m'), closing_mrr, churned_subscribers"
            " from kpi__subscriptions where period_grain = 'month' and dimension = 'total'"
            " and period_start between '2026-02-01' and '2026-03-01' order by 1"
        ).fetchall()
        key_results = warehouse.sql(
            "select kpi_id, actual_value is not null from okr__key_result_attainment"
        ).fetchall()
    # two units at 50.00, of two subscribers and of one
    assert [(month, float(value), lost) for month, value, lost in mrr] == [
        ("2026-02", 200.0, 0),
        ("2026-03", 100.0, 1),
    ]
    # the quarter of today has a complete month from its second on
    assert key_results == [("customer_churn_rate", date.today().month % 3 != 1)]
    assert not list(folder.glob("seeds/example"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--source", "strip"], "strip is no source with a connector: "),
        (["--source", "tiktok_ads"], "No KPI rests on these sources alone"),
        (["--source", "stripe", "--source", "recurly", "--schema", "a"], "one --schema for each"),
    ],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, arguments: list[str], message: str) -> None:
    said = CliRunner().invoke(main, ["init", str(tmp_path / "acme"), *arguments])
    assert said.exit_code == 1
    assert message in said.output
    assert not (tmp_path / "acme").exists()


@pytest.mark.parametrize(
    ("today", "cycle"),
    [
        (date(2026, 11, 28), "2026-Q4,Quarter 4 of 2026,quarterly,2026-10-01,2026-12-31,"),
        (date(2028, 2, 29), "2028-Q1,Quarter 1 of 2028,quarterly,2028-01-01,2028-03-31,"),
        (date(2026, 6, 30), "2026-Q2,Quarter 2 of 2026,quarterly,2026-04-01,2026-06-30,"),
    ],
)
def test_the_cycle_is_the_quarter_of_today(today: date, cycle: str) -> None:
    source = Source("stripe", "fivetran", "stripe")
    files = files_of_sources(template_files(), [source], today)
    assert files[Path("seeds/okr/okr_cycles.csv")].splitlines()[1] == cycle
