"""Each trap of Stripe's raw tables, as Fivetran lands them, in a subscription of its own."""

import csv
import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Project
from test_connectors import load

JANUARY, FEBRUARY, MARCH, APRIL, MAY = (f"2026-0{month}-01 10:00:00" for month in range(1, 6))
FOREVER = "9999-12-31 23:59:59"
PLANS = [
    {"id": "basic", "product_id": "p", "amount": 5000, "currency": "usd"},
    {"id": "seat", "product_id": "p", "amount": 1500, "currency": "usd"},
    {"id": "yearly", "product_id": "p", "amount": 60000, "currency": "usd", "interval": "year"},
    {"id": "half_year", "product_id": "p", "amount": 60000, "currency": "usd", "count": 6},
    {"id": "yen", "product_id": "p", "amount": 5000, "currency": "jpy"},
    {"id": "dinar", "product_id": "p", "amount": 5000, "currency": "kwd"},
    {"id": "shilling", "product_id": "p", "amount": 5000, "currency": "ugx"},
    {"id": "usage", "product_id": "p", "amount": 7, "currency": "usd", "usage": "metered"},
    {"id": "tiered", "product_id": "p", "amount": "", "currency": "usd"},
]
COUPONS = [
    {"id": "half", "percent_off": 50, "duration": "repeating"},
    {"id": "once", "percent_off": 50, "duration": "once"},
    {"id": "ten_dollars", "amount_off": 1000, "currency": "usd", "duration": "forever"},
    {"id": "ten_euros", "amount_off": 1000, "currency": "eur", "duration": "forever"},
    {"id": "a_hundred_dollars", "amount_off": 10000, "currency": "usd", "duration": "forever"},
    {"id": "a_fifth", "percent_off": 20, "duration": "forever"},
]


def state(name: str, status: str, start: str, end: str = FOREVER, **changed: object) -> dict:
    """Return a row of subscription_history; the subscription began in January."""
    row = {"id": name, "status": status, "_fivetran_start": start, "_fivetran_end": end}
    dates = {"created": JANUARY, "start_date": JANUARY, "ended_at": ""}
    trial = {"trial_start": "", "trial_end": "", "pause_collection_behavior": ""}
    return row | dates | trial | {"customer_id": f"c_{name}", "livemode": True} | changed


def item(name: str, plan: str, quantity: int | str = 1, **changed: object) -> dict:
    """Return a row of subscription_item; its id is that of the subscription and the plan."""
    row = {"id": f"{name} {plan}", "subscription_id": name, "plan_id": plan, "created": JANUARY}
    removed = {"_fivetran_deleted": False, "_fivetran_synced": MAY}
    return row | removed | {"quantity": quantity} | changed


def discount(name: str, coupon: str, start: str = JANUARY, end: str = "") -> dict:
    """Return a row of subscription_discount."""
    return {"subscription_id": name, "coupon_id": coupon, "start": start, "end": end}


def discount_of_customer(name: str, coupon: str, start: str = JANUARY, end: str = "") -> dict:
    """Return a row of discount for all that the customer of a subscription is billed."""
    row = {"subscription_id": "", "invoice_id": "", "coupon_id": coupon}
    return row | {"customer_id": f"c_{name}", "start": start, "end": end}


