"""The ads and the help desks of the traps as Airbyte lands them give what Fivetran's tables give.

A report is one table with the names of now in it; LinkedIn's and Microsoft's columns have capital
letters, and TikTok's and Intercom's values stand in objects.
"""

import json
from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import Project
from test_connector_others import FEBRUARY, INTERCOM, MARCH, TIKTOK
from test_connector_stripe import write
from test_connector_traps import FACEBOOK, GOOGLE, LINKEDIN, MICROSOFT, ZENDESK
from test_connectors import load

EARLIER, LATER = "2026-05-01 10:00:00", "2026-05-02 10:00:00"


def newest(rows: list[dict], time: str, key: str = "id") -> dict[Any, dict]:
    """Return the newest row of each key."""
    return {row[key]: row for row in sorted(rows, key=lambda row: row[time])}


def with_copies(rows: list[dict], **stale: object) -> list[dict]:
    """Return rows, each with a copy of an earlier load."""
    late = [row | {"_airbyte_extracted_at": LATER} for row in rows]
    return [*late, *(row | stale | {"_airbyte_extracted_at": EARLIER} for row in rows)]


def google() -> dict[str, list[dict]]:
    """Return Google's tables: dots of the API's names are underscores, and an hour is a row."""
    campaigns = newest(GOOGLE["campaign_history"], "updated_at")
    rows = [
        {
            "campaign_id": row["id"],
            "campaign_name": campaigns.get(row["id"], {}).get("name"),
            "campaign_advertising_channel_type": campaigns.get(row["id"], {}).get(
                "advertising_channel_type"
            ),
            "campaign_resource_name": f"customers/{row['customer_id']}/campaigns/{row['id']}",
            "segments_date": row["date"],
            "segments_hour": hour,
            "metrics_cost_micros": row["cost_micros"],
            "metrics_impressions": row["impressions"],
            "metrics_clicks": row["clicks"],
        }
        for hour, row in enumerate(GOOGLE["campaign_stats"])
    ]
    accounts = [
        {
            "customer_id": row["id"],
            "customer_currency_code": row["currency_code"],
            "segments_date": row["updated_at"][:10],
        }
        for row in GOOGLE["account_history"]
    ]
    return {
        "campaign": with_copies(rows, metrics_cost_micros=1, campaign_name="Stale"),
        "account_performance_report": with_copies(accounts, customer_currency_code="XXX"),
    }


def facebook() -> dict[str, list[dict]]:
    """Return Meta's one table."""
    ads = newest(FACEBOOK["ad_history"], "updated_time")
    campaigns = newest(FACEBOOK["campaign_history"], "updated_time")
    accounts = newest(FACEBOOK["account_history"], "_fivetran_synced")
    rows = []
    for row in FACEBOOK["basic_ad"]:
        campaign = ads.get(row["ad_id"], {}).get("campaign_id")
        rows.append(
            {name: value for name, value in row.items() if name != "date"}
            | {"date_start": row["date"], "date_stop": row["date"], "campaign_id": campaign}
            | {"campaign_name": campaigns.get(campaign, {}).get("name")}
            | {"account_currency": accounts.get(row["account_id"], {}).get("currency")}
        )
    return {"ads_insights": with_copies(rows, spend=999, campaign_name="Stale")}


def linkedin() -> dict[str, list[dict]]:
    """Return LinkedIn's tables, whose ids stand at the end of a text."""
    stats = [
        {
            "string_of_pivot_values": f"urn:li:sponsoredCampaign:{row['campaign_id']}",
            "start_date": row["day"][:10],
            "costInLocalCurrency": row["cost_in_local_currency"],
            "costInUsd": row["cost_in_usd"],
            "impressions": row["impressions"],
            "clicks": row["clicks"],
        }
        for row in LINKEDIN["ad_analytics_by_campaign"]
    ]
    campaigns = [
        {"id": row["id"], "name": row["name"], "lastModified": row["last_modified_time"]}
        | {"account": f"urn:li:sponsoredAccount:{row['account_id']}"}
        for row in newest(LINKEDIN["campaign_history"], "last_modified_time").values()
    ]
    accounts = [
        {"id": row["id"], "currency": row["currency"], "lastModified": row["last_modified_time"]}
        for row in newest(LINKEDIN["ad_account_history"], "last_modified_time").values()
    ]
    return {
        "ad_campaign_analytics": with_copies(stats, costInLocalCurrency=999),
        "campaigns": with_copies(campaigns, name="Stale"),
        "accounts": with_copies(accounts, currency="XXX"),
    }


