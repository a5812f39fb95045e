"""Traps of sources that the company of ../shared doesn't have, with raw rows written by hand."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from conftest import Project

JANUARY, FEBRUARY, MARCH, APRIL = (f"2026-0{month}-01 10:00:00" for month in range(1, 5))
FEBRUARY_15 = "2026-02-15 10:00:00"


def load_rows(database: Path, schema: str, tables: dict[str, list[dict]]) -> None:
    """Load rows as texts; a column that a row doesn't have is null."""
    with duckdb.connect(database) as warehouse:
        warehouse.execute(f"create schema if not exists {schema}")
        for table, rows in tables.items():
            columns = list(dict.fromkeys(column for row in rows for column in row))
            listed = ", ".join(f'"{column}" varchar' for column in columns)
            warehouse.execute(f'create table {schema}."{table}" ({listed})')
            marks = ", ".join("?" for _ in columns)
            for row in rows:
                values = [row.get(column) for column in columns]
                warehouse.execute(f'insert into {schema}."{table}" values ({marks})', values)


def connected(
    folder: Path,
    sources: dict[str, dict],
    raw: dict[str, dict[str, list[dict]]],
    models: dict[str, str] | None = None,
    **settings: object,
) -> Project:
    """Return a project that names sources, with their views built."""
    given = {"okr_metrics_sources": sources, "okr_metrics_as_of_date": "2026-06-30"}
    project = Project(folder / "shop", models or {}, given | settings)
    for schema, tables in raw.items():
        load_rows(project.database, schema, tables)
    project.install()
    built = project.dbt("run", "--select", "okr_metrics.connectors", *(models or {}))
    assert built.returncode == 0, built.stdout[-3000:]
    return project


def text(rows: Iterable[tuple]) -> list[tuple]:
    """Return rows with days and numbers as texts."""
    return [tuple(cell if cell is None else short(cell) for cell in row) for row in rows]


def short(cell: object) -> str:
    """Return a number without decimals that say nothing, and anything else as its text."""
    return f"{cell:f}".rstrip("0").rstrip(".") if isinstance(cell, Decimal) else str(cell)


# RECURLY ---------------------------------------------------------------------------------------


def recurly_state(name: str, state: str, updated: str, **changed: object) -> dict:
    """Return a row of subscription_history, of a subscription that began in January."""
    row = {"id": name, "account_id": f"a_{name}", "plan_id": "p", "state": state}
    dates = {
        "updated_at": updated,
        "created_at": JANUARY,
        "activated_at": JANUARY,
        "expires_at": None,
    }
    trial = {"trial_started_at": None, "trial_ends_at": None, "expiration_reason": None}
    money = {"currency": "usd", "unit_amount": "99.0", "quantity": "1", "add_ons_total": "0.0"}
    return row | dates | trial | money | changed