CANCELLED = {"ended_at": APRIL, "canceled_at": FEBRUARY}
TRIAL = {"trial_start": JANUARY, "trial_end": FEBRUARY}
RAW = {
    "customer": [
        {"id": "c1", "created": JANUARY, "address_country": "DE", "shipping_address_country": "FR"}
        | {"metadata": '{"company size": "big", "size": "no"}', "livemode": True}
        | {"is_deleted": True},
        {"id": "c2", "created": JANUARY, "address_country": "", "shipping_address_country": "FR"}
        | {"metadata": "{}", "livemode": True, "is_deleted": False},
        {"id": "test", "created": JANUARY, "address_country": "DE", "livemode": False}
        | {"shipping_address_country": "", "metadata": "", "is_deleted": False},
    ],
    "product": [{"id": "p", "name": "Pro"}],
    "plan": [
        {
            **{name: plan[name] for name in ("id", "product_id", "amount", "currency")},
            "interval": plan.get("interval", "month"),
            "interval_count": plan.get("count", 1),
            "usage_type": plan.get("usage", "licensed"),
            "nickname": f"the {plan['id']}",
        }
        for plan in PLANS
    ],
    "coupon": [
        dict.fromkeys(["percent_off", "amount_off", "currency"], "") | coupon for coupon in COUPONS
    ],
    "subscription_history": [
        state("two_items", "active", JANUARY),
        state("trial", "trialing", JANUARY, FEBRUARY, **TRIAL),
        state("trial", "active", FEBRUARY, **TRIAL),
        state("old_trial", "active", MARCH, **TRIAL),
        state("at_period_end", "active", JANUARY, FEBRUARY),
        state("at_period_end", "active", FEBRUARY, APRIL, cancel_at=APRIL),
        state("at_period_end", "canceled", APRIL, **CANCELLED),
        state("gone_before", "canceled", MAY, **CANCELLED),
        state("coupon_ends", "active", JANUARY),
        state("coupon_once", "active", JANUARY),
        state("coupon_spread", "active", JANUARY),
        state("coupon_yearly", "active", JANUARY),
        state("coupon_abroad", "active", JANUARY),
        state("coupon_above", "active", JANUARY),
        state("two_coupons", "active", JANUARY),
        state("prices", "active", JANUARY),
        state("paused", "active", JANUARY, MARCH),
        state("paused", "active", MARCH, APRIL, pause_collection_behavior="void"),
        state("paused", "active", APRIL),
        state("incomplete", "incomplete", JANUARY, FEBRUARY),
        state("incomplete", "incomplete_expired", FEBRUARY),
        state("backdated", "active", MARCH, created=MARCH, start_date=JANUARY),
        state("backfilled", "active", MARCH),
        state("late", "past_due", JANUARY),
        state("test_clock", "active", JANUARY, livemode=False),
        state("grows", "active", JANUARY),
        state("of_customer", "active", JANUARY),
        state("second", "active", JANUARY, customer_id="c_of_customer"),
        state("own_wins", "active", JANUARY),
    ],
    "subscription_item": [
        item("two_items", "basic"),
        item("two_items", "seat", 4),
        item("backdated", "basic", created=MARCH),
        item("grows", "basic", _fivetran_deleted=True, _fivetran_synced=APRIL),
        item("grows", "seat", created=MARCH),
        *(item("prices", plan["id"]) for plan in PLANS),
        item("prices", "basic", 0, id="none"),
        *(
            item(name, "basic")
            for name in ["trial", "old_trial", "at_period_end", "gone_before", "coupon_ends"]
        ),
        *(item(name, "basic") for name in ["coupon_once", "coupon_spread", "coupon_abroad"]),
        item("coupon_spread", "seat", 10),
        item("coupon_yearly", "yearly"),
        *(item(name, "basic") for name in ["coupon_above", "two_coupons", "paused", "incomplete"]),
        *(item(name, "basic") for name in ["backfilled", "late", "test_clock"]),
        *(item(name, "basic") for name in ["of_customer", "second", "own_wins"]),
    ],
    "subscription_discount": [
        discount("coupon_ends", "half", FEBRUARY, APRIL),
        discount("coupon_once", "once"),
        discount("coupon_spread", "ten_dollars"),
        discount("coupon_yearly", "ten_dollars"),
        discount("coupon_abroad", "ten_euros"),
        discount("coupon_above", "a_hundred_dollars"),
        discount("two_coupons", "half"),
        discount("own_wins", "a_fifth", FEBRUARY, MARCH),
        discount("two_coupons", "a_fifth"),
    ],
    "discount": [
        discount_of_customer("of_customer", "half", FEBRUARY, APRIL),
        discount_of_customer("own_wins", "half"),
        discount_of_customer("two_items", "once"),
        # of one invoice, and of a subscription, which has it in a table of its own
        discount_of_customer("two_items", "half") | {"invoice_id": "paid"},
        discount_of_customer("late", "half") | {"subscription_id": "late"},
    ],
}
Versions = dict[str, list[tuple]]


def write(folder: Path, schema: str, tables: dict[str, list[dict]]) -> Path:
    """Write raw tables as files <schema>.<table>.csv; a row may lack columns that others have."""
    folder.mkdir(exist_ok=True, parents=True)
    for table, rows in tables.items():
        columns = list(dict.fromkeys(name for row in rows for name in row))
        with (folder / f"{schema}.{table}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def read(
    folder: Path,
    raw: dict[str, list[dict]],
    models: dict[str, str] | None = None,
    variables: dict | None = None,
    **settings: object,
) -> Project:
    """Return a project with these raw tables, and the connector's views on them."""
    named = {"okr_metrics_sources": {"stripe": settings}}
    project = Project(folder / "shop", models or {}, named | (variables or {}))
    load(project.database, write(folder / "raw", "stripe", raw))
    project.install()
    ran = project.dbt("run", "--select", "+okr_metrics.connectors.stripe")
    assert ran.returncode == 0, ran.stdout[-3000:]
    return project


