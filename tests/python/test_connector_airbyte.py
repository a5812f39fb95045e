"""The shop of the traps as Airbyte lands it gives what Fivetran's tables give.

One table a stream of the API; what belongs to an order or a refund is an array of it, in JSON.
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from conftest import Project
from test_connector_stripe import write
from test_connector_traps import SHOPIFY
from test_connectors import load

EARLIER, LATER = "2026-05-01 10:00:00", "2026-05-02 10:00:00"
DELETED = "2026-04-01T10:00:00Z"


def grouped(rows: list[dict], key: str) -> dict[Any, list[dict]]:
    """Return rows by one of their columns."""
    groups = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def as_airbyte(shop: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """Return Fivetran's tables of Shopify as Airbyte's, each row with a copy of an earlier load."""
    lines, ways = (
        grouped(shop[name], "order_id") for name in ("order_line", "order_shipping_line")
    )
    discounts, taxes = (
        grouped(shop[name], "order_line_id") for name in ("discount_allocation", "tax_line")
    )
    refunded, adjusted = (
        grouped(shop[name], "refund_id") for name in ("order_line_refund", "order_adjustment")
    )

    def line_items(order: str) -> list[dict]:
        return [
            row
            | {
                "discount_allocations": [
                    {"amount": str(one["amount"])} for one in discounts[row["id"]]
                ]
            }
            | {"tax_lines": [{"price": str(one["price"]), "rate": 0.2} for one in taxes[row["id"]]]}
            for row in lines[order]
        ]

    orders = [
        {name: value for name, value in row.items() if "address" not in name}
        | {"customer": json.dumps({"id": row["customer_id"] or None})}
        | {"shipping_address": json.dumps({"country_code": row["shipping_address_country_code"]})}
        | {"billing_address": json.dumps({"country_code": row["billing_address_country_code"]})}
        | {"line_items": json.dumps(line_items(row["id"]))}
        | {"shipping_lines": json.dumps(ways[row["id"]])}
        | {"deleted_at": DELETED if row["_fivetran_deleted"] else ""}
        for row in shop["order"]
    ]
    refunds = [
        row
        | {
            "refund_line_items": json.dumps(
                [
                    {"id": one["id"], "line_item_id": one["order_line_id"]}
                    | {"subtotal": one["subtotal"], "total_tax": one["total_tax"]}
                    for one in refunded[row["id"]]
                ]
            ),
            "order_adjustments": json.dumps(adjusted[row["id"]]),
        }
        for row in shop["refund"]
    ]
    stock = [
        {"id": row["id"], "cost": row["unit_cost_amount"]}
        | {"currency_code": row["unit_cost_currency_code"]}
        for row in shop["inventory_item"]
    ]
    tables = {
        "orders": orders,
        "order_refunds": refunds,
        "inventory_items": stock,
        "customers": shop["customer"],
        "products": shop["product"],
        "product_variants": shop["product_variant"],
    }
    old = {"created_at": EARLIER, "line_items": "[]", "cost": 1, "product_type": "Old"}
    return {
        name: [
            copy
            for row in rows
            for copy in (
                row | {"_airbyte_extracted_at": LATER},
                row
                | {column: value for column, value in old.items() if column in row}
                | {"_airbyte_extracted_at": EARLIER},
            )
        ]
        for name, rows in tables.items()
    }


def read(folder: Path, tables: dict[str, list[dict]], **settings: object) -> Project:
    """Return a project with the connector's views on these raw tables."""
    project = Project(folder / "shop", {}, {"okr_metrics_sources": {"shopify": settings}})
    load(project.database, write(folder / "raw", "shopify", tables))
    project.install()
    ran = project.dbt("run", "--select", "okr_metrics.connectors")
    assert ran.returncode == 0, ran.stdout[-3000:]
    return project


@pytest.fixture(scope="module")
def loaders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Project]:
    """Return the shop as Fivetran and as Airbyte lands it."""
    folder = tmp_path_factory.mktemp("shops")
    fivetran = read(folder / "fivetran", SHOPIFY, include_shipping=True)
    airbyte = read(folder / "airbyte", as_airbyte(SHOPIFY), include_shipping=True, loader="airbyte")
    return fivetran, airbyte


@pytest.mark.parametrize(
    ("table", "rows"), [("customers", 2), ("orders", 12), ("order_lines", 9), ("refunds", 6)]
)
def test_two_loaders_give_one_shop(loaders: tuple[Project, Project], table: str, rows: int) -> None:
    found = [
        project.query(f"select * from con_shopify__{table} order by all") for project in loaders
    ]
    assert found[0] == found[1]
    assert len(found[0]) >= rows
