"""The raw files that other packages of connectors are tested with are read without an error.

They have the columns that a loader lands, and few rows, most of whose keys meet no other's. What
each connector should give of them is worked out here without SQL.
"""

import csv
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Project
from test_connectors import load

# a source's files: their folder, and what stands before the name of a table
FILES = {
    "google_ads": ("dbt_ad_reporting", "google_ads_"),
    "facebook_ads": ("dbt_ad_reporting", "facebook_ads_"),
    "linkedin_ads": ("dbt_ad_reporting", "linkedin_ad_"),
    "stripe": ("dbt_stripe", ""),
    "shopify": ("dbt_shopify", "shopify_"),
    "recurly": ("dbt_recurly", ""),
    "quickbooks": ("dbt_quickbooks", ""),
    "zendesk": ("dbt_zendesk", ""),
}
# the table of that name has two words before it
RENAMED = {"analytics_by_campaign": "ad_analytics_by_campaign"}
Rows = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def files(shared: Path) -> dict[str, dict[str, Path]]:
    """Return {source: {table: its file}}."""
    found = {}
    for source, (folder, prefix) in FILES.items():
        names = (shared / "data" / "fivetran_seeds" / folder).glob(f"{prefix}*_data.csv")
        tables = {file.stem.removeprefix(prefix).removesuffix("_data"): file for file in names}
        found[source] = {RENAMED.get(table, table): file for table, file in tables.items()}
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, files: dict[str, dict[str, Path]]) -> Project:
    """Return a project that names all of these sources, with their views built."""
    folder = tmp_path_factory.mktemp("seeds")
    project = Project(folder / "shop", {}, {"okr_metrics_sources": {name: {} for name in files}})
    raw = folder / "raw"
    raw.mkdir()
    for source, tables in files.items():
        for table, file in tables.items():
            shutil.copy(file, raw / f"{source}.{table}.csv")
    load(project.database, raw)
    project.install()
    ran = project.dbt("run", "--select", "okr_metrics.connectors")
    assert ran.returncode == 0, ran.stdout[-3000:]
    return project


@pytest.fixture(scope="module")
def raw(files: dict[str, dict[str, Path]]) -> dict[str, Rows]:
    """Return {source: {table: its rows}}, as texts."""
    return {
        source: {
            table: list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
            for table, file in tables.items()
        }
        for source, tables in files.items()
    }


@pytest.mark.parametrize(
    ("source", "amount", "clicks"),
    [
        ("google_ads", "231.33", 280),
        ("facebook_ads", "643.63", None),
        ("linkedin_ads", "530.62", None),
    ],
)
def test_known_sums_of_ads(project: Project, source: str, amount: str, clicks: int | None) -> None:
    """The sums that the files were handed over with."""
    found = project.query(f"select sum(amount), sum(clicks) from con_{source}__marketing_spend")
    assert found[0][0] == Decimal(amount)
    assert clicks is None or found[0][1] == clicks


def is_true(text: str) -> bool:
    """Return whether a file says true."""
    return text.lower() == "true"


def added_up(parts: list[tuple[tuple, Decimal]]) -> dict[tuple, Decimal]:
    """Return the sum for each key."""
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    for key, amount in parts:
        sums[key] += amount
    return dict(sums)


def google_spend(raw: Rows) -> dict:
    """Return spend by day and currency."""
    currencies = {row["id"]: row["currency_code"] for row in raw["account_history"]}
    return added_up(
        [
            ((row["date"], currencies[row["customer_id"]]), Decimal(row["cost_micros"]) / 1_000_000)
            for row in raw["campaign_stats"]
        ]
    )


def facebook_spend(raw: Rows) -> dict:
    """Return spend by day: the accounts of these files have no currency."""
    assert "currency" not in raw["account_history"][0]
    return added_up([((row["date"], None), Decimal(row["spend"])) for row in raw["basic_ad"]])


def linkedin_spend(raw: Rows) -> dict:
    """Return spend by day and currency."""
    currencies = {row["id"]: row["currency"] for row in raw["account_history"]}
    accounts = {row["id"]: row["account_id"] for row in raw["campaign_history"]}
    return added_up(
        [
            (
                (row["day"][:10], currencies.get(accounts[row["campaign_id"]])),
                Decimal(row["cost_in_local_currency"] or 0),
            )
            for row in raw["ad_analytics_by_campaign"]
        ]
    )


def stripe_customers(raw: Rows) -> dict:
    """Return the customers of live mode."""
    return dict(Counter((row["id"],) for row in raw["customer"] if is_true(row["livemode"])))