def versions_of(project: Project) -> Versions:
    """Return {item: [(status, first day, last day, amount)]}."""
    found = defaultdict(list)
    for name, *version in project.query(
        "select subscription_id, status, strftime(started_at, '%Y-%m-%d %H:%M:%S'),"
        " strftime(ended_at, '%Y-%m-%d %H:%M:%S'), cast(amount as double)"
        " from con_stripe__subscriptions order by 1, 3"
    ):
        found[name].append(tuple(version))
    return dict(found)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project that reads the tables above."""
    return read(tmp_path_factory.mktemp("stripe"), RAW, segment_key="company size")


@pytest.fixture(scope="module")
def versions(project: Project) -> Versions:
    """Return what the connector makes of them."""
    return versions_of(project)


def test_two_items_of_a_subscription_run_side_by_side(project: Project, versions: Versions) -> None:
    assert versions["two_items basic"] == [("active", JANUARY, None, 50)]
    assert versions["two_items seat"] == [("active", JANUARY, None, 15)]
    (quantity,) = project.query(
        "select quantity from con_stripe__subscriptions where subscription_id = 'two_items seat'"
    )
    assert quantity == (4,)


def test_a_trial_is_no_paid_time(versions: Versions) -> None:
    assert versions["trial basic"] == [
        ("trialing", JANUARY, FEBRUARY, 50),
        ("active", FEBRUARY, None, 50),
    ]


def test_a_trial_before_the_first_load_is_cut_off_what_was_paid(versions: Versions) -> None:
    assert versions["old_trial basic"] == versions["trial basic"]


def test_what_is_cancelled_at_the_period_end_is_paid_until_then(versions: Versions) -> None:
    """Three rows of history: the click in between changes nothing."""
    assert versions["at_period_end basic"] == [
        ("active", JANUARY, FEBRUARY, 50),
        ("active", FEBRUARY, APRIL, 50),
    ]


def test_what_was_cancelled_before_the_first_load_has_its_time(versions: Versions) -> None:
    assert versions["gone_before basic"] == [("cancelled", JANUARY, APRIL, 50)]


def test_a_coupon_counts_from_its_start_to_its_end(versions: Versions) -> None:
    assert versions["coupon_ends basic"] == [
        ("active", JANUARY, FEBRUARY, 50),
        ("active", FEBRUARY, APRIL, 25),
        ("active", APRIL, None, 50),
    ]


def test_a_coupon_for_one_invoice_changes_no_mrr(versions: Versions) -> None:
    assert versions["coupon_once basic"] == [("active", JANUARY, None, 50)]


def test_an_amount_off_is_spread_over_items_by_what_they_cost(versions: Versions) -> None:
    """10 off 50 + 10 x 15 = 200: a twentieth off each."""
    assert versions["coupon_spread basic"] == [("active", JANUARY, None, 47.5)]
    assert versions["coupon_spread seat"] == [("active", JANUARY, None, 14.25)]


def test_an_amount_off_is_off_each_invoice_not_off_each_month(versions: Versions) -> None:
    assert versions["coupon_yearly yearly"] == [("active", JANUARY, None, 590)]


def test_a_coupon_in_another_currency_takes_nothing_off(versions: Versions) -> None:
    assert versions["coupon_abroad basic"] == [("active", JANUARY, None, 50)]


def test_an_amount_off_above_the_price_leaves_nothing(versions: Versions) -> None:
    assert versions["coupon_above basic"] == [("active", JANUARY, None, 0)]


def test_two_coupons_are_taken_off_one_after_the_other(versions: Versions) -> None:
    """50 x 0.5 x 0.8."""
    assert versions["two_coupons basic"] == [("active", JANUARY, None, pytest.approx(20))]


def test_a_coupon_of_a_customer_is_taken_off_each_of_their_subscriptions(
    versions: Versions,
) -> None:
    for name in ("of_customer", "second"):
        assert versions[f"{name} basic"] == [
            ("active", JANUARY, FEBRUARY, 50),
            ("active", FEBRUARY, APRIL, 25),
            ("active", APRIL, None, 50),
        ]


def test_a_coupon_of_a_subscription_wins_over_the_customers(versions: Versions) -> None:
    """A half off throughout, but for the month in which a fifth is."""
    assert versions["own_wins basic"] == [
        ("active", JANUARY, FEBRUARY, 25),
        ("active", FEBRUARY, MARCH, 40),
        ("active", MARCH, None, 25),
    ]


def test_a_coupon_of_an_invoice_changes_no_mrr(versions: Versions) -> None:
    assert versions["late basic"] == [("past_due", JANUARY, None, 50)]
    assert versions["two_items basic"] == [("active", JANUARY, None, 50)]


def test_an_interval_of_six_months_keeps_its_count(project: Project) -> None:
    found = project.query(
        "select cast(amount as double), billing_interval, interval_count"
        " from con_stripe__subscriptions where subscription_id like 'prices %year%' order by 2"
    )
    assert found == [(600, "month", 6), (600, "year", 1)]


@pytest.mark.parametrize(
    ("plan", "amount"), [("basic", 50), ("yen", 5000), ("dinar", 5), ("shilling", 50)]
)
def test_minor_units_are_those_of_the_currency(
    versions: Versions, plan: str, amount: float
) -> None:
    assert versions[f"prices {plan}"] == [("active", JANUARY, None, amount)]


def test_a_metered_price_has_no_version(versions: Versions) -> None:
    assert "prices usage" not in versions and "prices basic" in versions


def test_a_tiered_price_has_no_amount_that_could_be_taken_for_one(versions: Versions) -> None:
    """Staging rejects the row: amount is missing."""
    assert versions["prices tiered"] == [("active", JANUARY, None, None)]


def test_a_quantity_of_none_stays_none(project: Project) -> None:
    (quantity,) = project.query(
        "select quantity from con_stripe__subscriptions where subscription_id = 'none'"
    )
    assert quantity == (0,)


def test_a_pause_of_collection_is_a_pause(versions: Versions) -> None:
    assert versions["paused basic"] == [
        ("active", JANUARY, MARCH, 50),
        ("paused", MARCH, APRIL, 50),
        ("active", APRIL, None, 50),
    ]


def test_what_was_never_paid_for_first_has_no_version(versions: Versions) -> None:
    assert "incomplete basic" not in versions


def test_a_start_that_is_dated_back_counts(versions: Versions) -> None:
    assert versions["backdated basic"] == [("active", JANUARY, None, 50)]


def test_a_subscription_starts_before_the_first_load(versions: Versions) -> None:
    assert versions["backfilled basic"] == [("active", JANUARY, None, 50)]


def test_what_is_past_due_stays_so(versions: Versions) -> None:
    assert versions["late basic"] == [("past_due", JANUARY, None, 50)]


def test_rows_of_test_mode_are_left_out(project: Project, versions: Versions) -> None:
    assert "test_clock basic" not in versions
    customers = project.query("select customer_id from con_stripe__customers order by 1")
    assert customers == [("c1",), ("c2",)]


def test_an_item_counts_from_the_day_it_was_added_to_the_day_it_was_removed(
    versions: Versions,
) -> None:
    assert versions["grows basic"] == [
        ("active", JANUARY, MARCH, 50),
        ("active", MARCH, APRIL, 50),
    ]
    assert versions["grows seat"] == [("active", MARCH, APRIL, 15), ("active", APRIL, None, 15)]


def test_customers_have_a_country_and_the_segment_of_their_metadata(project: Project) -> None:
    """One is deleted, and what they paid still counts."""
    assert project.query("select customer_id, country, segment from con_stripe__customers") == [
        ("c1", "DE", "big"),
        ("c2", "FR", None),
    ]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose account has prices, no history, no coupons, and few columns."""
    subscription = {
        "id": "s",
        "customer_id": "c1",
        "status": "active",
        "start_date": JANUARY,
        "created": JANUARY,
    }
    price = {"id": "gold", "product_id": "p", "unit_amount": 1999, "currency": "usd"}
    recurring = {"recurring_interval": "month", "recurring_interval_count": 1}
    raw = {
        "customer": [{"id": "c1", "created": JANUARY}],
        "subscription": [subscription],
        "subscription_item": [
            {"id": "i", "subscription_id": "s", "price_id": "gold", "created": JANUARY}
        ],
        "price": [price | recurring | {"nickname": "Gold"}],
        "product": [{"id": "p", "name": "Pro"}],
    }
    return read(tmp_path_factory.mktemp("plain"), raw, plan_name="price_nickname")


