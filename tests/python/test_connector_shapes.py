"""The shop and the account of the traps in other shapes give what Fivetran's first shape gives.

Of Shopify that is what Fivetran lands from the GraphQL API, and of both what dlt lands.
"""

import json
import re
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import test_connector_airbyte as airbyte
from conftest import Project
from test_connector_airbyte import grouped, read
from test_connector_stripe import without
from test_connector_traps import SHOPIFY

TABLES = [("customers", 2), ("orders", 12), ("order_lines", 9), ("refunds", 6)]


def money(name: str, amount: object) -> dict:
    """Return an amount as the GraphQL schema has it; the customer saw yen."""
    seen = 150 * amount if isinstance(amount, int | float) else amount
    return {f"{name}_set_pres_amount": seen, f"{name}_set_pres_currency_code": "JPY"} | {
        f"{name}_set_shop_amount": amount,
        f"{name}_set_shop_currency_code": "EUR",
    }


def as_graphql(shop: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """Return Fivetran's tables of the REST API as those of the GraphQL API, with newer names."""
    orders = [
        without(row, "currency", "presentment_currency", "financial_status")
        | {"currency_code": row["currency"], "presentment_currency_code": "JPY"}
        | {"display_financial_status": row["financial_status"].upper()}
        for row in shop["order"]
    ]
    lines = [
        without(row, "price", "total_discount", "gift_card")
        | {"is_gift_card": row["gift_card"]}
        | money("original_total", row["price"] * row["quantity"])
        | money("total_discount", row["total_discount"])
        for row in shop["order_line"]
    ]
    ways = [
        without(row, "price", "discounted_price")
        | {"is_removed": False}
        | money("original_price", row["price"])
        | money("discounted_price", row["discounted_price"])
        for row in shop["order_shipping_line"]
    ]
    taken_out = ways[0] | {"id": 3, "is_removed": True}
    refunded = [
        without(row, "subtotal", "total_tax")
        | money("subtotal", row["subtotal"])
        | money("total_tax", row["total_tax"])
        for row in shop["order_line_refund"]
    ]
    adjusted = [
        without(row, "kind", "amount")
        | {"reason": row["kind"].upper()}
        | money("amount", row["amount"])
        for row in shop["order_adjustment"]
    ]
    other = {
        "order": orders,
        "order_line": lines,
        "order_shipping_line": [*ways, taken_out],
        "refund_line_item": refunded,
        "order_adjustment": adjusted,
        "discount_allocation": [
            without(row, "amount") | money("allocated_amount", row["amount"])
            for row in shop["discount_allocation"]
        ],
        "order_line_tax_line": [
            without(row, "price") | money("price", row["price"]) for row in shop["tax_line"]
        ],
    }
    kept = ("customer", "product", "product_variant", "inventory_item", "refund")
    return {name: shop[name] for name in kept} | other


@pytest.fixture(scope="module")
def rest(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the shop as Fivetran lands it from the REST API."""
    return read(tmp_path_factory.mktemp("rest"), SHOPIFY, include_shipping=True)


@pytest.fixture(scope="module")
def graphql(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the shop as Fivetran lands it from the GraphQL API."""
    return read(tmp_path_factory.mktemp("graphql"), as_graphql(SHOPIFY), include_shipping=True)


@pytest.mark.parametrize(("table", "rows"), TABLES)
def test_the_graphql_schema_gives_what_the_rest_schema_gives(
    rest: Project, graphql: Project, table: str, rows: int
) -> None:
    query = f"select * from con_shopify__{table} order by all"
    found = rest.query(query)
    assert graphql.query(query) == found
    assert len(found) >= rows


def test_a_schema_may_have_the_names_of_both_apis(tmp_path: Path) -> None:
    """As a connection has that was moved: each row has a value under one of them."""
    both = as_graphql(SHOPIFY)
    old = {row["id"]: row for row in SHOPIFY["order_line"] if row["id"] in ("plain", "gift")}
    both["order_line"] = [old.get(row["id"], row) for row in both["order_line"]]
    orders = {row["id"]: row for row in SHOPIFY["order"] if row["id"] in ("plain", "voided")}
    both["order"] = [orders.get(row["id"], row) for row in both["order"]]
    moved = read(tmp_path, both)
    lines = "select order_line_id, unit_price from con_shopify__order_lines order by 1"
    assert dict(moved.query(lines))["plain"] == 120
    assert dict(moved.query(lines))["guest"] == 120
    assert "gift" not in dict(moved.query(lines))
    orders_found = moved.query("select order_id, status, currency_code from con_shopify__orders")
    assert ("voided", "cancelled", "EUR") in orders_found
    assert ("cancelled_and_refunded", "refunded", "EUR") in orders_found
    assert ("of_other_shop", "pending", "USD") not in orders_found
    assert ("of_other_shop", "paid", "USD") in orders_found


# DLT: what is in an object is a column of its own, and an array a table of its own

FIRST_LOAD, SECOND_LOAD = "1772000000.1234567", "1772100000.7654321"
# a value of another type than the first of its column goes to another column
TYPES = {bool: "bool", int: "bigint", float: "double", str: "text"}


class Landing:
    """The tables that dlt makes of objects, by the names that version 1.31 gave such objects."""

    def __init__(self) -> None:
        """Begin without a table."""
        self.tables: dict[str, list[dict]] = defaultdict(list)
        self.types: dict[tuple[str, str], type] = {}
        self.count = 0

    def land(self, table: str, value: dict, keys: dict) -> None:
        """Add a row for an object, and rows for what is in its arrays."""
        self.count += 1
        row = keys | {"_dlt_id": f"row {self.count}"}
        self.tables[table].append(row)
        self.put(table, row, "", value)

    def put(self, table: str, row: dict, name: str, value: Any) -> None:
        """Add a value to a row: an object as its columns, an array as rows of another table."""
        if isinstance(value, dict):
            for key, inner in value.items():
                word = re.sub("[^a-z0-9]+", "_", key.lower())
                self.put(table, row, f"{name}__{word}" if name else word, inner)
        elif isinstance(value, list):
            for index, element in enumerate(value):
                keys = {"_dlt_parent_id": row["_dlt_id"], "_dlt_list_idx": index}
                self.land(f"{table}__{name}", element, keys)
        elif value not in (None, ""):
            kind = self.types.setdefault((table, name), type(value))
            value = float(value) if kind is float and type(value) is int else value
            row[name if kind is type(value) else f"{name}__v_{TYPES[type(value)]}"] = value


def landed(tables: dict[str, list[dict]], old: dict) -> dict[str, list[dict]]:
    """Return tables of objects as dlt appends them; the first load had other values of each."""
    landing = Landing()
    for load in (FIRST_LOAD, SECOND_LOAD):
        for table, rows in tables.items():
            for row in rows:
                changed = {name: value for name, value in old.items() if name in row}
                before = row | changed if load == FIRST_LOAD else row
                landing.land(table, before, {"_dlt_load_id": load})
    return dict(landing.tables)


def objects(rows: list[dict]) -> list[dict]:
    """Return the newest rows of an Airbyte table as the API has them."""
    newest = max(row["_airbyte_extracted_at"] for row in rows)

    def opened(value: object) -> object:
        return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value

    return [
        {name: opened(value) for name, value in row.items() if not name.startswith("_")}
        for row in rows
        if row["_airbyte_extracted_at"] == newest
    ]


def shop_by_dlt(by_airbyte: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """Return a shop as dlt lands it, without the orders that were deleted."""
    tables = {name: objects(rows) for name, rows in by_airbyte.items()}
    refunds = grouped(tables["order_refunds"], "order_id")
    # a variant is known by its own id
    variants = [{"variants": tables["product_variants"]}] + [{}] * len(tables["products"])
    for rows in tables.values():
        for row in rows:
            for name in ("processed_at", "created_at", "cancelled_at"):
                moment = row.get(name) or None
                row[name] = f"{moment}+00:00" if moment and "T" not in moment else moment
    for refund in tables["order_refunds"]:
        for part in refund["refund_line_items"]:
            # whole numbers, and some with decimals
            part["total_tax"] = float(part["total_tax"] or 0) or 0
    orders = [
        without(row, "deleted_at", "customer_id")
        | {"line_items": [without(part, "order_id") for part in row["line_items"]]}
        | {"refunds": refunds[row["id"]]}
        for row in tables["orders"]
        if not row["deleted_at"]
    ]
    shop = {
        "orders": orders,
        "customers": tables["customers"],
        "products": [row | other for row, other in zip(tables["products"], variants, strict=False)],
        "inventory_items": tables["inventory_items"],
    }
    return landed(shop, {"financial_status": "pending", "product_type": "Old", "cost": 1})


def account_by_dlt(by_airbyte: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """Return an account of Stripe as dlt lands it; one column was hinted to be a time."""
    tables = {name: objects(rows) for name, rows in by_airbyte.items()}
    items = grouped(tables["subscription_items"], "subscription")
    lines = grouped(tables["invoice_line_items"], "invoice_id")
    account = {
        "customer": tables["customers"],
        "subscription": [
            row
            | {"created": str(datetime.fromtimestamp(row["created"], UTC))}
            | {"items": {"data": items[row["id"]]}}
            for row in tables["subscriptions"]
        ],
        "price": tables["prices"],
        "product": tables["products"],
        "coupon": tables.get("coupons", []),
        "invoice": [
            row | {"lines": {"data": [without(line, "invoice_id") for line in lines[row["id"]]]}}
            for row in tables["invoices"]
        ],
    }
    names = {"refunds": "refund", "charges": "charge", "credit_notes": "credit_note"}
    account |= {name: tables[table] for table, name in names.items() if table in tables}
    return landed(account, {"status": "void", "livemode": False, "unit_amount": 1})


def test_three_loaders_give_one_shop(rest: Project, tmp_path: Path) -> None:
    """All of it but the order that was deleted, of which dlt never hears."""
    shop = read(
        tmp_path, shop_by_dlt(airbyte.as_airbyte(SHOPIFY)), include_shipping=True, loader="dlt"
    )
    for table, least in TABLES:
        query = f"select * from con_shopify__{table} order by all"
        found = shop.query(query)
        assert found == rest.query(query), table
        assert len(found) >= least
