"""Who a customer is: ids of several sources are matched by links, external ids and e-mails."""

from datetime import date
from pathlib import Path

import pytest
from conftest import Project
from test_connector_others import connected, load_rows

DAY = "2026-01-05 10:00:00"
STRIPE = {
    "customer": [
        {"id": "cus_anna", "email": "anna@example.com", "metadata": '{"crm": "7"}'},
        {"id": "cus_acme", "email": "Boss@Acme.com"},
        {"id": "cus_gmail", "email": "someone@gmail.com"},
        # one address of two customers is nobody's
        {"id": "cus_first", "email": "double@twice.com"},
        {"id": "cus_second", "email": "double@twice.com"},
        {"id": "cus_test", "email": "tester@test.com", "livemode": "false"},
    ]
}


def order(name: str, customer: str) -> dict:
    """Return an order of Shopify's."""
    paid = {"currency": "USD", "financial_status": "paid", "processed_at": DAY}
    return {"id": name, "customer_id": customer} | paid


SHOPIFY = {
    "customer": [
        {"id": "1", "email": " ANNA@example.com"},
        {"id": "2", "email": "new@shop.com"},
        {"id": "3", "email": "boss@acme.com"},
    ],
    "order": [order("of_anna", "1"), order("of_new", "2"), order("of_boss", "3")],
}
ASKERS = {
    "same_address": {"email": "anna@EXAMPLE.com"},
    "external": {"email": "anna@example.com", "external_id": "cus_acme"},
    "unknown_external": {"email": "anna@example.com", "external_id": "17"},
    "shop_id": {"external_id": "1"},
    "colleague": {"email": "intern@acme.com"},
    "stranger": {"email": "else@gmail.com"},
    "of_two": {"email": "double@twice.com"},
    "tester": {"email": "tester@test.com"},
    "no_address": {},
    "given": {"email": "anna@example.com"},
}
ZENDESK = {
    "user": [{"id": name} | columns for name, columns in ASKERS.items()],
    "ticket": [
        {"id": name, "requester_id": name, "status": "open", "created_at": DAY} for name in ASKERS
    ],
}
SEGMENT = {
    "identifies": [
        {"id": "i1", "user_id": "u1", "email": "anna@example.com", "timestamp": DAY},
        {"id": "i2", "user_id": "u2", "email": "nobody@example.com", "timestamp": DAY},
    ],
    "tracks": [
        {"id": user, "user_id": user, "event": "opened", "timestamp": DAY}
        for user in ("u1", "u2", "cus_gmail")
    ],
    "pages": [
        {"id": user, "user_id": user, "timestamp": DAY, "context_campaign_source": "google"}
        for user in ("u1", "u2")
    ],
}
RAW = {"stripe": STRIPE, "shopify": SHOPIFY, "zendesk": ZENDESK, "segment": SEGMENT}
LINKS = "select 'zendesk' as source, 'given' as source_customer_id, '2' as customer_id"


