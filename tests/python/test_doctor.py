"""What is mapped and can't be read is told by its name, with what to do."""

from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import REPOSITORY, Project, socket_of
from test_robustness import refund, subscription

ORDERS = "select 'o1' as order_id, 'c1' as customer_id, '2026-01-10' as ordered_at,"
ORDERS += " 'paid' as status, 'USD' as currency_code"
# one wide table for two inputs: an order of 100 in two lines
WIDE = ", ".join([ORDERS, "line as order_line_id, null as product_category, 1 as quantity"])
WIDE += ", price as unit_price, null as discount_amount, null as unit_cost"
WIDE += " from (values ('l1', 60), ('l2', 40)) as lines(line, price)"
# quoted names are found as they are by DuckDB, and not without quotes by PostgreSQL
CUSTOMERS = """select 'c1' as "Customer_ID", '2026-01-01' as created_at, 'FR' as "Country" """
SPEND = "select '2026-01-05' as spend_date, 'search' as channel, 40 as amount,"
SPEND += " 'USD' as currency_code"
SNAPSHOT = {
    "name": "my_subscriptions",
    "relation": "ref('subscriptions_now')",
    "config": {"unique_key": "subscription_id", "strategy": "check", "check_cols": "all"},
}
RAW = {
    "name": "raw",
    "schema": "main",
    "tables": [
        {"name": "spend", "config": {"meta": {"external_location": "{folder}/spend.parquet"}}},
        {"name": "ledger"},
    ],
}
WRONG = {
    "customers": "my_custmers",
    "orders": "switched_off",
    "order_lines": "theirs",
    "refunds": "other.theirs",
    "marketing_spend": "raw.spends",
}


def write_package(folder: Path) -> None:
    """Write another package that the project installs."""
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text("{name: other, version: 1.0.0, profile: shop}")
    (folder / "models" / "theirs.sql").write_text(ORDERS)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project, not built yet, whose inputs are of every kind of node."""
    project = Project(
        tmp_path_factory.mktemp("doctor") / "project",
        {
            "my_customers": CUSTOMERS,
            "my_orders": "{{ config(materialized='ephemeral') }} " + WIDE,
            "switched_off": ORDERS,
        },
        {
            "okr_metrics_as_of_date": "2026-02-28",
            "okr_metrics_period_grains": ["month"],
            "okr_metrics_inputs": {
                "customers": "my_customers",
                "orders": "my_orders",
                "order_lines": "my_orders",
                "refunds": "my_refunds",
                "subscriptions": "my_subscriptions",
                "marketing_spend": "raw.spend",
                "operating_expenses": "raw.ledger",
            },
        },
        {
            "my_refunds": [refund(1, 5, "2026-01-20")],
            "subscriptions_now": [subscription(1, "c1", "2026-01-01")],
        },
    )
    folder = project.folder
    duckdb.sql(SPEND).write_parquet(str(folder / "spend.parquet"))
    models = {"models": [{"name": "switched_off", "config": {"enabled": False}}]}
    properties = models | {"sources": [RAW], "snapshots": [SNAPSHOT]}
    text = yaml.safe_dump(properties).replace("{folder}", str(folder))
    (folder / "models" / "properties.yml").write_text(text)
    project.install()
    write_package(folder / "dbt_packages" / "other")
    # dbt 1.12 counts the packages that are installed
    listed = [{"local": str(REPOSITORY)}, {"local": "dbt_packages/other"}]
    (folder / "packages.yml").write_text(yaml.safe_dump({"packages": listed}))
    return project


def test_a_mapped_name_that_isnt_there_is_told_with_the_nearest(project: Project) -> None:
    """By the parse, which names no node of ours."""
    wrong = {"okr_metrics_inputs": WRONG, "okr_metrics_custom_kpis": ["my_custom"]}
    parsed = project.dbt("parse", "--vars", yaml.safe_dump(wrong))
    assert parsed.returncode != 0
    said = " ".join(parsed.stdout.split())
    for sentence in [
        "okr_metrics_inputs.customers: 'my_custmers' is no model, seed or snapshot of shop."
        " Did you mean 'my_customers'?",
        "okr_metrics_inputs.orders: 'switched_off' is disabled (enabled: false). Enable it, or",
        "okr_metrics_inputs.order_lines: 'theirs' belongs to the package other. Map a model of"
        " your own that selects from it: select * from {{ ref('other', 'theirs') }}",
        "okr_metrics_inputs.refunds: 'other.theirs' belongs to the package other.",
        "okr_metrics_inputs.marketing_spend: 'raw.spends' is no source.table of shop."
        " Did you mean 'raw.spend'?",
        "okr_metrics_custom_kpis: 'my_custom' is no model, seed or snapshot of shop.",
    ]:
        assert sentence in said, said
    assert "kpi__reconciliation" not in said


def test_before_the_build_the_doctor_says_what_to_build(project: Project) -> None:
    """The same words stop a build of the package's models alone."""
    report = project.dbt("--quiet", "run-operation", "okr_metrics_doctor").stdout
    unseen = report.split("cannot be looked at\n")[1].split("\n\n")[0].splitlines()
    says = dict(text.strip().removeprefix("input ").split(": ", 1) for text in unseen)
    not_built = {
        f"{name}, mapped to '{model}'": f"{model} isn't built yet: dbt build --select {model}"
        for name, model in {
            "customers": "my_customers",
            "refunds": "my_refunds",
            "subscriptions": "my_subscriptions",
        }.items()
    }
    lines = says.pop("order_lines, mapped to 'my_orders'")
    assert "order_line_id, order_id, product_category, quantity, unit_price, discou" in lines
    ephemeral = says.pop("orders, mapped to 'my_orders'")
    assert ephemeral.startswith("my_orders is ephemeral, so nothing can look into it before a")
    assert "order_id, customer_id, ordered_at, status, currency_code" in ephemeral
    assert "{{ config(materialized='view') }}" in ephemeral
    ledger = says.pop("operating_expenses, mapped to 'raw.ledger'")
    assert ledger.startswith('raw.ledger isn\'t in the warehouse: "warehouse"."main"."ledger" is')
    # a file is there
    assert says == not_built
    assert "Missing columns\n  (none)\n" in report
    assert "Optional columns that are absent: read as null\n  input marketing_spend" in report

    stopped = project.dbt("build", "--select", "int_kpi__inputs")
    assert stopped.returncode == 1
    said = " ".join(stopped.stdout.split())
    for mapped, why in not_built.items():
        assert f"input {mapped}: {why}" in said, said
    assert "is ephemeral" not in said


