"""Each trap of Chargebee's raw tables, in a subscription of its own, with figures by hand.

Fivetran lands the times of Chargebee as the API has them: in seconds since 1970.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Project
from test_connector_others import connected, load_rows, text
from test_connectors import TABLES

JANUARY, FEBRUARY, MARCH, APRIL, MAY = (f"2026-0{month}-01 10:00:00" for month in range(1, 6))
NEXT_YEAR = "2027-01-01 10:00:00"
FOREVER = "9999-12-31 23:59:59.999"


def seconds(moment: str) -> str:
    """Return a moment in UTC as the seconds since 1970."""
    return str(int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()))


def subscription(name: str, status: str = "active", **changed: str | None) -> dict:
    """Return a subscription by the month, which began in January."""
    row = {"id": name, "customer_id": f"c_{name}", "status": status, "currency_code": "USD"}
    row |= {"billing_period": "1", "billing_period_unit": "month", "deleted": "false"}
    dates = {"created_at": JANUARY, "started_at": JANUARY, "activated_at": JANUARY} | changed
    return row | {
        column: seconds(value) if value and value[:2] == "20" else value
        for column, value in dates.items()
    }


def item(name: str, price: str = "pro", **changed: str | None) -> dict:
    """Return an item of a subscription, for 99.00 as long as nothing else is said."""
    row = {"subscription_id": name, "item_price_id": price, "item_type": "plan"}
    return row | {"quantity": "1", "unit_price": "9900", "amount": "9900"} | changed


def coupon(name: str, **changed: str | None) -> dict:
    """Return a coupon of the whole invoice, for ever."""
    return {"id": name, "duration_type": "forever", "apply_on": "invoice_amount"} | changed


TRIAL = {"trial_start": JANUARY, "trial_end": FEBRUARY}
SUBSCRIPTIONS = [
    subscription("plain"),
    subscription("backdated", created_at=MARCH, started_at=JANUARY),
    subscription("in_trial", "in_trial", **TRIAL, activated_at=None),
    subscription("tried", **TRIAL, activated_at=FEBRUARY),
    subscription("left_in_trial", "cancelled", trial_end=MARCH, cancelled_at=FEBRUARY),
    subscription("non_renewing", "non_renewing", cancelled_at=NEXT_YEAR),
    subscription("cancelled", "cancelled", cancelled_at=APRIL),
    subscription("unpaid", "cancelled", cancelled_at=APRIL, cancel_reason="not_paid"),
    subscription("left", "cancelled", cancelled_at=APRIL, cancel_reason_code="Too expensive"),
    subscription("transferred", "transferred", updated_at=MARCH),
    subscription("paused", "paused", pause_date=FEBRUARY),
    subscription("resumed", pause_date=FEBRUARY, resume_date=MARCH),
    subscription("to_come", "future", started_at=None, start_date=MAY),
    subscription("deleted", deleted="true"),
    subscription("with_addon"),
    subscription("metered"),
    subscription("tiered"),
    subscription("free_units"),
    subscription("yen", currency_code="JPY"),
    subscription("dinar", currency_code="KWD"),
    subscription("decimals"),
    subscription("yearly", billing_period_unit="year"),
    subscription("half_yearly", billing_period="6"),
    subscription("by_price", billing_period=None, billing_period_unit=None),
    subscription("halved"),
    subscription("once_halved"),
    subscription("halved_till_march"),
    subscription("less_ten"),
    subscription("less_ten_euros"),
    subscription("less_on_an_item"),
    subscription("less_by_hand"),
    subscription("old_catalogue", plan_id="gold", plan_quantity="3", plan_unit_price="1000"),
]
NO_MINOR = {"unit_price": None, "amount": None}
# what costs otherwise than others
OTHERWISE = {
    "tiered": {"quantity": "120", "unit_price": None, "amount": "43210"},
    "free_units": {"quantity": "5", "free_quantity": "2", "amount": None},
    "decimals": NO_MINOR | {"unit_price_in_decimal": "0.125", "quantity_in_decimal": "20.5"},
}
ITEMS = [
    *(
        item(row["id"], **OTHERWISE.get(row["id"], {}))
        for row in SUBSCRIPTIONS
        if row["id"] != "old_catalogue"
    ),
    item("with_addon", "support", item_type="addon", quantity="2", unit_price="500", amount="1000"),
    item("with_addon", "setup", item_type="charge", amount="50000"),
    item("with_addon", "gone", item_type="addon", _fivetran_deleted="true"),
    item("metered", "calls", item_type="addon", amount=None, metered_quantity="1200"),
    item("metered", "storage_usd", item_type="addon", amount=None),
    item("less_ten", "support", item_type="addon", quantity="1", unit_price="100", amount="100"),
]
CHARGEBEE = {
    "subscription": SUBSCRIPTIONS,
    "subscription_item": ITEMS,
    "subscription_addon": [
        {"subscription_id": "old_catalogue", "id": "seat", "quantity": "4", "unit_price": "250"},
        {"subscription_id": "old_catalogue", "id": "training", "quantity": "1"}
        | {"unit_price": "90000"},
    ],
    "plan": [{"id": "gold", "name": "Gold", "period": "1", "period_unit": "month"}],
    "addon": [
        {"id": "seat", "name": "Seat", "charge_type": "recurring"},
        {"id": "training", "name": "Training", "charge_type": "non_recurring"},
    ],
    "item_price": [
        {"id": "pro", "name": "Pro USD Monthly", "item_id": "pro_item", "period": "3"}
        | {"period_unit": "month"},
        {"id": "support", "name": "Support USD", "item_id": "unknown"},
        {"id": "storage_usd", "name": "Storage USD", "item_id": "storage"},
    ],
    "item": [
        {"id": "pro_item", "name": "Pro", "metered": "false"},
        {"id": "storage", "name": "Storage", "metered": "true"},
    ],
    "coupon": [
        coupon("half", discount_percentage="50"),
        coupon("once", discount_percentage="50", duration_type="one_time"),
        coupon("ten", discount_amount="1000", currency_code="USD"),
        coupon("ten_euros", discount_amount="1000", currency_code="EUR"),
        coupon("on_item", discount_percentage="50", apply_on="each_specified_item"),
    ],
    "subscription_coupon": [
        {"subscription_id": name, "coupon_id": given, "apply_till": till and seconds(till)}
        for name, given, till in [
            ("halved", "half", None),
            ("once_halved", "once", None),
            ("halved_till_march", "half", MARCH),
            ("less_ten", "ten", None),
            ("less_ten_euros", "ten_euros", None),
            ("less_on_an_item", "on_item", None),
        ]
    ],
    "subscription_discount": [
        {"subscription_id": "less_by_hand", "percentage": "20", "duration_type": "forever"}
        | {"apply_on": "invoice_amount", "created_at": seconds(FEBRUARY)},
    ],
    "customer": [
        {"id": "c_plain", "created_at": seconds(JANUARY), "billing_address_country": "DE"},
        {"id": "c_gone", "created_at": JANUARY, "_fivetran_deleted": "true"},
        {"id": "twin", "created_at": seconds(JANUARY)},
    ],
}
LINKS = "select 'chargebee' as source, 'twin' as source_customer_id, 'c_plain' as customer_id"


VERSIONS: list[tuple[str, list[tuple]]] = [
    ("plain", [("active", JANUARY, None, "99")]),
    ("backdated", [("active", JANUARY, None, "99")]),
    ("in_trial", [("trialing", JANUARY, FEBRUARY, "99"), ("active", FEBRUARY, None, "99")]),
    ("tried", [("trialing", JANUARY, FEBRUARY, "99"), ("active", FEBRUARY, None, "99")]),
    ("left_in_trial", [("trialing", JANUARY, FEBRUARY, "99")]),
    ("non_renewing", [("active", JANUARY, None, "99")]),
    ("cancelled", [("active", JANUARY, APRIL, "99")]),
    ("transferred", [("active", JANUARY, MARCH, "99")]),
    ("paused", [("active", JANUARY, FEBRUARY, "99"), ("paused", FEBRUARY, None, "99")]),
    (
        "resumed",
        [
            ("active", JANUARY, FEBRUARY, "99"),
            ("paused", FEBRUARY, MARCH, "99"),
            ("active", MARCH, None, "99"),
        ],
    ),
    ("to_come", []),
    ("deleted", []),
    ("with_addon", [("active", JANUARY, None, "99")]),
    ("with_addon:support", [("active", JANUARY, None, "10")]),
    ("with_addon:setup", []),
    ("with_addon:gone", []),
    ("metered", [("active", JANUARY, None, "99")]),
    ("metered:calls", []),
    ("metered:storage_usd", []),
    ("tiered", [("active", JANUARY, None, "432.1")]),
    ("free_units", [("active", JANUARY, None, "297")]),
    ("yen", [("active", JANUARY, None, "9900")]),
    ("dinar", [("active", JANUARY, None, "9.9")]),
    # 20.5 units of 0.125
    ("decimals", [("active", JANUARY, None, "2.5625")]),
    ("halved", [("active", JANUARY, None, "49.5")]),
    ("once_halved", [("active", JANUARY, None, "99")]),
    (
        "halved_till_march",
        [("active", JANUARY, MARCH, "49.5"), ("active", MARCH, None, "99")],
    ),
    # ten off a hundred: a tenth of each item
    ("less_ten", [("active", JANUARY, None, "89.1")]),
    ("less_ten:support", [("active", JANUARY, None, "0.9")]),
    ("less_ten_euros", [("active", JANUARY, None, "99")]),
    ("less_on_an_item", [("active", JANUARY, None, "99")]),
    (
        "less_by_hand",
        [("active", JANUARY, FEBRUARY, "99"), ("active", FEBRUARY, None, "79.2")],
    ),
    ("old_catalogue", [("active", JANUARY, None, "30")]),
    ("old_catalogue:seat", [("active", JANUARY, None, "10")]),
    ("old_catalogue:training", []),
]


@pytest.fixture(scope="module")
def chargebee(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the views of a Chargebee site with one trap a subscription."""
    return connected(
        tmp_path_factory.mktemp("chargebee"),
        {"chargebee": {"schema": "raw_chargebee"}},
        {"raw_chargebee": CHARGEBEE},
        {"links": LINKS},
        okr_metrics_inputs={"customer_links": "links"},
    )


