"""Each trap of the export of Google Analytics 4, flat: Fivetran's table, and one of one's own."""

from datetime import UTC, datetime
from pathlib import Path

from conftest import Project
from test_connector_others import connected, text

DAY = "2026-03-01"


def at(clock: str, day: str = DAY) -> str:
    """Return a moment of a day."""
    return f"{day} {clock}:00"


def event(browser: str, clock: str, **changed: str) -> dict:
    """Return a page that a browser saw in its first session, with nothing said of a source."""
    row = {"date": DAY, "timestamp": at(clock), "name": "page_view", "user_pseudo_id": browser}
    place = {"bundle_sequence_id": "1", "batch_event_index": "1", "is_intraday": "false"}
    # of the user's first visit, whatever the session is
    first = {"traffic_source_source": "bing", "traffic_source_medium": "cpc"}
    return row | place | first | {"param_ga_session_id": "s1"} | changed


def manual(source: str, medium: str, campaign: str = "spring") -> dict[str, str]:
    """Return the columns of a campaign that came with an event."""
    names = ("source", "medium", "campaign_name")
    values = (source, medium, campaign)
    prefix = "collected_traffic_source_manual_"
    return {prefix + name: value for name, value in zip(names, values, strict=True)}


NEXT = "2026-03-02"
EXPORT = [
    event("known", "09:00", user_id="u1", **manual("newsletter", "email")),
    # the first event of a session with a source says where it came from
    event("session", "09:00", user_id="u1"),
    event(
        "session", "09:01", user_id="u1", param_source="partner.example", param_medium="referral"
    ),
    event("session", "09:02", user_id="u1", **manual("facebook", "cpc")),
    event("session", "12:00", user_id="u1", param_ga_session_id="s2", **manual("fair", "booth")),
    event("clicked", "09:00", user_id="u1", param_source="google", param_medium="organic")
    | {"param_gclid": "x"},
    event("direct", "09:00", user_id="u1", param_source="(direct)", param_medium="(none)"),
    event("first_visit_alone", "09:00", user_id="u1"),
    # a shared computer: each session is of the first who is known after it
    event("shared", "09:00", **manual("google", "cpc")),
    event("shared", "10:00", user_id="u1"),
    event("shared", "11:00", param_ga_session_id="s2", **manual("google", "cpc")),
    event("shared", "12:00", user_id="u2", param_ga_session_id="s2"),
    event("nobody", "09:00", **manual("google", "cpc")),
    event("stranger", "09:00", user_id="no_customer", **manual("google", "cpc")),
    # two events of a moment
    event("twins", "09:00", batch_event_index="1"),
    event("twins", "09:00", batch_event_index="2"),
    # the day's table has it too; that of the next day isn't there yet
    event("running", "09:00"),
    event("running", "09:00", is_intraday="true"),
    event("running", "08:00", is_intraday="true", batch_event_index=""),
    event("running", "09:00", is_intraday="true", date=NEXT, timestamp=at("09:00", NEXT)),
]
CUSTOMERS = """
select 'u1' as customer_id, timestamp '2026-01-01' as created_at
union all
select 'c2', timestamp '2026-01-01'
"""
LINKS = "select 'ga4' as source, 'u2' as source_customer_id, 'c2' as customer_id"


def touches(project: Project) -> list[tuple]:
    """Return the touches."""
    return text(
        project.query(
            "select customer_id, touched_at, channel, campaign from con_ga4__marketing_touches"
            " order by all"
        )
    )


def test_a_session_of_ga4_is_a_touch_of_whom_the_browser_was_then(tmp_path: Path) -> None:
    project = connected(
        tmp_path,
        {"ga4": {"schema": "google_analytics_4_export"}},
        {"google_analytics_4_export": {"event": EXPORT}},
        {"people": CUSTOMERS, "links": LINKS},
        okr_metrics_inputs={"customers": "people", "customer_links": "links"},
        okr_metrics_channel_rules=[{"utm_medium": "booth", "channel": "events"}],
    )
    assert touches(project) == [
        ("c2", at("11:00"), "paid_search", "spring"),
        ("u1", at("09:00"), "email", "spring"),
        ("u1", at("09:00"), "paid_search", "spring"),
        ("u1", at("09:00"), "paid_search", None),
        ("u1", at("09:01"), "referral", None),
        ("u1", at("12:00"), "events", "spring"),
    ]
    events = project.query(
        "select user_id, customer_id, count(*), count(distinct event_id), max(occurred_at)"
        " from con_ga4__product_events group by all order by 1"
    )
    assert text(events) == [
        ("no_customer", None, "1", "1", at("09:00")),
        ("nobody", None, "1", "1", at("09:00")),
        ("running", None, "2", "2", at("09:00", NEXT)),
        ("shared", None, "2", "2", at("11:00")),
        ("twins", None, "2", "2", at("09:00")),
        ("u1", "u1", "9", "9", at("12:00")),
        ("u2", "c2", "1", "1", at("12:00")),
    ]


def micros(moment: str) -> str:
    """Return a moment in UTC as the export has it."""
    seconds = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
    return str(int(seconds * 1_000_000))


def test_an_export_of_ga4_may_be_made_flat_by_hand(tmp_path: Path) -> None:
    rows = [
        {"event_date": "20260301", "event_timestamp": micros(at(clock)), "event_name": name}
        | {"user_pseudo_id": "b", "user_id": "u1", "ga_session_id": "1", "source": source}
        | {"medium": "cpc", "campaign": "spring", "event_bundle_sequence_id": "1"}
        for clock, name, source in [
            ("09:00", "session_start", None),
            ("09:01", "page_view", "google"),
        ]
    ]
    project = connected(tmp_path, {"ga4": {}}, {"ga4": {"events": rows}})
    assert touches(project) == [("u1", at("09:01"), "paid_search", "spring")]
    events = project.query("select occurred_at, event_name from con_ga4__product_events order by 1")
    assert text(events) == [(at("09:00"), "session_start"), (at("09:01"), "page_view")]
