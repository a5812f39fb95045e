"""HubSpot says where a customer came from, whichever source the customer is of."""

import json
from pathlib import Path

import pytest
from conftest import Project
from test_connector_others import connected, text

JANUARY, FEBRUARY, MARCH, APRIL, MAY = (f"2026-0{month}-01 10:00:00" for month in range(1, 6))


def company(name: str, source: str | None = None, **changed: str) -> dict:
    """Return a company, made in February."""
    row = {"id": name, "property_createdate": FEBRUARY, "property_hs_analytics_source": source}
    return row | {"property_country": "Peru", "is_deleted": "false"} | changed


def deal(name: str, stage: str = "signed", **changed: str) -> dict:
    """Return a deal that is to be closed in May."""
    row = {"deal_id": name, "deal_pipeline_stage_id": stage, "property_closedate": MAY}
    return row | {"property_createdate": JANUARY, "is_deleted": "false"} | changed


def with_company(deal_id: str, company_id: str, type_id: str = "341") -> dict:
    """Return a company of a deal."""
    return {"deal_id": deal_id, "company_id": company_id, "type_id": type_id}


def entered(deal_id: str, stage: str, day: str) -> dict:
    """Return the time at which a deal entered a stage."""
    return {"deal_id": deal_id, "value": stage, "date_entered": day}


HUBSPOT = {
    "company": [
        company("second", "ORGANIC_SEARCH", property_tier="small", property_stripe_id="cus_1"),
        company(
            *("first", "PAID_SOCIAL"),
            **{"property_createdate": JANUARY, "property_tier": "big"},
            **{"property_stripe_id": "cus_1"},
        ),
        company("linked", "EMAIL_MARKETING", property_stripe_id="cus_9"),
        company("survivor", "OFFLINE", property_hs_merged_object_ids="merged;gone"),
        company("merged", "DIRECT_TRAFFIC"),
        company("gone", "DIRECT_TRAFFIC", _fivetran_deleted="true"),
        company("no_deal", "DIRECT_TRAFFIC"),
        company("moved_back", "DIRECT_TRAFFIC"),
        company("deal_deleted", "DIRECT_TRAFFIC"),
        company("deleted", "DIRECT_TRAFFIC", is_deleted="true"),
        company("flagged", "AI_REFERRALS"),
        company("twice", "REFERRALS"),
        company("partner"),
        company("primary", "OTHER_CAMPAIGNS"),
        company("domain", "PAID_SEARCH", property_domain="ACME.test"),
    ],
    "deal": [
        deal("1"),
        deal("2", "talks"),
        deal("3", is_deleted="true"),
        deal("4"),
        # its stage is not in the table of stages
        deal("5", "elsewhere", property_hs_is_closed_won="true"),
        deal("6"),
        deal("7", "renewed"),
        deal("8"),
        deal("9"),
        deal("10"),
    ],
    "deal_company": [
        with_company("1", "first"),
        with_company("2", "moved_back"),
        with_company("3", "deal_deleted"),
        with_company("4", "deleted"),
        with_company("5", "flagged"),
        with_company("6", "twice"),
        with_company("7", "twice"),
        with_company("8", "partner"),
        with_company("8", "primary", "5"),
        with_company("9", "merged"),
        with_company("10", "domain"),
    ],
    "deal_stage": [
        entered("2", "signed", JANUARY),
        entered("2", "talks", FEBRUARY),
        entered("6", "talks", JANUARY),
        entered("6", "signed", MARCH),
        entered("7", "renewed", APRIL),
    ],
    "deal_pipeline_stage": [
        {"stage_id": "talks", "closed_won": "false"},
        {"stage_id": "signed", "closed_won": "true"},
        {"stage_id": "renewed", "closed_won": "true", "_fivetran_deleted": "true"},
    ],
}
STRIPE = {
    "customer": [
        {"id": "cus_1", "created": JANUARY, "address_country": "DE"},
        {"id": "cus_2", "created": JANUARY},
        {"id": "cus_3", "created": JANUARY},
        {"id": "cus_4", "created": JANUARY},
        {"id": "cus_5", "created": JANUARY, "email": "Ann@acme.test"},
    ]
}
LINKS = """
select 'hubspot' as source, 'linked' as source_customer_id, 'cus_2' as customer_id
union all
select 'hubspot', 'merged', 'cus_3'
"""
SETTINGS = {
    "customers": "won",
    "segment_property": "tier",
    "customer_id_property": "property_stripe_id",
    "match_by": ["external_id", "domain"],
}