def stripe_subscriptions(raw: Rows) -> dict:
    """Return what was billed for whole periods of known subscriptions, in dollars."""
    # of these items none is in subscription_item, and none of that is of their time
    void = {row["id"] for row in raw["invoice"] if row["status"] in ("draft", "void", "deleted")}
    active = {r["id"] for r in raw["subscription_history"]} | {r["id"] for r in raw["subscription"]}
    assert {row["currency"] for row in raw["invoice_line_item"]} == {"usd"}
    return {
        (row["subscription_item_id"],): Decimal(row["unit_amount_excluding_tax"]) / 100
        for row in raw["invoice_line_item"]
        if row["subscription_id"] in active
        and is_true(row["livemode"])
        and not is_true(row["proration"])
        and row["invoice_id"] not in void
    }


def shopify_orders(raw: Rows) -> dict:
    """Return orders by status and currency."""
    return dict(
        Counter(
            (row["financial_status"], row["currency"])
            for row in raw["order"]
            if not is_true(row["test"])
        )
    )


def shopify_lines(raw: Rows) -> dict:
    """Return what was sold, by currency: of these lines none has a discount, a tax, a refund."""
    orders = {row["id"]: row["currency"] for row in raw["order"]}
    lines = [row for row in raw["order_line"] if row["order_id"] in orders]
    for table, key in [("discount_allocation", "order_line_id"), ("tax_line", "order_line_id")]:
        assert not {row[key] for row in raw[table]} & {row["id"] for row in lines}
    assert {row["total_discount"] for row in lines} == {"0"}
    assert not {row["order_id"] for row in raw["refund"]} & set(orders)
    return added_up(
        [
            ((orders[row["order_id"]],), Decimal(row["price"]) * int(row["quantity"]))
            for row in lines
        ]
    )


def recurly_customers(raw: Rows) -> dict:
    """Return the accounts."""
    return dict.fromkeys(((row["id"],) for row in raw["account_history"]), 1)


def recurly_subscriptions(raw: Rows) -> dict:
    """Return the amount of each subscription that was ever active: none of them changed its."""
    amounts = {
        (row["id"], row["currency"]): Decimal(row["unit_amount"]) * int(row["quantity"])
        + Decimal(row["add_ons_total"] or 0)
        for row in raw["subscription_history"]
    }
    assert len(amounts) == len({row["id"] for row in raw["subscription_history"]})
    return amounts


def quickbooks_expenses(raw: Rows) -> dict:
    """Return expenses by category."""
    types = {row["id"]: row["account_type"] for row in raw["account"]}
    items = {row["id"]: row for row in raw["item"]}
    names = {"Expense": "other", "Cost of Goods Sold": "cost_of_revenue"}
    parts = []
    for kind, sign in [("bill", 1), ("purchase", 1), ("vendor_credit", -1)]:
        kept = {row["id"] for row in raw[kind] if not is_true(row["_fivetran_deleted"])}
        for row in raw[f"{kind}_line"]:
            item = items.get(row["item_expense_item_id"], {})
            account = row["account_expense_account_id"] or item.get("expense_account_id", "")
            if row[f"{kind}_id"] in kept and types.get(account) in names:
                parts.append(((names[types[account]],), sign * Decimal(row["amount"])))
    assert not any(is_true(row["credit"]) for row in raw["purchase"])
    kept = {row["id"] for row in raw["journal_entry"] if not is_true(row["_fivetran_deleted"])}
    for row in raw["journal_entry_line"]:
        if row["journal_entry_id"] in kept and types.get(row["account_id"]) in names:
            sign = -1 if row["posting_type"] == "Credit" else 1
            parts.append(((names[types[row["account_id"]]],), sign * Decimal(row["amount"])))
    return added_up(parts)