def test_absent_tables_are_empty_and_absent_columns_null(plain: Project) -> None:
    assert versions_of(plain) == {"i": [("active", JANUARY, None, 19.99)]}
    customers = plain.query("select customer_id, country, segment from con_stripe__customers")
    assert customers == [("c1", None, None)]


def test_the_plan_is_called_as_the_setting_says(project: Project, plain: Project) -> None:
    plans = "select distinct plan from con_stripe__subscriptions"
    assert project.query(plans) == [("Pro",)]
    assert plain.query(plans) == [("Gold",)]


def test_coupons_can_be_left_on(tmp_path: Path) -> None:
    gross = versions_of(read(tmp_path, RAW, discounts="gross"))
    assert {version[-1] for version in gross["coupon_ends basic"]} == {50}
    assert gross["coupon_spread seat"] == [("active", JANUARY, None, 15)]


FEBRUARY_15, FEBRUARY_20 = "2026-02-15 10:00:00", "2026-02-20 10:00:00"


def line(name: str, plan: str, start: str, end: str, **changed: object) -> dict:
    """Return a line of an invoice that was paid, for one unit of an item."""
    row = {"id": f"{name} {plan} {start}", "invoice_id": "paid", "subscription_id": name}
    whose = {"subscription_item_id": f"{name} item", "price_id": plan, "quantity": 1}
    amount = {"amount": 5000, "unit_amount_excluding_tax": "", "proration": False}
    return row | whose | amount | {"period_start": start, "period_end": end} | changed


