"""The doctor reads the warehouse: the raw tables with their days, and what KPIs rest on."""

from pathlib import Path

import pytest
from conftest import Project
from test_connector_others import connected, load_rows

CUSTOMERS = [
    {"id": "a", "created": "2026-01-05 10:00:00", "livemode": "true"},
    {"id": "b", "created": "2026-03-07 10:00:00", "livemode": "false"},
]
SUBSCRIPTIONS = [{"id": "s", "created": "2026-02-01 00:00:00", "livemode": "false"}]
ZENDESK = {"ticket": [{"id": "1"}], "ticket_comment": [{"ticket_id": "1"}]}
SHOPIFY = {"orders": [{"id": "1"}], "order_refunds": [{"id": "1"}]}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what the doctor says where Stripe is named, and three other sources are there."""
    raw = {"stripe": {"customer": CUSTOMERS, "subscription": SUBSCRIPTIONS}}
    folder: Path = tmp_path_factory.mktemp("doctor")
    project: Project = connected(folder, {"stripe": {}}, raw)
    load_rows(project.database, "help_desk", ZENDESK)
    load_rows(project.database, "shop", SHOPIFY)
    load_rows(project.database, "meta", {"ads_insights": [{"ad_id": "1"}]})
    load_rows(project.database, "of_nothing", {"ticket": [{"id": "1"}]})
    return project.dbt("run-operation", "okr_metrics_doctor").stdout


def test_raw_tables_have_their_rows_and_days(said: str) -> None:
    assert "  stripe in stripe, as fivetran loads it: " in said, said[:3000]
    assert "customer (2 rows, 2026-01-05 to 2026-03-07)" in said
    assert "subscription (1 rows, 2026-02-01 to 2026-02-01)" in said
    assert "invoice (absent)" in said


def test_a_schema_that_looks_like_a_source_is_named_with_its_setting(said: str) -> None:
    sentence = "  the schema help_desk looks like zendesk, as fivetran loads it. To read it:"
    assert f"{sentence} okr_metrics_sources: {{zendesk: {{loader: fivetran, schema: help" in said
    assert "  the schema shop looks like shopify, as airbyte loads it." in said
    assert "  the schema meta looks like facebook_ads, as airbyte loads it." in said
    assert "of_nothing" not in said
    assert "the schema stripe" not in said


def test_a_table_of_test_data_alone_has_to_be_mended(said: str) -> None:
    (problem,) = {line for line in said.splitlines() if "are test data" in line}
    assert "all 1 rows of" in problem
    assert "subscription" in problem
    assert "Load the live account." in problem


def test_kpis_are_listed_by_what_they_rest_on(said: str) -> None:
    (line,) = [line for line in said.splitlines() if line.startswith("  subscriptions (stripe): ")]
    assert {"net_revenue", "closing_mrr"} < set(line.split(": ")[1].split(", "))


def test_money_that_may_be_cents_is_shown_with_its_median(tmp_path: Path) -> None:
    spend = "select date '2026-01-01' as spend_date, 'USD' as currency_code, 'a' as channel, {}"
    models = {
        "in_cents": spend.format("i * 100 as amount from range(21) as numbers(i)"),
        "in_dollars": spend.format("i * 100 + 0.5 as amount from range(21) as numbers(i)"),
    }
    inputs = {"okr_metrics_inputs": {"marketing_spend": list(models)}}
    project = Project(tmp_path / "shop", models, inputs)
    project.install()
    ran = project.dbt("run", "--select", "in_cents", "in_dollars")
    assert ran.returncode == 0, ran.stdout[-2000:]
    said = project.dbt("run-operation", "okr_metrics_doctor").stdout
    hint = "; no amount has decimals: if these are cents, divide them by 100"
    assert f"  marketing_spend (in_cents): the median amount is 1000.00{hint}\n" in said
    assert "  marketing_spend (in_dollars): the median amount is 1000.50\n" in said