def test_inputs_of_every_kind_of_node_are_built(project: Project) -> None:
    """An ephemeral model, for two inputs, a seed, a snapshot, a file and a table."""
    with duckdb.connect(project.database) as warehouse:
        warehouse.sql(
            # as DuckDB, which doesn't tell upper from lower case, finds it too
            "create table Ledger as select 'e1' as expense_id, '2026-01-31' as expense_date,"
            " 'payroll' as category, 30 as amount, 'USD' as currency_code"
        )
    selected = ["--select", "+kpi__margin", "+kpi__reconciliation"]
    built = project.dbt("build", *selected, "--exclude-resource-type", "test")
    assert built.returncode == 0, built.stdout[-3000:]
    read = project.query("select input, rows_read, rows_accepted from kpi__reconciliation")
    assert dict((name, counts) for name, *counts in read) == {
        "customers": [1, 1],
        "orders": [2, 1],
        "order_lines": [2, 2],
        "refunds": [1, 1],
        "subscriptions": [1, 1],
        "marketing_spend": [1, 1],
        "operating_expenses": [1, 1],
    }
    assert project.by_month("kpi__margin", "order_revenue")["2026-01"] == 60 + 40
    assert project.by_month("kpi__margin", "refunds")["2026-01"] == 5
    assert project.by_month("kpi__margin", "marketing_spend")["2026-01"] == 40


def test_quoted_columns_are_told_on_postgres(tmp_path: Path, uri: str) -> None:
    """Plain SQL doesn't find "Customer_ID" there: an optional one is said too, not read as null."""
    project = Project(
        tmp_path / "project",
        {"my_customers": CUSTOMERS},
        {"okr_metrics_inputs": {"customers": "my_customers"}},
    )
    output = {
        "type": "postgres",
        "host": socket_of(uri),
        "user": "postgres",
        "password": "",
        "port": 5432,
    }
    output |= {"dbname": "postgres", "schema": "shop", "threads": 1}
    profiles = {"shop": {"target": "dev", "outputs": {"dev": output}}}
    (project.folder / "profiles.yml").write_text(yaml.safe_dump(profiles))
    project.install()
    stopped = project.dbt("build", "--select", "+int_kpi__inputs")
    assert stopped.returncode == 1
    said = " ".join(stopped.stdout.split())
    expected = (
        "input customers, mapped to 'my_customers', lacks:"
        ' customer_id -- it is stored as "Customer_ID", which this warehouse finds in quotes alone:'
        ' select "Customer_ID" as customer_id'
        ' country -- it is stored as "Country", which this warehouse finds in quotes alone:'
        ' select "Country" as country'
    )
    assert expected in said, said
    report = project.dbt("--quiet", "run-operation", "okr_metrics_doctor").stdout
    assert expected in " ".join(report.split())
    absent = report.split("read as null\n")[1].split("\n\n")[0].split()
    assert absent[-2:] == ["segment", "acquisition_channel"]