def billed(name: str, plan: str, *periods: tuple) -> list[dict]:
    """Return lines for months that follow one another."""
    return [line(name, plan, start, end) for start, end in periods]


MONTHS = [(JANUARY, FEBRUARY), (FEBRUARY, MARCH), (MARCH, APRIL), (APRIL, MAY)]
NAMES = [
    *("billed_alike", "upgraded", "within", "gap", "tiered_bill", "changed_now", "gone_item"),
    *("voided", "own_price", "given_back", "twice_within", "tiered_within"),
    *("paused_since", "given_up"),
]


def invoiced_account() -> dict[str, list[dict]]:
    """Return the raw tables of an account whose invoices were loaded too."""
    now = {"upgraded": "seat", "within": "seat", "changed_now": "seat", "tiered_bill": "tiered"}
    now |= {"tiered_within": "tiered"}
    of_three = {"tiered_bill", "tiered_within"}
    lines = [
        *billed("billed_alike", "basic", *MONTHS),
        *billed("upgraded", "basic", *MONTHS[:2]),
        *billed("upgraded", "seat", *MONTHS[2:]),
        *billed("within", "basic", *MONTHS[:2]),
        *billed("within", "seat", *MONTHS[2:]),
        # what was unused of the old price, and what is left of the month of the new
        line("within", "basic", FEBRUARY_15, MARCH, amount=-2500, proration=True),
        line("within", "seat", FEBRUARY_15, MARCH, amount=750, proration=True),
        *billed("twice_within", "basic", *MONTHS[:2]),
        line("twice_within", "basic", FEBRUARY_15, MARCH, amount=-2500, proration=True),
        line("twice_within", "seat", FEBRUARY_15, MARCH, amount=750, proration=True),
        line("twice_within", "seat", FEBRUARY_20, MARCH, amount=-500, proration=True),
        line("twice_within", "basic", FEBRUARY_20, MARCH, amount=1700, proration=True)
        | {"id": "twice_within again", "unit_amount_excluding_tax": "1700"},
        *billed("tiered_within", "basic", *MONTHS[:2]),
        line(
            "tiered_within", "tiered", FEBRUARY_15, MARCH, amount=4500, proration=True, quantity=3
        ),
        line("tiered_within", "tiered", *MONTHS[2], amount=9000, quantity=3),
        *billed("gap", "basic", MONTHS[0], MONTHS[3]),
        line("tiered_bill", "tiered", *MONTHS[0], amount=9000, quantity=3),
        *billed("changed_now", "basic", *MONTHS[:2]),
        *billed("gone_item", "basic", *MONTHS[:2]),
        *billed("given_back", "basic", *MONTHS[:2]),
        line("given_back", "basic", FEBRUARY_15, MARCH, amount=-2500, proration=True),
        *billed("voided", "basic", *MONTHS[:2]),
        line("voided", "seat", *MONTHS[2], invoice_id="void"),
        *billed("paused_since", "basic", *MONTHS[:2]),
        line("paused_since", "basic", *MONTHS[2], invoice_id="void"),
        *billed("given_up", "basic", *MONTHS[:2]),
        line("given_up", "basic", *MONTHS[2], invoice_id="uncollectible"),
        line("own_price", "basic", *MONTHS[0], unit_amount_excluding_tax="4000"),
        line("own_price", "basic", *MONTHS[1], unit_amount_excluding_tax="4500"),
    ]
    return RAW | {
        "subscription_history": [
            state(name, "active", JANUARY)
            | {"pause_collection_behavior": "void" if name in ("paused_since", "given_up") else ""}
            for name in NAMES
        ],
        "subscription_item": [
            item(name, now.get(name, "basic"), 3 if name in of_three else 1, id=f"{name} item")
            for name in NAMES
            if name not in ("gone_item", "given_back")
        ],
        "subscription_discount": RAW["subscription_discount"][:1],
        "invoice": [{"id": name, "status": name} for name in ("paid", "void", "uncollectible")],
        "invoice_line_item": lines,
    }


