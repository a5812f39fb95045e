"""What Stripe billed once, and what it paid back, with a trap an invoice."""

import json
from pathlib import Path

import pytest
from conftest import Project
from test_connector_others import short
from test_connector_shapes import account_by_dlt
from test_connector_stripe import (
    FEBRUARY,
    JANUARY,
    MARCH,
    account_of_now,
    as_airbyte,
    read,
    versions_of,
    with_sales,
)

TABLES = ["customers", "subscriptions", "orders", "order_lines", "refunds"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the account as Fivetran lands it, with what was billed once as orders."""
    raw = with_sales(account_of_now())
    folder = tmp_path_factory.mktemp("sales")
    return read(folder, raw, one_off_sales=True, segment_key="company size")


def found(project: Project, table: str, columns: str) -> dict:
    """Return {the first column: the others} of a view, numbers as texts."""
    rows = project.query(f"select {columns} from con_stripe__{table} order by 1")
    return {name: [None if cell is None else short(cell) for cell in row] for name, *row in rows}


def test_what_is_of_no_subscription_is_an_order(project: Project) -> None:
    """Drafts, what is void or written off, test mode and what changes alone bill aren't."""
    columns = "order_id, customer_id, status, currency_code, ordered_at"
    assert found(project, "orders", columns) == {
        "set_up": ["c_buys", "paid", "USD", FEBRUARY],
        "bought": ["c_buys", "invoiced", "USD", FEBRUARY],
        "tax_within": ["c_buys", "paid", "USD", FEBRUARY],
        "yen": ["c_buys", "paid", "JPY", FEBRUARY],
    }


def test_a_line_is_what_it_came_to_after_coupons_without_tax(project: Project) -> None:
    """A tenth off 100; 20 and tax on top; 11.90 with 1.90 of tax in it; 500 yen are 500."""
    columns = "order_line_id, order_id, product_category, quantity, unit_price, amount"
    assert found(project, "order_lines", columns) == {
        "fee": ["set_up", "Set-up", "2", "45", "90"],
        "buys 1": ["bought", None, "1", "20", "20"],
        "buys 2": ["tax_within", None, "1", "10", "10"],
        "buys 3": ["yen", None, "1", "500", "500"],
    }


@pytest.fixture(scope="module")
def refunds(project: Project) -> dict:
    """Return {refund: [order, customer, amount, moment]}."""
    return found(project, "refunds", "refund_id, order_id, customer_id, amount, refunded_at")


def test_a_refund_is_of_all_that_its_invoice_billed(refunds: dict) -> None:
    """67.50 of 90 once and 45 for the subscription."""
    assert refunds["half"] == ["set_up", None, "45", MARCH]
    assert refunds["subscription-half"] == [None, "c_buys", "22.5", MARCH]


def test_a_refund_is_without_its_tax(refunds: dict) -> None:
    """11.90 of 23.80, of which 3.80 is tax; the invoice names how it was paid."""
    assert refunds["by_intent"] == ["bought", None, "10", MARCH]


def test_what_is_paid_back_for_time_that_was_not_used_was_never_revenue(refunds: dict) -> None:
    """The half of 50 that was billed for after the end; 20 were paid back first, then 30."""
    assert "subscription-first" not in refunds
    assert refunds["subscription-second"] == [None, "c_leaves", "25", MARCH]


def test_a_credit_note_counts_as_far_as_no_refund_paid_it_out(refunds: dict) -> None:
    """5.95 with its tax was credited; another was paid out, and a third is void."""
    assert refunds["credited"] == ["tax_within", None, "5", MARCH]
    assert not {"paid_out", "void_note"} & set(refunds)
    assert refunds["of_note"] == ["yen", None, "100", MARCH]


def test_failed_refunds_and_charges_without_an_invoice_are_not_read(refunds: dict) -> None:
    """The charges of a shop have no invoice: the shop's own connector reads them."""
    expected = {"half", "subscription-half", "by_intent", "subscription-second"}
    assert set(refunds) == expected | {"credited", "of_note"}


def test_mrr_is_as_without_these_invoices(project: Project, tmp_path: Path) -> None:
    without = versions_of(read(tmp_path, account_of_now()))
    assert len(without) > 20
    assert {name: row for name, row in versions_of(project).items() if name in without} == without


def test_one_off_sales_are_read_where_they_are_asked_for(tmp_path: Path) -> None:
    """Else only what was paid back for subscriptions is."""
    project = read(tmp_path, with_sales(account_of_now()))
    views = {name for (name,) in project.query("select view_name from duckdb_views()")}
    assert not {"con_stripe__orders", "con_stripe__order_lines"} & views
    assert set(found(project, "refunds", "refund_id, 1")) == {
        "subscription-half",
        "subscription-second",
    }


def since_2025(row: dict) -> dict:
    """Return a line of an invoice as the API has it since 2025, what it is of in other places."""
    moved = ("subscription", "subscription_item", "proration", "price", "type")
    item = {name: row[name] for name in moved[:2]} | {"proration": row["proration"]}
    kind = "subscription_item_details" if row["subscription_item"] else "invoice_item_details"
    price = json.loads(row["price"])["id"]
    kept = {name: "" if name in moved else value for name, value in row.items()}
    pricing = {"price_details": {"price": price}, "type": "price_details"}
    return kept | {
        "parent": json.dumps({"type": kind, kind: item}),
        "pricing": json.dumps(pricing | {"unit_amount_decimal": row["unit_amount_excluding_tax"]}),
        "unit_amount_excluding_tax": "",
    }


def with_two_versions_of_the_api(raw: dict) -> dict[str, list[dict]]:
    """Return an account by Airbyte of which every other line has the shape of 2025."""
    tables = as_airbyte(raw)
    tables["invoice_line_items"] = [
        since_2025(row) if number % 2 else row
        for number, row in enumerate(tables["invoice_line_items"])
    ]
    return tables


SHAPES = {
    "airbyte": as_airbyte,
    "dlt": lambda raw: account_by_dlt(as_airbyte(raw)),
    "airbyte of two versions of the API": with_two_versions_of_the_api,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_three_loaders_give_one_account(project: Project, tmp_path: Path, shape: str) -> None:
    """Of subscriptions as they are now, with coupons, trials, and all that was billed."""
    landed = SHAPES[shape](with_sales(account_of_now()))
    settings = {"segment_key": "company size", "one_off_sales": True}
    other = read(tmp_path, landed, loader=shape.split()[0], **settings)
    for table in TABLES:
        query = f"select * from con_stripe__{table} order by all"
        rows = project.query(query)
        assert other.query(query) == rows, table
        assert len(rows) > 3, table


def test_staging_takes_all_of_it(tmp_path: Path) -> None:
    """Revenue of February: 90 + 20 + 10, and 500 yen; all refunds of March are taken off."""
    raw = with_sales({"subscription": []})
    raw["plan"] = account_of_now()["plan"]
    raw["customer"] = [
        {"id": name, "created": JANUARY, "livemode": True} for name in ("c_buys", "c_leaves")
    ]
    rates = "select date '2025-01-01' as rate_date, 'JPY' as currency_code, 0.01 as rate"
    folder = tmp_path / "built"
    project = read(
        folder,
        raw,
        models={"rates": rates},
        variables={
            "okr_metrics_inputs": {"exchange_rates": "rates"},
            "okr_metrics_as_of_date": "2026-04-30",
            "okr_metrics_period_grains": ["month"],
        },
        one_off_sales=True,
    )
    built = project.dbt("build", "--exclude-resource-type", "test", "unit_test", "seed")
    assert built.returncode == 0, built.stdout[-3000:]
    assert project.query("select input, reject_reason from kpi__rejected_rows") == []
    margin = project.query(
        "select strftime(period_start, '%m'), round(order_revenue, 2), round(refunds, 2)"
        " from kpi__margin where dimension = 'total' and is_complete_period order by 1"
    )
    # 45 + 22.50 + 10 + 25 + 5, and 100 yen
    assert [tuple(map(short, row)) for row in margin] == [
        # before the first order
        ("01", "None", "0"),
        ("02", "125", "0"),
        ("03", "0", "108.5"),
        ("04", "0", "0"),
    ]


def test_a_stream_that_a_loader_skipped_is_named(tmp_path: Path) -> None:
    """Airbyte skips what it may not read and says nothing: MRR is that of today's items then."""
    landed = as_airbyte(with_sales(account_of_now()))
    del landed["invoice_line_items"]
    project = read(tmp_path, landed, loader="airbyte")
    said = project.dbt("run-operation", "okr_metrics_doctor").stdout
    assert "invoice_line_items (absent)" in said and "refunds (14 rows" in said, said[:3000]
    assert versions_of(project)["own_price item"] == [("active", JANUARY, None, 50)]
