"""The shop of the traps in other shapes gives what Fivetran's tables of the REST API give."""

from pathlib import Path

import pytest
from conftest import Project
from test_connector_airbyte import read
from test_connector_traps import SHOPIFY

TABLES = [("customers", 2), ("orders", 12), ("order_lines", 9), ("refunds", 6)]


def money(name: str, amount: object) -> dict:
    """Return an amount as the GraphQL schema has it; the customer saw yen."""
    seen = 150 * amount if isinstance(amount, int | float) else amount
    return {f"{name}_set_pres_amount": seen, f"{name}_set_pres_currency_code": "JPY"} | {
        f"{name}_set_shop_amount": amount,
        f"{name}_set_shop_currency_code": "EUR",
    }


def without(row: dict, *names: str) -> dict:
    """Return a row without some of its columns."""
    return {name: value for name, value in row.items() if name not in names}


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
    assert {row[2] for row in orders_found} == {"EUR"}