@pytest.fixture(scope="module")
def billed_versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """Return what the connector makes of that account."""
    return versions_of(read(tmp_path_factory.mktemp("stripe_invoices"), invoiced_account()))


@pytest.mark.parametrize(
    ("trap", "versions"),
    [
        ("billed_alike", [(JANUARY, None, 50)]),
        ("upgraded", [(JANUARY, MARCH, 50), (MARCH, None, 15)]),
        ("within", [(JANUARY, FEBRUARY_15, 50), (FEBRUARY_15, None, 15)]),
        # of two changes within a month both count, each at the price of a whole month
        (
            "twice_within",
            [(JANUARY, FEBRUARY_15, 50), (FEBRUARY_15, FEBRUARY_20, 15), (FEBRUARY_20, None, 50)],
        ),
        ("tiered_within", [(JANUARY, FEBRUARY_15, 50), (FEBRUARY_15, None, 30)]),
        ("gap", [(JANUARY, None, 50)]),
        ("tiered_bill", [(JANUARY, None, 30)]),
        # from the end of what was billed last
        ("changed_now", [(JANUARY, MARCH, 50), (MARCH, None, 15)]),
        ("gone_item", [(JANUARY, MARCH, 50)]),
        ("given_back", [(JANUARY, FEBRUARY_15, 50)]),
        ("voided", [(JANUARY, None, 50)]),
        ("own_price", [(JANUARY, FEBRUARY, 40), (FEBRUARY, None, 45)]),
    ],
)
def test_versions_of_an_item_are_what_was_billed(
    billed_versions: Versions, trap: str, versions: list[tuple]
) -> None:
    found = [(*days, amount) for _, *days, amount in billed_versions[f"{trap} item"]]
    assert found == versions


@pytest.mark.parametrize("trap", ["paused_since", "given_up"])
def test_a_pause_that_was_there_at_the_first_load_is_none_of_what_was_paid(
    billed_versions: Versions, trap: str
) -> None:
    assert billed_versions[f"{trap} item"] == [
        ("active", JANUARY, MARCH, 50),
        ("paused", MARCH, None, 50),
    ]


# AIRBYTE: one table a stream of the API, objects left as JSON, seconds since 1970


def epoch(moment: str) -> int | None:
    """Return a moment of the tables above as Stripe's API has it."""
    if not moment:
        return None
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


def without(row: dict, *names: str) -> dict:
    """Return a row without some of its columns."""
    return {name: value for name, value in row.items() if name not in names}


