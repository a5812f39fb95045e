"""Chargebee, Recurly and HubSpot as Airbyte lands them: what belongs to a row is JSON in it."""

import json

import pytest
import test_connector_chargebee as of_fivetran
from conftest import Project
from test_connector_chargebee import VERSIONS, versions_of
from test_connector_others import FEBRUARY, JANUARY, MARCH, NONPAYMENT, connected, text

LATER = {"_airbyte_extracted_at": "2026-05-02 10:00:00"}
EARLIER = {"_airbyte_extracted_at": "2026-05-01 10:00:00"}
# the tables of Fivetran's that are arrays of a subscription
ARRAYS = {
    "subscription_item": "subscription_items",
    "subscription_addon": "addons",
    "subscription_coupon": "coupons",
    "subscription_discount": "discounts",
}
# what else is a table there, by its name here
STREAMS = ("item_price", "item", "plan", "addon", "coupon")


def number(value: str | None) -> object:
    """Return a text of digits as the number that the API gives."""
    return int(value) if value and value.isdigit() else value


def elements(table: str, name: str) -> str | None:
    """Return the rows of a table that are of a subscription as an array, none without any."""
    rows = [
        {
            column: value if column.endswith("_in_decimal") else number(value)
            for column, value in row.items()
            if column != "subscription_id" and not column.startswith("_")
        }
        for row in of_fivetran.CHARGEBEE[table]
        if row["subscription_id"] == name and "_fivetran_deleted" not in row
    ]
    return json.dumps(rows) if rows else None


def as_airbyte() -> dict[str, list[dict]]:
    """Return Fivetran's tables of Chargebee as Airbyte's, one of them with an earlier copy."""
    subscriptions = [
        row | {array: elements(table, row["id"]) for table, array in ARRAYS.items()} | LATER
        for row in of_fivetran.CHARGEBEE["subscription"]
    ]
    stale = [row | EARLIER | {"currency_code": "JPY"} for row in subscriptions[:1]]
    customers = [
        {"id": row["id"], "created_at": number(row["created_at"])}
        | {"billing_address": json.dumps({"country": row.get("billing_address_country")})}
        | {"deleted": row.get("_fivetran_deleted", "false")}
        for row in of_fivetran.CHARGEBEE["customer"]
    ]
    streams = {f"{table}s": of_fivetran.CHARGEBEE[table] for table in STREAMS}
    return {"subscriptions": subscriptions + stale, "customers": customers} | streams


def subscribed(name: str, state: str, **changed: str | None) -> dict:
    """Return a subscription of Recurly's, as it is now."""
    row = {"id": name, "state": state, "activated_at": JANUARY, "updated_at": MARCH}
    objects = {"account": json.dumps({"id": "a"}), "plan": json.dumps({"id": "p"})}
    money = {"currency": "USD", "unit_amount": "99.0", "quantity": "1", "add_ons_total": "1.0"}
    return row | objects | money | changed


RECURLY = {
    "accounts": [
        {"id": "a", "created_at": JANUARY, "address": json.dumps({"country": "FR"})},
    ],
    "subscriptions": [
        subscribed("paid_until_the_end", "canceled", expires_at="2026-12-01 10:00:00"),
        subscribed("unpaid", "expired", **NONPAYMENT),
        subscribed("to_come", "future"),
    ],
    "plans": [{"id": "p", "name": "Pro", "interval_unit": "months", "interval_length": "12"}],
}


def record(name: str, **properties: str) -> dict:
    """Return a company of HubSpot's, with its properties in an object."""
    known = {"createdate": JANUARY, "country": "Peru", "hs_analytics_source": "REFERRALS"}
    return {"id": name, "archived": "false", "properties": json.dumps(known | properties)}


def deal(name: str, won: str, company: str) -> dict:
    """Return a deal of HubSpot's, with its properties in columns."""
    row = {"id": name, "archived": "false", "companies": json.dumps([company])}
    dates = {"properties_createdate": JANUARY, "properties_closedate": FEBRUARY}
    return row | dates | {"properties_hs_is_closed_won": won}


HUBSPOT = {
    "companies": [
        record("1", tier="small", billing_id="c_plain"),
        record("2", tier="big", hs_merged_object_ids="3;4"),
        record("3"),
        record("5"),
        record("6") | {"archived": "true"},
        record("7") | {"properties_tier": "in a column"},
    ],
    "deals": [
        deal("10", "true", "3"),
        deal("11", "false", "5"),
        deal("12", "true", "6"),
        deal("13", "true", "7"),
    ],
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the three sources, with their views built."""
    by_airbyte = {"loader": "airbyte"}
    properties = {"segment_property": "tier", "customer_id_property": "billing_id"}
    return connected(
        tmp_path_factory.mktemp("airbyte"),
        {
            "chargebee": by_airbyte,
            "recurly": by_airbyte,
            "hubspot": by_airbyte | properties | {"customers": "won"},
        },
        {"chargebee": as_airbyte(), "recurly": RECURLY, "hubspot": HUBSPOT},
        {"links": of_fivetran.LINKS},
        okr_metrics_inputs={"customer_links": "links"},
    )


@pytest.mark.parametrize(("trap", "versions"), VERSIONS)
def test_chargebee_by_airbyte_is_chargebee_by_fivetran(
    project: Project, trap: str, versions: list[tuple]
) -> None:
    assert versions_of(project, trap) == versions


def test_customers_of_chargebee_by_airbyte(project: Project) -> None:
    found = project.query("select customer_id, created_at, country from con_chargebee__customers")
    assert sorted(text(found)) == [("c_gone", JANUARY, None), ("c_plain", JANUARY, "DE")]


def test_recurly_by_airbyte_is_what_subscriptions_are_now(project: Project) -> None:
    found = project.query(
        "select subscription_id, customer_id, plan, started_at, ended_at, amount, billing_interval,"
        " interval_count from con_recurly__subscriptions order by 1"
    )
    assert text(found) == [
        ("paid_until_the_end", "a", "Pro", JANUARY, None, "100", "month", "12"),
        ("unpaid", "a", "Pro", JANUARY, NONPAYMENT["expires_at"], "100", "month", "12"),
    ]
    customers = project.query("select customer_id, country from con_recurly__customers")
    assert customers == [("a", "FR")]


def test_hubspot_by_airbyte_has_properties_in_an_object_or_in_columns(project: Project) -> None:
    found = project.query("select * from con_hubspot__customers order by 1")
    assert text(found) == [
        # its deal is of a company that was merged into it
        ("2", FEBRUARY, "Peru", "big", "referral"),
        ("7", FEBRUARY, "Peru", "in a column", "referral"),
    ]
    known = project.query(
        "select segment, acquisition_channel from int_hubspot__attributes"
        " where customer_id = 'c_plain'"
    )
    assert known == [("small", "referral")]