@pytest.mark.parametrize(("trap", "versions"), VERSIONS)
def test_a_chargebee_subscription_is_its_plan_and_addons_cut_where_they_change(
    chargebee: Project, trap: str, versions: list[tuple]
) -> None:
    assert versions_of(chargebee, trap) == versions


def versions_of(project: Project, name: str) -> list[tuple]:
    """Return the versions of a subscription."""
    return text(
        project.query(
            "select status, started_at, ended_at, round(amount, 6)"
            f" from con_chargebee__subscriptions where subscription_id = '{name}' order by 2"
        )
    )


def test_chargebee_amounts_are_of_their_interval(chargebee: Project) -> None:
    found = chargebee.query(
        "select subscription_id, plan, billing_interval, interval_count, currency_code"
        " from con_chargebee__subscriptions where subscription_id in"
        " ('plain', 'yearly', 'half_yearly', 'by_price', 'yen', 'with_addon:support',"
        " 'old_catalogue', 'old_catalogue:seat') order by 1"
    )
    assert text(found) == [
        ("by_price", "Pro", "month", "3", "USD"),
        ("half_yearly", "Pro", "month", "6", "USD"),
        ("old_catalogue", "Gold", "month", "1", "USD"),
        ("old_catalogue:seat", "Seat", "month", "1", "USD"),
        ("plain", "Pro", "month", "1", "USD"),
        ("with_addon:support", "Support USD", "month", "1", "USD"),
        ("yearly", "Pro", "year", "1", "USD"),
        ("yen", "Pro", "month", "1", "JPY"),
    ]


