"""Raw tables as Fivetran lands them are read by the connectors, without a model of the user's.

Of the invented company of ../shared all inputs are compared with `oracle_connectors`, another
program, which reads the raw files.
"""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import oracle_connectors as oracle
import pytest
from conftest import Project

RATES = """
select date '2024-11-01' as rate_date, 'EUR' as currency_code, 1.08 as rate
union all
select date '2024-11-01', 'JPY', 0.0067
union all
select date '2024-11-01', 'GBP', 1.27
"""
SOURCES: dict[str, dict] = {
    "stripe": {"loader": "fivetran", "schema": "stripe"},
    "shopify": {},
    "google_ads": {},
    "facebook_ads": {},
    "linkedin_ads": {},
    "microsoft_ads": {},
    "quickbooks": {},
    "zendesk": {},
}
TABLES = ["--exclude-resource-type", "test", "unit_test", "seed"]


def load(database: Path, folder: Path) -> None:
    """Load raw files <schema>.<table>.csv, as a loader types them."""
    with duckdb.connect(database) as warehouse:
        for file in sorted(folder.glob("*.csv")):
            schema, table = file.stem.split(".")
            warehouse.execute(f"create schema if not exists {schema}")
            warehouse.execute(f'create table {schema}."{table}" as from read_csv($1)', [str(file)])


@pytest.fixture(scope="module")
def raw(shared: Path) -> Path:
    """Return the folder of the company's raw files."""
    return shared / "data" / "connector_company"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, raw: Path) -> Project:
    """Return the project that names its sources, built."""
    project = Project(
        tmp_path_factory.mktemp("connectors") / "shop",
        {"exchange_rates": RATES},
        {
            "okr_metrics_sources": SOURCES,
            "okr_metrics_inputs": {"exchange_rates": "exchange_rates"},
            "okr_metrics_as_of_date": "2026-11-25",
            "okr_metrics_reporting_timezone": "America/New_York",
            "okr_metrics_period_grains": ["month"],
        },
    )
    load(project.database, raw)
    project.install()
    built = project.dbt("build", *TABLES)
    assert built.returncode == 0, built.stdout[-3000:]
    return project


def test_mrr_and_subscribers_are_those_of_another_program(company: Project) -> None:
    """The figures that stand in the company's SOURCE.txt."""
    found = company.query(
        "select strftime(period_start, '%Y-%m'), round(closing_mrr, 2), closing_subscribers"
        " from kpi__subscriptions where dimension = 'total' and period_start >= '2026-08-01'"
        " and is_complete_period order by 1"
    )
    assert [(month, float(mrr), count) for month, mrr, count in found] == [
        ("2026-08", 52506.17, 229),
        ("2026-09", 54546.03, 234),
        ("2026-10", 57381.33, 243),
    ]


SPEND = "strftime(spend_date, '%Y-%m'), campaign, currency_code, sum(amount)"
SOLD = "con_shopify__order_lines inner join con_shopify__orders using (order_id)"
TICKETS = "con_zendesk__support_tickets"
TOTALS = [
    ("con_stripe__customers", "coalesce(country, ''), count(*)", oracle.stripe_customers),
    ("con_shopify__orders", "status, count(*)", oracle.shopify_statuses),
    (
        SOLD,
        "strftime(ordered_at, '%Y-%m'), currency_code, sum(quantity * unit_price"
        " - coalesce(discount_amount, 0))",
        oracle.shopify_net_amounts,
    ),
    (
        SOLD,
        "coalesce(product_category, ''), unit_cost is not null, sum(quantity)",
        oracle.shopify_categories,
    ),
    (
        "con_shopify__refunds",
        "strftime(refunded_at, '%Y-%m'), currency_code, sum(amount)",
        oracle.shopify_refunds,
    ),
    ("con_google_ads__marketing_spend", SPEND, oracle.google_spend),
    ("con_facebook_ads__marketing_spend", SPEND, oracle.facebook_spend),
    ("con_linkedin_ads__marketing_spend", SPEND, oracle.linkedin_spend),
    ("con_microsoft_ads__marketing_spend", SPEND, oracle.microsoft_spend),
    (
        "con_quickbooks__operating_expenses",
        "strftime(expense_date, '%Y-%m'), category, coalesce(department, ''), currency_code,"
        " sum(amount)",
        oracle.quickbooks_expenses,
    ),
    (
        TICKETS,
        "strftime(opened_at, '%Y-%m'), customer_id is not null, count(*)",
        oracle.zendesk_tickets,
    ),
    (
        f"{TICKETS} where first_responded_at is not null",
        "ticket_id, strftime(first_responded_at, '%Y-%m-%d %H:%M:%S'), count(*)",
        oracle.zendesk_first_responses,
    ),
    (
        f"{TICKETS} where solved_at is not null",
        "ticket_id, strftime(solved_at, '%Y-%m-%d %H:%M:%S'), count(*)",
        oracle.zendesk_solutions,
    ),
    (
        "con_zendesk__survey_responses",
        "strftime(responded_at, '%Y-%m'), score, count(*)",
        oracle.zendesk_ratings,
    ),
]