def as_airbyte(raw: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """Return tables of Fivetran's, of subscriptions without history, as Airbyte lands them.

    Each row has a copy of an earlier load, which says something else.
    """
    coupons = {row["id"]: row for row in raw["coupon"]}
    of_customers = {
        row["customer_id"]: row
        for row in raw.get("discount", [])
        if not row["subscription_id"] and not row["invoice_id"]
    }
    discounts = {row["subscription_id"]: row for row in raw["subscription_discount"]}

    def discount_of(row: dict | None) -> str | None:
        if row is None:
            return None
        moments = {"start": epoch(row["start"]), "end": epoch(row["end"])}
        # what a deleted coupon was is known here alone
        coupon = {name: value for name, value in coupons[row["coupon_id"]].items() if value != ""}
        return json.dumps({"id": "di", "coupon": coupon} | moments)

    def pause_of(row: dict) -> str | None:
        behavior = row["pause_collection_behavior"]
        return json.dumps({"behavior": behavior, "resumes_at": None}) if behavior else None

    tables = {
        "customers": [
            {"id": row["id"], "created": epoch(row["created"]), "livemode": row["livemode"]}
            | {"address": json.dumps({"country": row["address_country"], "city": "x"})}
            | {"shipping": json.dumps({"address": {"country": row["shipping_address_country"]}})}
            | {"metadata": row["metadata"], "discount": discount_of(of_customers.get(row["id"]))}
            for row in raw["customer"]
        ],
        "subscriptions": [
            {"id": row["id"], "customer": row["customer_id"], "status": row["status"]}
            | {name: epoch(row[name]) for name in ("created", "start_date", "ended_at")}
            | {name: epoch(row[name]) for name in ("trial_start", "trial_end")}
            | {"pause_collection": pause_of(row), "livemode": row["livemode"]}
            | {"discount": discount_of(discounts.get(row["id"]))}
            for row in raw["subscription"]
        ],
        "subscription_items": [
            {"id": row["id"], "subscription": row["subscription_id"], "quantity": row["quantity"]}
            | {"price": json.dumps({"id": row["plan_id"], "object": "price"})}
            | {"created": epoch(row["created"]), "is_deleted": row["_fivetran_deleted"]}
            for row in raw["subscription_item"]
        ],
        "prices": [
            {"id": row["id"], "product": row["product_id"], "currency": row["currency"]}
            | {"unit_amount": row["amount"], "nickname": row["nickname"]}
            | {
                "recurring": json.dumps(
                    {"interval": row["interval"], "interval_count": row["interval_count"]}
                    | {"usage_type": row["usage_type"]}
                )
            }
            for row in raw["plan"]
        ]
        + [
            {"id": row["id"], "product": row["product_id"], "currency": row["currency"]}
            for row in raw.get("price", [])
            # a plan is a price
            if row["id"] not in {plan["id"] for plan in raw["plan"]}
        ],
        "products": raw["product"],
        "coupons": [row for row in coupons.values() if row["id"] != "ten_dollars"],
        "invoices": [
            {name: row[name] for name in ("id", "status")}
            | {name: row.get(name) for name in ("currency", "subtotal", "total", "tax")}
            | {"customer": row.get("customer_id"), "livemode": row.get("livemode", True)}
            | {"charge": row.get("charge_id"), "payment_intent": row.get("payment_intent_id")}
            | {"created": epoch(row.get("created", "")), "is_deleted": row.get("is_deleted", False)}
            | {
                "status_transitions": json.dumps(
                    {"finalized_at": epoch(row.get("finalized_at", "")), "paid_at": None}
                )
            }
            for row in raw["invoice"]
        ],
        "refunds": [
            without(row, "charge_id", "payment_intent_id", "created")
            | {"charge": row["charge_id"], "payment_intent": row["payment_intent_id"]}
            | {"created": epoch(row["created"])}
            for row in raw.get("refund", [])
        ],
        "charges": [
            {"id": row["id"], "invoice": row["invoice_id"]} for row in raw.get("charge", [])
        ],
        "credit_notes": [
            without(row, "invoice_id", "refund_id", "created")
            | {"invoice": row["invoice_id"], "refund": row["refund_id"]}
            | {"created": epoch(row["created"])}
            for row in raw.get("credit_note", [])
        ],
        "invoice_line_items": [
            {"id": row["id"], "invoice_id": row["invoice_id"], "quantity": row["quantity"]}
            | {"subscription": row["subscription_id"], "amount": row["amount"]}
            | {"type": row.get("type")}
            | {"subscription_item": row["subscription_item_id"], "proration": row["proration"]}
            | {"unit_amount_excluding_tax": row["unit_amount_excluding_tax"]}
            | {"price": json.dumps({"id": row["price_id"]})}
            | {
                "period": json.dumps(
                    {"start": epoch(row["period_start"]), "end": epoch(row["period_end"])}
                )
            }
            for row in raw["invoice_line_item"]
        ],
    }
    tables = {name: rows for name, rows in tables.items() if rows}
    old = {"status": "void", "livemode": False, "unit_amount": 1, "quantity": 7}
    return {
        table: [
            copy
            for row in rows
            for copy in (
                row | {"_airbyte_extracted_at": MAY},
                row
                | {name: value for name, value in old.items() if name in row}
                | {"_airbyte_extracted_at": FEBRUARY},
            )
        ]
        for table, rows in tables.items()
    }


def account_of_now() -> dict[str, list[dict]]:
    """Return all of the above as an account has it whose subscriptions have no history."""
    invoiced = invoiced_account()
    now = {row["id"]: row for row in RAW["subscription_history"] + invoiced["subscription_history"]}
    raw = RAW | {
        "subscription": list(now.values()),
        "subscription_item": [
            row
            for row in RAW["subscription_item"] + invoiced["subscription_item"]
            if not row["_fivetran_deleted"]
        ],
        "customer": [
            *RAW["customer"],
            *(RAW["customer"][1] | {"id": f"c_{name}"} for name in ("of_customer", "own_wins")),
        ],
        # one coupon a subscription, as the API of before 2025 has it
        "subscription_discount": RAW["subscription_discount"][:-1],
        "invoice": invoiced["invoice"],
        "invoice_line_item": invoiced["invoice_line_item"],
    }
    del raw["subscription_history"]
    return raw


SALES_LINES = [
    line("buys", "basic", FEBRUARY, MARCH, invoice_id="set_up", type="subscription"),
    line("leaves", "basic", FEBRUARY, MARCH, invoice_id="left", type="subscription"),
    *(
        line("buys", "", FEBRUARY, FEBRUARY, id=name, invoice_id=invoice)
        | {"subscription_item_id": "", "type": "invoiceitem", "amount": amount}
        | {"subscription_id": ""}
        | changed
        for name, invoice, amount, changed in [
            # on the first invoice of a subscription
            ("fee", "set_up", 10000, {"price_id": "fee", "quantity": 2, "subscription_id": "buys"}),
            ("buys 1", "bought", 2000, {}),
            ("buys 2", "tax_within", 1190, {}),
            ("buys 3", "yen", 500, {}),
            ("buys 4", "changed", 700, {"proration": True, "subscription_id": "buys"}),
            *((f"of {name}", name, 900, {}) for name in ("draft", "void", "written_off", "test")),
            ("of gone", "gone", 900, {}),
        ]
    ),
]


def invoice(name: str, total: int, subtotal: int, tax: int = 0, **changed: object) -> dict:
    """Return an invoice of the customer who buys, finalized a month after it was made."""
    row = {"id": name, "status": "paid", "customer_id": "c_buys", "currency": "usd"}
    money = {"total": total, "subtotal": subtotal, "tax": tax, "livemode": True}
    paid = {"charge_id": "", "payment_intent_id": f"pi_{name}", "is_deleted": False}
    return row | money | paid | {"created": JANUARY, "finalized_at": FEBRUARY} | changed


def refund(name: str, amount: int, invoice_id: str, **changed: object) -> dict:
    """Return a refund of the charge of an invoice."""
    row = {"id": name, "amount": amount, "charge_id": f"ch_{invoice_id}", "currency": "usd"}
    return row | {"status": "succeeded", "created": MARCH, "payment_intent_id": ""} | changed


def credit_note(name: str, amount: int, invoice_id: str, **changed: object) -> dict:
    """Return a credit note of an invoice."""
    row = {"id": name, "amount": amount, "invoice_id": invoice_id, "currency": "usd"}
    return row | {"refund_id": "", "created": MARCH, "status": "issued"} | changed


def with_sales(raw: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """Return an account with invoices of what is of no subscription, and with what was paid back.

    One customer buys, and another left in the middle of a month that was billed.
    """
    states = "subscription_history" if "subscription_history" in raw else "subscription"
    sales = {
        states: [
            state("buys", "active", JANUARY),
            state("leaves", "canceled", JANUARY, ended_at=FEBRUARY_15),
        ],
        "subscription_item": [item("buys", "basic"), item("leaves", "basic")],
        "product": [{"id": "fee", "name": "Set-up"}],
        "price": [{"id": "fee", "product_id": "fee", "currency": "usd"}],
        "invoice": [
            # a tenth off all of it
            invoice("set_up", 13500, 15000),
            invoice("bought", 2380, 2000, tax=380, status="open"),
            invoice("tax_within", 1190, 1190, tax=190),
            invoice("yen", 500, 500, currency="jpy", charge_id="ch_yen"),
            invoice("changed", 700, 700),
            invoice("draft", 900, 900, status="draft"),
            invoice("void", 900, 900, status="void"),
            invoice("written_off", 900, 900, status="uncollectible"),
            invoice("test", 900, 900, livemode=False),
            invoice("gone", 900, 900, is_deleted=True),
            invoice("left", 5000, 5000, customer_id="c_leaves"),
        ],
        "invoice_line_item": SALES_LINES,
        "charge": [
            *({"id": f"ch_{name}", "invoice_id": name} for name in ("set_up", "left")),
            {"id": "ch_bought", "invoice_id": ""},
            {"id": "ch_shop", "invoice_id": ""},
        ],
        "refund": [
            refund("half", 6750, "set_up"),
            refund("failed", 6750, "set_up", status="failed"),
            refund("by_intent", 1190, "bought", payment_intent_id="pi_bought"),
            refund("of_shop", 4000, "shop", payment_intent_id="pi_shop"),
            refund("first", 2000, "left", created=FEBRUARY_15),
            refund("second", 3000, "left"),
            refund("of_note", 100, "yen", currency="jpy"),
        ],
        "credit_note": [
            credit_note("credited", 595, "tax_within"),
            credit_note("paid_out", 100, "yen", currency="jpy", refund_id="of_note"),
            credit_note("void_note", 500, "set_up", status="void"),
        ],
    }
    # the account has a void invoice already
    names = {row["id"] for row in raw.get("invoice", [])}
    sales["invoice"] = [row for row in sales["invoice"] if row["id"] not in names]
    return raw | {name: [*raw.get(name, []), *rows] for name, rows in sales.items()}