def test_chargebee_says_why_somebody_left(chargebee: Project) -> None:
    found = chargebee.query(
        "select subscription_id, churn_reason from con_chargebee__subscriptions"
        " where churn_reason is not null order by 1"
    )
    assert found == [("left", "Too expensive"), ("unpaid", "not_paid")]


def test_a_deleted_customer_of_chargebee_is_one_and_a_linked_one_another(
    chargebee: Project,
) -> None:
    found = chargebee.query(
        "select customer_id, created_at, country from con_chargebee__customers order by 1"
    )
    assert text(found) == [("c_gone", JANUARY, None), ("c_plain", JANUARY, "DE")]


def test_chargebee_before_coupons(tmp_path: Path) -> None:
    sources = {"chargebee": {"discounts": "gross"}}
    project = connected(tmp_path, sources, {"chargebee": CHARGEBEE})
    assert versions_of(project, "halved") == [("active", JANUARY, None, "99")]


def version(row: dict, start: str, end: str = FOREVER, **changed: str | None) -> dict:
    """Return a row of a table in history mode."""
    active = str(end == FOREVER).lower()
    span = {"_fivetran_start": start, "_fivetran_end": end, "_fivetran_active": active}
    return row | span | changed


RAISED, BACK = subscription("raised"), subscription("back")
GONE = {"status": "cancelled", "cancelled_at": seconds(MARCH), "cancel_reason": "no_card"}
HISTORY = {
    "subscription": [
        version(RAISED, FEBRUARY),
        # found gone a day after it went, and back in May
        version(BACK, JANUARY, "2026-03-02 10:00:00"),
        version(BACK, "2026-03-02 10:00:00", MAY, **GONE),
        version(BACK, MAY),
        version(subscription("dropped"), JANUARY, APRIL),
    ],
    "subscription_item": [
        version(item("raised"), FEBRUARY, MARCH),
        version(item("raised", "max", amount="15000"), MARCH),
        version(item("raised", "support", item_type="addon", amount="1000"), APRIL, MAY),
        version(item("back"), JANUARY),
        version(item("dropped"), JANUARY, APRIL),
    ],
}