@pytest.mark.parametrize(
    ("table", "columns", "figures"), TOTALS, ids=[figures.__name__ for *_, figures in TOTALS]
)
def test_totals_equal_the_oracle(
    company: Project, raw: Path, table: str, columns: str, figures: Callable[[Path], dict]
) -> None:
    rows = company.query(f"select {columns} from {table} group by all")
    assert {tuple(row[:-1]): row[-1] for row in rows} == figures(raw)


def test_books_without_revenue_have_no_difference(company: Project) -> None:
    """Its ledger has an account of income, and no line on it."""
    ((months, known),) = company.query(
        "select count(net_revenue), count(difference) from kpi__ledger_reconciliation"
    )
    assert (months > 20, known) == (True, 0)


def test_who_names_no_source_has_no_connector(demo: Path) -> None:
    manifest = json.loads((demo.parent / "duckdb/manifest.json").read_text())
    nodes = [*manifest["nodes"].values(), *manifest["sources"].values()]
    assert len(nodes) > 100
    found = [node for node in nodes if "connectors/" in node["original_file_path"]]
    # a test of a model that is off is off itself
    assert [node["name"] for node in found if node["config"]["enabled"]] == []


def test_every_column_is_described_and_a_view_has_those_of_its_input(company: Project) -> None:
    manifest = json.loads((company.folder / "target/manifest.json").read_text())
    inline = "{{ tojson(okr_metrics.input_contract()) }}"
    printed = company.dbt("--quiet", "compile", "--inline", inline).stdout
    contract = json.loads(printed[printed.index("{") :])
    described = {
        node["name"]: list(node["columns"])
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and "connectors/" in node["original_file_path"]
    }
    assert any(name.startswith("con_") for name in described)
    for name, columns in described.items():
        assert columns == [row[0] for row in company.query(f"describe {name}")], name
        if name.startswith("con_"):
            assert columns == list(contract[name.split("__")[1]]), name
    descriptions = [
        text
        for node in [*manifest["nodes"].values(), *manifest["sources"].values()]
        if "connectors/" in node["original_file_path"] and node["resource_type"] != "test"
        for text in (node["description"], *(c["description"] for c in node["columns"].values()))
    ]
    assert all(descriptions)


def test_a_view_of_the_users_stands_for_a_connectors(company: Project) -> None:
    """Left out, the input is the user's alone."""
    variables = {
        "okr_metrics_sources": {"stripe": {"except": ["customers"]}},
        "okr_metrics_inputs": {"customers": {"stripe": "exchange_rates"}},
    }
    listed = company.dbt("--quiet", "ls", "--vars", json.dumps(variables)).stdout
    assert "con_stripe__subscriptions" in listed
    assert "con_stripe__customers" not in listed
    said = company.dbt("run-operation", "okr_metrics_doctor", "--vars", json.dumps(variables))
    assert "  customers: exchange_rates, named stripe\n" in said.stdout, said.stdout[:3000]
    assert "  subscriptions: con_stripe__subscriptions, named stripe\n" in said.stdout