@pytest.fixture(scope="module")
def beside_stripe(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return HubSpot beside Stripe, with the customers of both staged."""
    project = connected(
        tmp_path_factory.mktemp("hubspot"),
        {"stripe": {}, "hubspot": SETTINGS},
        {"stripe": STRIPE, "hubspot": HUBSPOT},
        {"links": LINKS},
        okr_metrics_inputs={"customer_links": "links"},
        okr_metrics_channel_rules=[{"crm": "other_campaigns", "channel": "partners"}],
    )
    ran = project.dbt("run", "--select", "+stg_kpi__customers", "--exclude", "links")
    assert ran.returncode == 0, ran.stdout[-3000:]
    return project


def test_customers_of_stripe_have_what_hubspot_knows_of_them(beside_stripe: Project) -> None:
    found = beside_stripe.query(
        "select customer_id, country, segment, acquisition_channel from stg_kpi__customers"
        " where customer_id like 'cus_%' order by 1"
    )
    assert found == [
        # by the property, of the company that was made first; the country is Stripe's own
        ("cus_1", "DE", "big", "paid_social"),
        # by the link, which comes before the property
        ("cus_2", "Peru", "unknown", "email"),
        # by the link of a company that was merged
        ("cus_3", "Peru", "unknown", "other"),
        ("cus_4", "unknown", "unknown", "unknown"),
        # by the domain
        ("cus_5", "Peru", "unknown", "paid_search"),
    ]


def test_a_company_is_a_customer_from_its_first_won_deal(beside_stripe: Project) -> None:
    """Not those that Stripe knows (first, merged, domain), nor by a deal that was moved back."""
    found = beside_stripe.query("select * from con_hubspot__customers order by 1")
    assert text(found) == [
        ("flagged", MAY, "Peru", None, "organic_search"),
        ("primary", MAY, "Peru", None, "partners"),
        ("twice", MARCH, "Peru", None, "referral"),
    ]


def test_staging_has_each_customer_once(beside_stripe: Project) -> None:
    found = beside_stripe.query(
        "select count(*), count(distinct customer_id) from stg_kpi__customers"
        " where row_status = 'accepted'"
    )
    assert found == [(8, 8)]


def test_hubspot_is_no_source_of_customers_unless_asked(beside_stripe: Project) -> None:
    """Else what customers buy would be nobody's where no other source has customers."""
    named = json.dumps({"okr_metrics_sources": {"hubspot": {}}, "okr_metrics_inputs": {}})
    listed = beside_stripe.dbt("--quiet", "ls", "--vars", named, "--select", "okr_metrics")
    assert "int_hubspot__customers" in listed.stdout
    assert "con_hubspot__customers" not in listed.stdout
    assert "stg_kpi__customers" not in listed.stdout


# properties without the prefix of their columns
CONTACTS = [
    {"id": "7", "createdate": JANUARY, "hs_analytics_source": "PAID_SEARCH", "country": "Chile"},
    {"id": "8", "createdate": MARCH, "hs_merged_object_ids": "80:1767261600;81:1767261601"},
    {"id": "80", "createdate": JANUARY, "hs_analytics_source": "PAID_SEARCH"},
    {"id": "9", "createdate": JANUARY, "hs_analytics_source": "PAID_SEARCH"},
    {"id": "10", "createdate": JANUARY, "archived": "true"},
]
MERGES = [{"vid_to_merge": "9", "canonical_vid": "7"}]


def test_every_contact_may_be_a_customer(tmp_path: Path) -> None:
    raw = {"hubspot": {"contact": CONTACTS, "contact_merge_audit": MERGES}}
    settings = {"record": "contact", "customers": "all"}
    project = connected(tmp_path, {"hubspot": settings}, raw)
    found = project.query("select * from con_hubspot__customers order by customer_id")
    assert text(found) == [
        ("7", JANUARY, "Chile", None, "paid_search"),
        ("8", MARCH, None, None, None),
    ]