TRIAL = {"trial_started_at": JANUARY, "trial_ends_at": FEBRUARY}
NONPAYMENT = {"expires_at": APRIL, "expiration_reason": "nonpayment"}
RECURLY = {
    "account_history": [
        {"id": "a", "created_at": JANUARY, "updated_at": JANUARY, "account_country": "DE"},
        {"id": "a", "created_at": JANUARY, "updated_at": MARCH, "account_country": "FR"},
        {"id": "closed", "created_at": JANUARY, "updated_at": JANUARY, "deleted_at": MARCH},
    ],
    "plan_history": [
        {
            "id": "p",
            "updated_at": JANUARY,
            "code": "pro",
            "name": "Old name",
            "interval_unit": "months",
        }
        | {"interval_length": "1"},
        {
            "id": "p",
            "updated_at": MARCH,
            "code": "pro",
            "name": "Pro",
            "interval_unit": "months",
        }
        | {"interval_length": "1"},
        {"id": "year", "updated_at": JANUARY, "code": "year", "interval_unit": "months"}
        | {"interval_length": "12"},
        {"id": "days", "updated_at": JANUARY, "code": "days", "interval_unit": "days"}
        | {"interval_length": "30"},
    ],
    "subscription_history": [
        recurly_state("backfilled", "active", MARCH),
        # cancelled in February, paid until April
        recurly_state("cancelled", "active", JANUARY),
        recurly_state("cancelled", "canceled", FEBRUARY, expires_at=APRIL),
        recurly_state("cancelled", "expired", "2026-04-01 10:05:00", expires_at=APRIL),
        recurly_state("still_paid", "active", JANUARY),
        recurly_state("still_paid", "canceled", FEBRUARY, expires_at="2026-12-01 10:00:00"),
        recurly_state("raised", "active", JANUARY),
        recurly_state("raised", "active", MARCH, quantity="3", add_ons_total="10.5"),
        recurly_state("tried", "active", JANUARY, **TRIAL),
        recurly_state("paused", "active", JANUARY),
        recurly_state("paused", "paused", FEBRUARY),
        recurly_state("paused", "active", MARCH),
        recurly_state("unpaid", "active", JANUARY),
        recurly_state("unpaid", "expired", APRIL, **NONPAYMENT),
        # both states of it came within a minute
        recurly_state("gone", "expired", FEBRUARY_15, expires_at=FEBRUARY),
        recurly_state("to_come", "future", JANUARY),
        recurly_state("failed", "failed", JANUARY),
        recurly_state("yearly", "active", JANUARY, plan_id="year", currency="EUR"),
        recurly_state("by_days", "active", JANUARY, plan_id="days"),
    ],
}