def test_versions_of_chargebee_are_those_that_the_loader_kept(tmp_path: Path) -> None:
    project = connected(tmp_path, {"chargebee": {}}, {"chargebee": HISTORY})
    assert versions_of(project, "raised") == [
        ("active", JANUARY, MARCH, "99"),
        ("active", MARCH, APRIL, "150"),
        ("active", APRIL, MAY, "150"),
        ("active", MAY, None, "150"),
    ]
    assert versions_of(project, "raised:support") == [("active", APRIL, MAY, "10")]
    assert versions_of(project, "back") == [
        ("active", JANUARY, MARCH, "99"),
        ("active", MAY, None, "99"),
    ]
    assert versions_of(project, "dropped") == [("active", JANUARY, APRIL, "99")]
    reasons = project.query(
        "select started_at, churn_reason from con_chargebee__subscriptions"
        " where subscription_id = 'back' order by 1"
    )
    assert text(reasons) == [(JANUARY, "no_card"), (MAY, None)]


RATES = """
select date '2026-01-01' as rate_date, 'EUR' as currency_code, 1.2 as rate
union all
select date '2026-01-01', 'JPY', 0.01
"""
COMPANY = {
    "customer": [
        {"id": name, "created_at": seconds(JANUARY), "billing_address_country": "FR"}
        for name in ("a", "b", "c", "d")
    ],
    "subscription": [
        # 1,200 euros a year and 20 euros of support for each bill: 1,220 x 1.2 / 12 = 122
        subscription("a", customer_id="a", currency_code="EUR", billing_period_unit="year"),
        # 10,000 yen a month are 100, until March
        subscription("b", "cancelled", customer_id="b", currency_code="JPY", cancelled_at=MARCH),
        # 99 a month halved by a coupon: 49.5, paid until it ends next year
        subscription("c", "non_renewing", customer_id="c", cancelled_at=NEXT_YEAR),
        # 300 for six months from the end of the trial in February: 50
        subscription("d", customer_id="d", billing_period="6", **TRIAL),
    ],
    "subscription_item": [
        item("a", amount="120000"),
        item("a", "support", item_type="addon", amount="2000"),
        item("a", "setup", item_type="charge", amount="99900"),
        item("b", amount="10000"),
        item("c"),
        item("d", amount="30000"),
    ],
    "coupon": [coupon("half", discount_percentage="50")],
    "subscription_coupon": [{"subscription_id": "c", "coupon_id": "half"}],
}


def test_from_raw_chargebee_to_mrr(tmp_path: Path) -> None:
    project = Project(
        tmp_path / "shop",
        {"exchange_rates": RATES},
        {
            "okr_metrics_sources": {"chargebee": {}},
            "okr_metrics_inputs": {"exchange_rates": "exchange_rates"},
            "okr_metrics_as_of_date": "2026-04-30",
            "okr_metrics_period_grains": ["month"],
        },
    )
    load_rows(project.database, "chargebee", COMPANY)
    project.install()
    built = project.dbt("build", *TABLES)
    assert built.returncode == 0, built.stdout[-3000:]
    found = project.query(
        "select strftime(period_start, '%m'), round(value, 2) from kpi__values"
        " where kpi_id = 'closing_mrr' and dimension = 'total' order by 1"
    )
    assert text(found) == [("01", "271.5"), ("02", "321.5"), ("03", "221.5"), ("04", "221.5")]