def matched(folder: Path, sources: dict[str, dict], models: dict[str, str]) -> Project:
    """Return a project that names these sources and maps these models, connectors built."""
    return connected(
        folder, sources, RAW, models, okr_metrics_inputs={name: name for name in models}
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with all four sources."""
    sources: dict[str, dict] = {"stripe": {}, "shopify": {}, "zendesk": {}, "segment": {}}
    return matched(tmp_path_factory.mktemp("matched"), sources, {"customer_links": LINKS})


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that matches otherwise, with customers of its own too."""
    customers = "select '7' as customer_id, date '2026-01-01' as created_at"
    sources = {
        "stripe": {"customer_id_key": "crm", "match_by": ["external_id"]},
        "zendesk": {"match_by": ["email", "domain"]},
    }
    return matched(tmp_path_factory.mktemp("otherwise"), sources, {"customers": customers})


def customers_of(project: Project, table: str, key: str) -> dict[str, str | None]:
    """Return {a row's key: its customer}."""
    return dict(project.query(f"select {key}, customer_id from {table}"))


def test_a_ticket_is_of_the_customer_with_its_external_id_else_its_address(
    project: Project,
) -> None:
    assert customers_of(project, "con_zendesk__support_tickets", "ticket_id") == {
        "same_address": "cus_anna",
        "external": "cus_acme",
        "unknown_external": "cus_anna",
        # the shop's customer 1 is Stripe's cus_anna
        "shop_id": "cus_anna",
        "colleague": None,
        "stranger": None,
        "of_two": None,
        "tester": None,
        "no_address": None,
        "given": "2",
    }


def test_customers_of_a_second_source_are_those_of_the_first_with_their_address(
    project: Project,
) -> None:
    assert customers_of(project, "con_shopify__orders", "order_id") == {
        "of_anna": "cus_anna",
        "of_new": "2",
        "of_boss": "cus_acme",
    }
    assert project.query("select customer_id from con_shopify__customers") == [("2",)]
    linked = project.query(
        "select source_name, count(*) from int_connectors__customer_links group by 1 order by 1"
    )
    # a customer isn't linked to itself
    assert linked == [("segment", 9), ("shopify", 2), ("zendesk", 5)]
    ((kept,),) = project.query("select count(*) from con_stripe__customers")
    assert kept == 5


def test_a_user_is_a_customer_by_id_or_address_and_else_nobody(project: Project) -> None:
    assert customers_of(project, "con_segment__product_events", "event_id") == {
        "u1": "cus_anna",
        "u2": None,
        "cus_gmail": "cus_gmail",
    }
    assert customers_of(project, "con_segment__marketing_touches", "touch_id") == {"u1": "cus_anna"}


def test_matches_are_counted_by_input(project: Project) -> None:
    found = project.query(
        "select source_name, input_name, row_date, rows_read, rows_matched"
        " from kpi__source_matching order by 1"
    )
    assert found == [
        ("segment", "product_events", date(2026, 1, 5), 3, 2),
        ("zendesk", "support_tickets", date(2026, 1, 5), 10, 5),
    ]


def test_no_table_holds_an_address(project: Project) -> None:
    tables = project.query(
        "select table_name from information_schema.tables"
        " where table_type = 'BASE TABLE' and table_schema like 'main%'"
    )
    assert ("int_connectors__customer_links",) in tables
    for (table,) in tables:
        ((found,),) = project.query(f"select count(*) from {table} as t where t::text like '%@%'")
        assert found == 0, table


def test_a_metadata_key_and_a_domain_match_where_they_are_asked_for(other: Project) -> None:
    """A mailbox that anybody may have is of no company."""
    tickets = customers_of(other, "con_zendesk__support_tickets", "ticket_id")
    assert tickets["colleague"] == "cus_acme"
    assert tickets["stranger"] is None
    assert tickets["of_two"] is None
    # Stripe's customer is 7 of the mapped customers
    assert tickets["same_address"] == "7"
    found = {name for (name,) in other.query("select customer_id from con_stripe__customers")}
    assert found == {"cus_acme", "cus_gmail", "cus_first", "cus_second"}


def test_words_that_no_rule_names_are_a_finding(tmp_path: Path) -> None:
    pages = [
        {"id": name, "user_id": "u", "timestamp": DAY, "context_campaign_source": source}
        for name, source in [("1", "google"), ("2", "radio"), ("3", "radio"), ("4", "booth")]
    ]
    project = Project(
        tmp_path / "shop",
        {},
        {
            "okr_metrics_sources": {"segment": {}, "funnel": {}, "hubspot": {}},
            "okr_metrics_channel_rules": [{"utm_source": "booth", "channel": "events"}],
        },
    )
    load_rows(project.database, "segment", {"pages": pages, "tracks": SEGMENT["tracks"]})
    spend = {"date": "2026-01-05", "cost": "5", "currency": "USD"}
    rows = [
        spend | {"traffic_source": "Radio One", "media_type": "Spots"},
        spend | {"traffic_source": "Google", "media_type": "cpc"},
    ]
    load_rows(project.database, "funnel", {"funnel_data": rows})
    companies = [
        {"id": name, "property_hs_analytics_source": source}
        for name, source in [("1", "OFFLINE"), ("2", "PAID_SEARCH"), ("3", None)]
    ]
    load_rows(project.database, "hubspot", {"company": companies})
    project.install()
    built = project.dbt("run")
    assert built.returncode == 0, built.stdout[-3000:]
    found = project.query(
        "select input, object, message, number_of_rows from kpi__input_findings"
        " where rule_id = 'channel_of_no_rule'"
    )
    sentence = "{} rows of {} have it, and no rule names its channel: it is 'other'"
    assert sorted(found) == [
        ("customers", "OFFLINE", sentence.format(1, "hubspot"), 1),
        ("marketing_spend", "Radio One / Spots", sentence.format(1, "funnel"), 1),
        ("marketing_touches", "radio", sentence.format(2, "segment"), 2),
    ]