@pytest.fixture(scope="module")
def recurly(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the views of a Recurly site with one trap a subscription."""
    folder = tmp_path_factory.mktemp("recurly")
    return connected(folder, {"recurly": {"schema": "raw_recurly"}}, {"raw_recurly": RECURLY})


@pytest.mark.parametrize(
    ("trap", "versions"),
    [
        ("backfilled", [("active", JANUARY, None, "99")]),
        ("cancelled", [("active", JANUARY, FEBRUARY, "99"), ("active", FEBRUARY, APRIL, "99")]),
        ("still_paid", [("active", JANUARY, FEBRUARY, "99"), ("active", FEBRUARY, None, "99")]),
        ("raised", [("active", JANUARY, MARCH, "99"), ("active", MARCH, None, "307.5")]),
        ("tried", [("trialing", JANUARY, FEBRUARY, "99"), ("active", FEBRUARY, None, "99")]),
        (
            "paused",
            [
                ("active", JANUARY, FEBRUARY, "99"),
                ("paused", FEBRUARY, MARCH, "99"),
                ("active", MARCH, None, "99"),
            ],
        ),
        ("unpaid", [("active", JANUARY, APRIL, "99")]),
        ("gone", [("active", JANUARY, FEBRUARY, "99")]),
        ("to_come", []),
        ("failed", []),
    ],
)
def test_a_recurly_subscription_is_cut_where_it_changes(
    recurly: Project, trap: str, versions: list[tuple]
) -> None:
    found = recurly.query(
        "select status, started_at, ended_at, cast(amount as double)"
        f" from con_recurly__subscriptions where subscription_id = '{trap}' order by started_at"
    )
    assert [
        (*map(str, row[:2]), row[2] and str(row[2]), f"{row[3]:g}") for row in found
    ] == versions


def test_recurly_amounts_are_of_their_interval(recurly: Project) -> None:
    found = recurly.query(
        "select distinct plan, billing_interval, cast(interval_count as integer), currency_code"
        " from con_recurly__subscriptions "
        "where subscription_id in ('raised', 'yearly', 'by_days') order by 1"
    )
    assert found == [
        ("Pro", "month", 1, "USD"),
        ("days", "day", 30, "USD"),
        ("year", "month", 12, "EUR"),
    ]


def test_recurly_says_why_somebody_left(recurly: Project) -> None:
    found = recurly.query(
        "select distinct churn_reason from con_recurly__subscriptions"
        " where subscription_id = 'unpaid'"
    )
    assert found == [("nonpayment",)]


def test_an_account_of_recurly_is_one_customer(recurly: Project) -> None:
    found = recurly.query("select customer_id, country from con_recurly__customers order by 1")
    assert found == [("a", "FR"), ("closed", None)]


# TIKTOK ----------------------------------------------------------------------------------------


HOURS = [
    {"campaign_id": "1", "stat_time_hour": "2026-01-01 00:00:00", "spend": "1.50"},
    {"campaign_id": "1", "stat_time_hour": "2026-01-01 23:00:00", "spend": "2.25"},
    {"campaign_id": "1", "stat_time_hour": "2026-01-02 00:00:00", "spend": "4"},
    {"campaign_id": "2", "stat_time_hour": "2026-01-01 05:00:00", "spend": "8"},
]
CAMPAIGNS = [
    {"campaign_id": "1", "advertiser_id": "a", "campaign_name": "old", "updated_at": JANUARY},
    {"campaign_id": "1", "advertiser_id": "a", "campaign_name": "new", "updated_at": MARCH},
    {"campaign_id": "2", "advertiser_id": "b", "campaign_name": "new", "updated_at": MARCH},
]
ADVERTISERS = [{"id": "a", "currency": "USD"}, {"id": "b", "currency": "EUR"}]
TIKTOK = {
    "campaign_report_hourly": [row | {"impressions": "10", "clicks": "1"} for row in HOURS],
    "campaign_history": CAMPAIGNS,
    "advertiser": ADVERTISERS,
}


def test_hours_of_tiktok_are_added_up_by_day(tmp_path: Path) -> None:
    project = connected(tmp_path, {"tiktok_ads": {}}, {"tiktok_ads": TIKTOK})
    found = project.query(
        "select spend_date, channel, campaign, currency_code, amount, impressions, clicks"
        " from con_tiktok_ads__marketing_spend order by 1, 4"
    )
    assert text(found) == [
        ("2026-01-01", "paid_social", "new", "EUR", "8", "10", "1"),
        ("2026-01-01", "paid_social", "new", "USD", "3.75", "20", "2"),
        ("2026-01-02", "paid_social", "new", "USD", "4", "10", "1"),
    ]


# INTERCOM --------------------------------------------------------------------------------------


def conversation(name: str, state: str, **changed: object) -> dict:
    """Return a row of conversation_history, of one that a customer began."""
    row = {"id": name, "created_at": JANUARY, "updated_at": MARCH, "state": state}
    way = {"source_delivered_as": "customer_initiated", "_fivetran_active": "true"}
    rating = {"conversation_rating_value": None, "conversation_rating_created_at": None}
    return row | way | rating | changed


def part(name: str, kind: str, author: str, at: str) -> dict:
    """Return a row of conversation_part_history."""
    row = {"id": f"{name} {kind} {author} {at}", "conversation_id": name, "part_type": kind}
    return row | {"author_type": author, "created_at": at, "_fivetran_active": "true"}


INTERCOM = {
    "conversation_history": [
        conversation("1", "open", _fivetran_active="false"),
        conversation(
            "1", "closed", conversation_rating_value="4", conversation_rating_created_at=MARCH
        ),
        conversation("reopened", "open"),
        conversation("by_phone", "closed"),
        conversation("snoozed", "snoozed"),
        conversation("outbound", "open", source_delivered_as="admin_initiated"),
    ],
    "conversation_part_history": [
        part("1", "comment", "bot", JANUARY),
        part("1", "note", "admin", JANUARY),
        part("1", "comment", "user", JANUARY),
        part("1", "comment", "admin", FEBRUARY),
        part("1", "close", "admin", FEBRUARY),
        part("1", "close", "admin", MARCH),
        part("reopened", "close", "admin", FEBRUARY),
        part("snoozed", "close", "admin", FEBRUARY),
        part("snoozed", "snoozed", "admin", MARCH),
        part("by_phone", "comment", "admin", FEBRUARY),
        part("by_phone", "close", "admin", MARCH),
    ],
    "conversation_contact_history": [
        {"conversation_id": "1", "contact_id": "x", "_fivetran_active": "true"},
        {"conversation_id": "1", "contact_id": "y", "_fivetran_active": "true"},
    ],
    "contact_history": [
        {"id": "x", "external_id": "c1", "_fivetran_active": "true"},
        {"id": "x", "external_id": "c0", "_fivetran_active": "false"},
        {"id": "y", "external_id": "c2", "_fivetran_active": "true"},
    ],
}


def test_intercom_counts_what_a_customer_asked_and_a_person_answered(tmp_path: Path) -> None:
    project = connected(tmp_path, {"intercom": {}}, {"intercom": INTERCOM})
    tickets = project.query("select * from con_intercom__support_tickets order by 1")
    assert text(tickets) == [
        ("1", "c1", JANUARY, FEBRUARY, MARCH),
        ("by_phone", None, JANUARY, FEBRUARY, MARCH),
        ("reopened", None, JANUARY, None, None),
        ("snoozed", None, JANUARY, None, None),
    ]
    answers = project.query("select * from con_intercom__survey_responses")
    assert text(answers) == [("1", "c1", "csat", "4", MARCH)]


# SEGMENT ---------------------------------------------------------------------------------------


def segment_page(name: str, source: str | None, medium: str | None, **changed: object) -> dict:
    """Return a row of pages, seen by an unknown browser in February."""
    words = {"context_campaign_source": source, "context_campaign_medium": medium}
    who = {"id": name, "user_id": None, "anonymous_id": "b", "timestamp": FEBRUARY}
    return who | words | {"context_campaign_name": "spring"} | changed


SEGMENT = {
    "pages": [
        segment_page("known", "google", "cpc", user_id="u0"),
        segment_page("known", "google", "cpc", user_id="u0", timestamp=MARCH),
        segment_page("later_known", "Newsletter", None),
        segment_page("of_another", "partner.example", "referral", timestamp=MARCH),
        segment_page("never_known", "google", "cpc", anonymous_id="else"),
        segment_page("no_campaign", None, None),
        segment_page("own_rule", "fair", "booth", user_id="u0"),
        segment_page("unnamed", "who", "knows", user_id="u0"),
    ],
    "identifies": [
        {"id": "1", "user_id": "u1", "anonymous_id": "b", "timestamp": FEBRUARY_15},
        {"id": "2", "user_id": "u2", "anonymous_id": "b", "timestamp": APRIL},
    ],
    "tracks": [
        {"id": "e1", "user_id": "u1", "anonymous_id": "b", "event": "paid", "timestamp": MARCH},
        {"id": "e2", "user_id": None, "anonymous_id": "b", "event": "seen", "timestamp": MARCH},
    ],
}


def test_a_page_of_segment_is_a_touch_of_whom_the_browser_was_then(tmp_path: Path) -> None:
    rules = [{"utm_medium": "booth", "channel": "events"}]
    project = connected(
        tmp_path, {"segment": {}}, {"segment": SEGMENT}, okr_metrics_channel_rules=rules
    )
    touches = project.query("select * from con_segment__marketing_touches order by 1")
    assert text(touches) == [
        ("known", "u0", FEBRUARY, "paid_search", "spring"),
        ("later_known", "u1", FEBRUARY, "email", "spring"),
        ("of_another", "u2", MARCH, "referral", "spring"),
        ("own_rule", "u0", FEBRUARY, "events", "spring"),
        ("unnamed", "u0", FEBRUARY, "other", "spring"),
    ]
    events = project.query("select * from con_segment__product_events order by 1")
    assert text(events) == [
        ("e1", "u1", "u1", MARCH, "paid"),
        ("e2", None, "b", MARCH, "seen"),
    ]


# XERO ------------------------------------------------------------------------------------------


def xero_books(*organizations: dict) -> dict[str, list[dict]]:
    """Return raw tables of Xero with one expense; the loader made no table of tracking."""
    return {
        "journal": [{"journal_id": "j", "journal_date": "2026-03-02"}],
        "journal_line": [
            {"journal_line_id": "l", "journal_id": "j", "account_id": "a", "net_amount": "5.50"}
        ],
        "account": [{"account_id": "a", "name": "Rent", "type": "OVERHEADS", "class": "EXPENSE"}],
    } | ({"organization": list(organizations)} if organizations else {})


@pytest.mark.parametrize(
    ("organizations", "currencies"),
    [
        pytest.param([], ["USD"], id="none_is_loaded"),
        pytest.param([{"organisation_id": "1", "financial_year_end_day": "29"}], ["USD"], id="old"),
        pytest.param([{"base_currency": "NZD", "is_demo_company": "false"}], ["NZD"], id="real"),
        pytest.param([{"base_currency": "NZD", "is_demo_company": "true"}], [], id="demo"),
        pytest.param(
            [
                {"base_currency": "NZD", "is_demo_company": "true"},
                {"base_currency": "NZD", "is_demo_company": "false"},
            ],
            ["NZD"],
            id="a_real_one_beside_a_demo",
        ),
        pytest.param([{"base_currency": "NZD"}, {"base_currency": "AUD"}], [None], id="two"),
    ],
)
def test_a_demo_company_of_xero_has_no_books(
    tmp_path: Path, organizations: list[dict], currencies: list[str | None]
) -> None:
    project = connected(tmp_path, {"xero": {}}, {"xero": xero_books(*organizations)})
    found = project.query("select currency_code, amount from con_xero__operating_expenses")
    assert text(found) == [(currency, "5.5") for currency in currencies]


# FUNNEL ----------------------------------------------------------------------------------------


def funnel_row(source: str, medium: str | None, cost: str | None, **changed: object) -> dict:
    """Return a row of an export, with the names that its user chose."""
    row = {"Date": "2026-03-02", "Traffic source": source, "Media_type": medium, "spend": cost}
    return row | {"Campaign": "Spring", "Currency": "SEK", "Clicks": "3"} | changed


EXPORT = [
    funnel_row("Google Ads", "Search", "10.5"),
    funnel_row("Google Ads", "Search", "4.5"),
    funnel_row("Google Ads", "Display", "2"),
    funnel_row("LinkedIn", None, "7", Currency=None),
    funnel_row("Podcasts", None, "30"),
    funnel_row("Fairs", None, "40"),
    # visits that an analytics tool counted
    funnel_row("Google", "Organic", None),
]
COLUMNS = {"cost": "spend", "traffic_source": "Traffic source"}


def test_an_export_of_funnel_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    """An absent column is null, and the setting is the currency of what names none."""
    settings = {"schema": "marketing", "table": "daily", "currency": "EUR", "columns": COLUMNS}
    project = connected(
        tmp_path,
        {"funnel": settings},
        {"marketing": {"daily": EXPORT}},
        okr_metrics_channel_rules=[
            {"source": "funnel", "utm_source": "podcasts", "channel": "audio"}
        ],
    )
    found = project.query(
        "select spend_date, channel, campaign, currency_code, amount, impressions, clicks"
        " from con_funnel__marketing_spend order by 2"
    )
    assert text(found) == [
        ("2026-03-02", "audio", "Spring", "SEK", "30", None, "3"),
        ("2026-03-02", "display", "Spring", "SEK", "2", None, "3"),
        ("2026-03-02", "other", "Spring", "SEK", "40", None, "3"),
        ("2026-03-02", "paid_search", "Spring", "SEK", "15", None, "6"),
        ("2026-03-02", "paid_social", "Spring", "EUR", "7", None, "3"),
    ]