def quickbooks_revenue(raw: Rows) -> dict:
    """Return revenue by kind: of the files' lines that name an account or an item with one."""
    types = ("Income", "Discount")
    income = {row["id"] for row in raw["account"] if row["account_type"] in types}
    items = {row["id"]: row for row in raw["item"]}
    parts = []
    for kind, sign, key in [
        ("invoice", 1, "invoice_id"),
        ("sales_receipt", 1, "sales_receipt_id"),
        ("credit_memo", -1, "credit_memo_id"),
        ("refund_receipt", -1, "refund_id"),
    ]:
        kept = {row["id"] for row in raw[kind] if not is_true(row["_fivetran_deleted"])}
        lines = [row for row in raw[f"{kind}_line"] if not row["bundle_id"]]
        if kind == "invoice":
            lines += [row | {"discount_account_id": ""} for row in raw["invoice_line_bundle"]]
        for row in lines:
            item = items.get(row["sales_item_item_id"] or row.get("item_id", ""), {})
            above = items.get(item.get("parent_item_id", ""), {})
            sold = row.get("account_id", "") or row["sales_item_account_id"]
            sold = sold or item.get("income_account_id", "") or above.get("income_account_id", "")
            account = sold or row["discount_account_id"]
            is_discount = row.get("detail_type") == "DiscountLineDetail" or not (
                row.get("detail_type") or sold
            )
            if row[key] in kept and account in income:
                amount = Decimal(row["amount"]) * (-sign if is_discount else sign)
                parts.append((("refund" if sign < 0 else "sale",), amount))
    kept = {row["id"] for row in raw["deposit"] if not is_true(row["_fivetran_deleted"])}
    for row in raw["deposit_line"]:
        if row["deposit_id"] in kept and row["deposit_account_id"] in income:
            parts.append((("sale",), Decimal(row["amount"])))
    kept = {row["id"] for row in raw["journal_entry"] if not is_true(row["_fivetran_deleted"])}
    for row in raw["journal_entry_line"]:
        if row["journal_entry_id"] in kept and row["account_id"] in income:
            sign = 1 if row["posting_type"] == "Credit" else -1
            parts.append((("sale",), sign * Decimal(row["amount"])))
    for kind, sign in [("bill", -1), ("purchase", -1), ("vendor_credit", 1)]:
        kept = {row["id"] for row in raw[kind] if not is_true(row["_fivetran_deleted"])}
        for row in raw[f"{kind}_line"]:
            if row[f"{kind}_id"] in kept and row["account_expense_account_id"] in income:
                parts.append((("refund",), sign * Decimal(row["amount"])))
    return added_up(parts)


def zendesk_tickets(raw: Rows) -> dict:
    """Return tickets by day, and whether they are solved and it is known when."""
    merged = {row["ticket_id"] for row in raw["ticket_tag"] if row["tag"] == "closed_by_merge"}
    solved = {
        row["ticket_id"]
        for row in raw["ticket_field_history"]
        if row["field_name"] == "status" and row["value"] in ("solved", "closed")
    }
    return dict(
        Counter(
            (row["created_at"][:10], row["status"] in ("solved", "closed") and row["id"] in solved)
            for row in raw["ticket"]
            if row["status"] != "deleted" and row["id"] not in merged
        )
    )


SPEND = "cast(spend_date as varchar), currency_code, sum(amount)"
FIGURES: list[tuple[str, str, Callable[[Rows], dict]]] = [
    ("google_ads__marketing_spend", SPEND, google_spend),
    ("facebook_ads__marketing_spend", SPEND, facebook_spend),
    ("linkedin_ads__marketing_spend", SPEND, linkedin_spend),
    ("stripe__customers", "customer_id, count(*)", stripe_customers),
    (
        # what was billed for a part of a period alone, at a price that isn't here, has no amount
        "stripe__subscriptions where amount is not null",
        "subscription_id, max(amount)",
        stripe_subscriptions,
    ),
    ("shopify__orders", "status, currency_code, count(*)", shopify_orders),
    (
        "shopify__order_lines inner join con_shopify__orders using (order_id)",
        "currency_code, sum(quantity * unit_price - discount_amount)",
        shopify_lines,
    ),
    ("recurly__customers", "customer_id, count(*)", recurly_customers),
    (
        "recurly__subscriptions",
        "subscription_id, currency_code, max(amount)",
        recurly_subscriptions,
    ),
    ("quickbooks__operating_expenses", "category, sum(amount)", quickbooks_expenses),
    ("quickbooks__ledger_revenue", "kind, sum(amount)", quickbooks_revenue),
    (
        "zendesk__support_tickets",
        "strftime(opened_at, '%Y-%m-%d'), solved_at is not null, count(*)",
        zendesk_tickets,
    ),
]


@pytest.mark.parametrize(
    ("view", "columns", "figures"), FIGURES, ids=[figures.__name__ for *_, figures in FIGURES]
)
def test_figures_are_those_of_the_files(
    project: Project,
    raw: dict[str, Rows],
    view: str,
    columns: str,
    figures: Callable[[Rows], dict],
) -> None:
    rows = project.query(f"select {columns} from con_{view} group by all")
    assert {tuple(row[:-1]): row[-1] for row in rows} == figures(raw[view.split("__")[0]])
    assert rows


def test_what_the_files_have_no_rows_of_is_empty(project: Project, raw: dict[str, Rows]) -> None:
    """No refund is of an order of these files, and there is no table of ratings."""
    orders = {row["id"] for row in raw["shopify"]["order"]}
    assert not orders & {row["order_id"] for row in raw["shopify"]["refund"]}
    assert "satisfaction_rating" not in raw["zendesk"]
    assert project.query("select count(*) from con_shopify__refunds") == [(0,)]
    assert project.query("select count(*) from con_zendesk__survey_responses") == [(0,)]