def microsoft() -> dict[str, list[dict]]:
    """Return Microsoft's one table."""
    campaigns = newest(MICROSOFT["campaign_history"], "modified_time")
    rows = [
        {
            "CampaignId": row["campaign_id"],
            "CampaignName": campaigns.get(row["campaign_id"], {}).get("name"),
            "TimePeriod": row["date"],
            "Network": row["network"],
            "CurrencyCode": row["currency_code"],
            "Spend": row["spend"],
            "Impressions": row["impressions"],
            "Clicks": row["clicks"],
        }
        for row in MICROSOFT["campaign_performance_daily_report"]
    ]
    return {"campaign_performance_report_daily": with_copies(rows, Spend=999, CampaignName="Stale")}


def tiktok() -> dict[str, list[dict]]:
    """Return TikTok's tables: days, with numbers as texts in an object."""
    sums: dict[tuple, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in TIKTOK["campaign_report_hourly"]:
        for name in ("spend", "impressions", "clicks"):
            sums[row["campaign_id"], row["stat_time_hour"][:10]][name] += Decimal(row[name])
    days = [
        {
            "campaign_id": campaign,
            "stat_time_day": f"{day} 00:00:00",
            "metrics": json.dumps({name: str(value) for name, value in values.items()}),
            "dimensions": json.dumps({"campaign_id": campaign, "stat_time_day": day}),
        }
        for (campaign, day), values in sums.items()
    ]
    campaigns = [
        {"campaign_id": row["campaign_id"], "advertiser_id": row["advertiser_id"]}
        | {"campaign_name": row["campaign_name"], "modify_time": row["updated_at"]}
        for row in newest(TIKTOK["campaign_history"], "updated_at", "campaign_id").values()
    ]
    advertisers = [
        {"advertiser_id": row["id"], "currency": row["currency"]} for row in TIKTOK["advertiser"]
    ]
    return {
        "campaigns_reports_daily": with_copies(days, metrics=json.dumps({"spend": "999"})),
        "campaigns": with_copies(campaigns, campaign_name="Stale"),
        "advertisers": with_copies(advertisers, currency="XXX"),
    }


def zendesk() -> dict[str, list[dict]]:
    """Return Zendesk's tables; of one ticket only the time until its reply is known."""
    tags = defaultdict(list)
    for row in ZENDESK["ticket_tag"]:
        tags[row["ticket_id"]].append(row["tag"])
    tickets = [
        {name: value for name, value in row.items() if name != "_fivetran_deleted"}
        | {"tags": json.dumps(tags[row["id"]])}
        # what Fivetran marks is nowhere in Airbyte's tables but in the status
        | ({"status": "deleted"} if row["_fivetran_deleted"] else {})
        for row in ZENDESK["ticket"]
    ]
    comments = [
        {"id": number, "ticket_id": row["ticket_id"], "author_id": row["user_id"]}
        | {"created_at": row["created"], "public": row["public"]}
        for number, row in enumerate(ZENDESK["ticket_comment"])
        if row["ticket_id"] != "by_agent"
    ]
    # the last time that each was solved
    solved = {"plain": FEBRUARY, "reopened": FEBRUARY, "twice": MARCH}
    metrics = [
        {"id": name, "ticket_id": name, "solved_at": solved.get(name)}
        | {"reply_time_in_minutes": json.dumps({"calendar": minutes, "business": 1})}
        for name, minutes in [("plain", 9), ("reopened", None), ("twice", None), ("by_agent", 30)]
    ]
    return {
        "tickets": with_copies(tickets, status="new", created_at=EARLIER),
        "ticket_comments": with_copies(comments, public=False),
        "ticket_metrics": with_copies(metrics, solved_at=EARLIER),
        "users": with_copies(ZENDESK["user"], external_id="stale"),
        "organizations": with_copies(ZENDESK["organization"], external_id="stale"),
        "satisfaction_ratings": with_copies(ZENDESK["satisfaction_rating"], score="bad"),
    }


def seconds(moment: str | None) -> int | None:
    """Return the seconds since 1970."""
    if not moment:
        return None
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


def intercom() -> dict[str, list[dict]]:
    """Return Intercom's tables: seconds since 1970, and objects; one has statistics alone."""
    contacts = defaultdict(list)
    for row in INTERCOM["conversation_contact_history"]:
        contacts[row["conversation_id"]].append({"type": "contact", "id": row["contact_id"]})
    conversations = [
        {
            "id": row["id"],
            "created_at": seconds(row["created_at"]),
            "updated_at": seconds(row["updated_at"]),
            "state": row["state"],
            "source": json.dumps({"delivered_as": row["source_delivered_as"]}),
            "contacts": json.dumps({"type": "contact.list", "contacts": contacts[row["id"]]}),
            "conversation_rating": json.dumps(
                {
                    "rating": row["conversation_rating_value"],
                    "created_at": seconds(row["conversation_rating_created_at"]),
                }
            ),
            "statistics": json.dumps(
                {"first_admin_reply_at": seconds(FEBRUARY), "last_close_at": seconds(MARCH)}
                if row["id"] == "by_phone"
                else {}
            ),
        }
        for row in INTERCOM["conversation_history"]
        if row["_fivetran_active"] == "true"
    ]
    parts = [
        {"id": row["id"], "conversation_id": row["conversation_id"], "part_type": row["part_type"]}
        | {"author": json.dumps({"type": row["author_type"]})}
        | {"created_at": seconds(row["created_at"])}
        for row in INTERCOM["conversation_part_history"]
        if row["conversation_id"] != "by_phone"
    ]
    people = [
        {"id": row["id"], "external_id": row["external_id"]}
        for row in INTERCOM["contact_history"]
        if row["_fivetran_active"] == "true"
    ]
    return {
        "conversations": with_copies(conversations, state="open", contacts="{}"),
        "conversation_parts": with_copies(parts, part_type="note"),
        "contacts": with_copies(people, external_id="stale"),
    }


FIVETRAN: dict[str, dict[str, list[dict]]] = {
    "google_ads": GOOGLE,
    "facebook_ads": FACEBOOK,
    "linkedin_ads": LINKEDIN,
    "microsoft_ads": MICROSOFT,
    "tiktok_ads": TIKTOK,
    "zendesk": ZENDESK,
    "intercom": INTERCOM,
}
AIRBYTE = {
    "google_ads": google(),
    "facebook_ads": facebook(),
    "linkedin_ads": linkedin(),
    "microsoft_ads": microsoft(),
    "tiktok_ads": tiktok(),
    "zendesk": zendesk(),
    "intercom": intercom(),
}
VIEWS = [f"{source}__marketing_spend" for source in FIVETRAN if source.endswith("_ads")]
VIEWS += [
    f"{source}__{name}"
    for source in ("zendesk", "intercom")
    for name in ("support_tickets", "survey_responses")
]


def read(folder: Path, loader: str, raw: dict[str, dict[str, list[dict]]]) -> Project:
    """Return a project with the connectors' views on these raw tables."""
    settings: dict[str, dict] = {source: {"loader": loader} for source in raw}
    # Airbyte knows no other
    settings["zendesk"] |= {"solved": "last"}
    project = Project(folder / "shop", {}, {"okr_metrics_sources": settings})
    for source, tables in raw.items():
        load(project.database, write(folder / source, source, tables))
    project.install()
    ran = project.dbt("run", "--select", "okr_metrics.connectors")
    assert ran.returncode == 0, ran.stdout[-3000:]
    return project


@pytest.fixture(scope="module")
def loaders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Project]:
    """Return the same rows as Fivetran and as Airbyte lands them."""
    folder = tmp_path_factory.mktemp("loaders")
    return (
        read(folder / "fivetran", "fivetran", FIVETRAN),
        read(folder / "airbyte", "airbyte", AIRBYTE),
    )


@pytest.mark.parametrize("view", VIEWS)
def test_two_loaders_give_the_same_rows(loaders: tuple[Project, Project], view: str) -> None:
    found = [project.query(f"select * from con_{view} order by all") for project in loaders]
    assert found[0] == found[1]
    assert found[0]


def test_a_day_that_was_loaded_again_counts_once(loaders: tuple[Project, Project]) -> None:
    """Platforms restate spend: of the copies of a day the last counts, and each row has one."""
    found = loaders[1].query(
        "select count(*), (select sum(amount) from con_google_ads__marketing_spend)"
        " from google_ads.campaign"
    )
    spent = [Decimal(row["cost_micros"]) / 1_000_000 for row in GOOGLE["campaign_stats"]]
    assert found == [(2 * len(spent), sum(spent))]
