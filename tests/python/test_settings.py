"""A setting that can't be says its name, what it may be, and the nearest that is."""

import re
from datetime import date, datetime

import pytest
import warm_dbt
from conftest import REPOSITORY, Project

DAY = date(2026, 1, 31)
# values of every type, none of which is right for most settings
ODD = {
    "an integer": 5,
    "a negative number": -7.5,
    "a text": "some text",
    "a yes": True,
    "a day": DAY,
    "a moment": datetime(2026, 1, 31, 10),
    "an empty text": "",
    "an empty list": [],
    "a list": ["some", "text"],
    "a list with a double": ["same", "same"],
    "a list of lists": [["month"], [None]],
    "an empty mapping": {},
    "a mapping": {"some": "text"},
    "a mapping of lists": {"counted": [["paid"]], "profile": ["standard"], "orders": [1]},
}
DAYS = {"an integer"}
NAMES = {"a list", "an empty list"}
# which of them each setting may be, by docs/settings.md
RIGHT = {
    "inputs": {"an empty mapping"},
    "policies": {"an empty mapping"},
    "semantic_layer": {"a yes"},
    "time_spine": {"a yes"},
    "as_of_date": {"a day"},
    "first_day": {"a day"},
    "reporting_currency": set(),
    "language": set(),
    "reporting_timezone": set(),
    "period_grains": set(),
    "week_start": set(),
    "fiscal_year_start_month": {"an integer"},
    "max_reject_share": set(),
    "max_rejected_money_share": set(),
    "order_statuses": {"an empty mapping"},
    "max_value_age_days": DAYS,
    "data_starts": {"an empty mapping"},
    "max_input_age_days": DAYS | {"an empty mapping"},
    "on_track_gap": set(),
    "at_risk_gap": set(),
    "odds_against": set(),
    "odds_in_favour": set(),
    "lapse_days": DAYS,
    "ignored_channels": NAMES,
    "usage_events": NAMES,
    "activation_event": {"a text"},
    "activation_days": DAYS,
    "health_baseline_periods": set(),
    "custom_kpis": NAMES,
    "lookback_days": DAYS,
    "subscription_statuses": {"an empty mapping"},
    "churn_reason_types": {"an empty mapping"},
    "publish_to": set(),
    "history_format": set(),
    "alert_days": DAYS,
    "link": set(),
    "dimensions": {"an empty mapping"},
    "customer_identity": set(),
    "rules": {"an empty mapping"},
    "sources": {"an empty mapping"},
    "channel_rules": {"an empty list"},
}
# the setting and its wrong value, and the end of the sentence about it
SAID = [
    ({"week_start": "Monday"}, "one of: monday, sunday, saturday. Did you mean 'monday'?"),
    ({"reporting_timezone": ["UTC"]}, "America/New_York. Did you mean 'UTC'?"),
    ({"reporting_currency": "eur"}, "an ISO 4217 code such as EUR. Did you mean 'EUR'?"),
    ({"lapse_days": "90"}, "a whole number of days, 0 to 36500. Did you mean 90?"),
    ({"lapse_days": 90.0}, "a whole number of days, 0 to 36500. Did you mean 90?"),
    ({"max_reject_share": "0.05"}, "a share from 0 to 1. Did you mean 0.05?"),
    ({"as_of_date": 20260131}, "such as 2026-09-13. Did you mean '2026-01-31'?"),
    ({"as_of_date": "2026-01-31 10:00"}, "such as 2026-09-13. Did you mean '2026-01-31'?"),
    ({"period_grains": "month"}, "quarter, year. Did you mean ['month']?"),
    ({"period_grains": ["month", "month"]}, "'month' stands in it twice, and would count twice."),
    ({"ignored_channels": "direct"}, "a list of names. Did you mean ['direct']?"),
    ({"usage_events": [404]}, "for a number. Did you mean '404'?"),
    ({"semantic_layer": "false"}, "true or false. Did you mean false?"),
    ({"policies": ["stripe"]}, "mapping of profile and policies. Did you mean 'stripe'?"),
    ({"policies": {"past_due": ["active"]}}, "active or excluded. Did you mean 'active'?"),
    ({"policies": {"cac_lag_periods": True}}, "okr_metrics_policies.cac_lag_periods: true isn't"),
    ({"policies": {"negative_amount": "x"}}, "Did you mean 'negative_amounts'?"),
    ({"data_starts": {"order": DAY}}, "support_tickets, refunds. Did you mean 'orders'?"),
    ({"data_starts": {"orders": 2024}}, "okr_metrics_data_starts.orders: 2024 isn't valid."),
    ({"data_starts": {"marketing": DAY}}, "refunds. Did you mean 'marketing_spend'?"),
    ({"data_starts": {"orders": "1 January"}}, "data_starts.orders: '1 January' isn't valid."),
    ({"data_starts": {"orders": "2023-02-29"}}, "data_starts.orders: '2023-02-29' isn't valid."),
    ({"data_starts": "2024-01-01"}, "It must be a date such as 2024-01-01 by input, of the inputs"),
    ({"max_input_age_days": -1}, "-1 isn't valid. It must be a whole number of days, or one by"),
    ({"max_input_age_days": {"refunds": 3}}, "'refunds' isn't valid. It must be one of: orders,"),
    ({"max_input_age_days": {"orders": "9"}}, "0 to 36500. Did you mean 9?"),
    ({"order_statuses": {"counts": ["paid"]}}, "counted, not_counted. Did you mean 'counted'?"),
    ({"order_statuses": {"counted": "paid"}}, "a list of words. Did you mean ['paid']?"),
    (
        {"order_statuses": {"counted": ["On-Hold"], "not_counted": ["on hold"]}},
        "'onhold' is counted",
    ),
    ({"subscription_statuses": {True: "active"}}, "true isn't valid. It must be a word"),
    ({"rules": {"vague_word": {"enabled": False}}}, "Did you mean 'vague_words'?"),
    ({"rules": {"vague_words": {"enabled": "no"}}}, "It must be true or false."),
    ({"rules": {"vague_words": {"severity": "warn"}}}, "info. Did you mean 'warning'?"),
    ({"rules": {"vague_words": {"limit": 3}}}, "'limit' isn't valid. It must be one of: enabled,"),
    ({"rules": {"vague_words": "off"}}, "It must be a mapping with enabled, severity."),
    ({"rules": {"too_many_objectives": {"limit": -1}}}, "It must be a number from 0 on."),
    (
        {"rules": {"target_missing": {"severity": "warning"}}},
        "rules.target_missing: {severity: 'warning'} isn't valid. It must be left out: with what"
        " this rule finds the tables would hold wrong numbers, so the build stops on it in any",
    ),
    ({"rules": {"two_parents": {"enabled": False}}}, "rules.two_parents: {enabled: false} isn't"),
    # found after the tables are built
    ({"rules": {"target_in_noise": {"severity": "error"}}}, "It must be one of: warning, info."),
    ({"rules": {"kpi_tree": {"severity": "info"}}}, "It must be one of: enabled."),
    ({"dimensions": {"brand": "brand"}}, "It must be input.column, such as customers.brand, and"),
    (
        {"dimensions": {"brand": "customer.brand"}},
        "brand is 'customer.brand'. It must be input.column, such as customers.brand, and the"
        " input one of customers, orders, order_lines, subscriptions.",
    ),
    ({"dimensions": {"total": "customers.brand"}}, "be none of total, dimension, "),
    ({"dimensions": {"Sales Channel": "orders.x"}}, "lower-case letters, digits and _"),
    ({"dimensions": {"plan": "orders.x"}}, "it must be a column of subscriptions or null"),
    ({"dimensions": {"source": "orders.x"}}, "It must be true or false: source is the name"),
    ({"dimensions": ["brand"]}, "It must be a mapping of names to input.column"),
    ({"customer_identity": "merged"}, "It must be shared (an id is one customer in every"),
    ({"publish_to": "it's.duckdb"}, "\"it's.duckdb\" isn't valid. It must be the path of a file"),
    ({"publish_to": "published"}, "'published' isn't valid. It must be the path of a file"),
    ({"publish_to": []}, "publish_to: [] isn't valid. It must be the path of a file that ends"),
    ({"publish_to": ["published/", 3]}, "publish_to: 3 isn't valid. It must be the path of a file"),
    ({"link": "javascript:x"}, "'javascript:x' isn't valid. It must be an address such as"),
    ({"link": "https://x/'"}, "It must be an address such as https://bi.example.com/okr without"),
    ({"link": "https://x/#okr"}, "'https://x/#okr' isn't valid. It must be an address"),
    ({"link": "https://x/<y>"}, "'https://x/<y>' isn't valid. It must be an address"),
    ({"alert_days": 0}, "okr_metrics_alert_days: 0 isn't valid. It must be a whole number of days"),
    ({"fiscal_year_start_month": 13}, "13 isn't valid. It must be the number of a month, 1 to 12."),
    ({"health_baseline_periods": 5}, "It must be a whole number of periods, 6 or more."),
    ({"as_of_date": "2026-13-01"}, "'2026-13-01' isn't valid. It must be a date from 1970 on"),
    ({"as_of_date": "2026-02-30"}, "'2026-02-30' isn't valid. It must be a date from 1970 on"),
    ({"as_of_date": "1965-01-01"}, "'1965-01-01' isn't valid. It must be a date from 1970 on"),
    (
        {"policies": "strpie"},
        "or a mapping of profile and policies. Did you mean 'stripe'?",
    ),
    ({"policies": {"churn_denominator": "closing"}}, "opening or opening_plus_new or daily"),
    ({"policies": {"reactivation_window_days": -1}}, "null (any time) or a whole number"),
    ({"policies": {"ad_spend_in_ledger": "yes"}}, "'yes' isn't valid. It must be false or true"),
    ({"max_reject_share": 5}, "okr_metrics_max_reject_share: 5 isn't valid. It must be a share"),
    ({"dimensions": {"source": 1}}, "okr_metrics_dimensions.source: 1 isn't valid."),
    ({"inputs": {"ordrs": "orders"}}, "okr_rule_exceptions, kpi_tree. Did you mean 'orders'?"),
    ({"inputs": {"orders": "crm.raw.orders"}}, "not mapped. Did you mean 'raw.orders'?"),
    ({"inputs": {"orders": "{{ ref('my_orders') }}"}}, "not mapped. Did you mean 'my_orders'?"),
    ({"inputs": {"orders": False}}, "okr_metrics_inputs.orders: false isn't valid. It must be the"),
    ({"inputs": {"orders": {"eu": ["eu_orders"]}}}, "source.table. Did you mean 'eu_orders'?"),
    ({"sources": {"strip": {}}}, "Did you mean 'stripe'?"),
    ({"sources": {"stripe": {"shema": "x"}}}, "okr_metrics_sources.stripe: 'shema' isn't valid."),
    ({"sources": {"stripe": {"shema": "x"}}}, "discounts. Did you mean 'schema'?"),
    ({"sources": {"stripe": {"loader": "stitch"}}}, "sources.stripe.loader: 'stitch' isn't valid."),
    ({"sources": {"stripe": "raw"}}, "sources.stripe: 'raw' isn't valid. It must be a mapping of"),
    ({"sources": ["stripe"]}, "It must be a mapping of sources to their settings, such as {stripe"),
    ({"sources": {"stripe": {"except": ["orders"]}}}, "stripe.except: 'orders' isn't valid."),
    ({"sources": {"stripe": {"discounts": "no"}}}, "It must be one of: net, gross."),
    ({"sources": {"stripe": []}}, "okr_metrics_sources.stripe: [] isn't valid."),
    ({"sources": {"stripe": ["raw"]}}, "okr_metrics_sources.stripe: 'raw' isn't valid."),
    ({"sources": {"stripe": [{}, {"shema": "x"}]}}, "'shema' isn't valid."),
    (
        {"sources": {"stripe": [{"schema": "a"}, {"schema": "a"}]}},
        "schema: 'a'} stands in it twice",
    ),
    ({"sources": {"stripe": [{}, {"schema": "stripe"}]}}, "the schema 'stripe' stands in it twice"),
    ({"sources": {"stripe": [{"discounts": "net"}, {"schema": "b"}]}}, "discounts differs within"),
    ({"inputs": {"orders": ["a", "a"]}}, "okr_metrics_inputs.orders: 'a' stands in it twice"),
    ({"inputs": {"orders": {"eu": "a", "us": "a"}}}, "inputs.orders: 'a' stands in it twice"),
]
# what a reader may write in another type than the default's
ACCEPTED = {
    "as_of_date": DAY,
    "first_day": DAY,
    "data_starts": {"orders": DAY},
    "policies": {"reactivation_window_days": None, "ad_spend_in_ledger": True},
    # one wide table may be two inputs
    "inputs": {"orders": "wide", "order_lines": ["wide"], "customers": None, "refunds": []},
    "subscription_statuses": {1: "active"},
    "max_reject_share": 0,
    "dimensions": {"country": None, "source": False},
    "sources": {"stripe": {"schema": "raw_stripe", "except": ["customers"]}},
    "rules": {
        "too_many_objectives": {"limit": 5, "severity": "info"},
        "kpi_tree": {"enabled": False},
    },
}


def check(cases: list[dict]) -> list[str]:
    """Return what is said of each of these settings, in one line."""
    given = [{f"okr_metrics_{name}": value for name, value in case.items()} for case in cases]
    said = [" ".join(text.split()) for text in warm_dbt.check_settings(REPOSITORY, given)]
    assert len(said) == len(cases)
    return said


def test_a_setting_of_a_wrong_type_says_its_name_and_what_it_must_be() -> None:
    """Every setting, given every type: the right ones pass without a word."""
    cases = [{name: value for name in RIGHT} for value in ODD.values()]
    for kind, said in zip(ODD, check(cases), strict=True):
        refused = set(re.findall(r"okr_metrics_(\w+)[.\w]*: .{0,250}?(?:must be|twice)", said))
        assert refused == {name for name, right in RIGHT.items() if kind not in right}, kind
        assert not re.search("' object|unhashable|operand|NoneType|attribute", said), said


def test_every_setting_is_among_those() -> None:
    (said,) = check([{"reporting_curency": "EUR"}])
    names = re.search(r"Settings: ([\w, ]+)\.", said)[1].split(", ")
    assert set(names) == {f"okr_metrics_{name}" for name in RIGHT}


def test_a_wrong_value_is_told_the_nearest_right_one() -> None:
    """Those of different settings are told at once."""
    cases: list[dict] = []
    for case, _ in SAID:
        (name,) = case
        for earlier in cases:
            # a wrong input alone is told: dimensions are columns of inputs
            if name not in earlier and not {"inputs", "dimensions"} <= {name, *earlier}:
                earlier |= case
                break
        else:
            cases.append(dict(case))
    everything = " ".join(check([*cases, ACCEPTED]))
    for case, sentence in SAID:
        assert sentence in everything, case
    assert "isn't valid" not in check([ACCEPTED])[0]


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (["orders"], "okr_metrics_inputs: ['orders'] isn't valid. It must be a mapping of inputs"),
        ({"orders": 5}, "okr_metrics_inputs.orders: 5 isn't valid. It must be the name of a model"),
    ],
)
def test_the_parse_says_so_before_any_model_does(tmp_path, inputs, message: str) -> None:
    project = Project(tmp_path / "project", {}, {"okr_metrics_inputs": inputs})
    project.install()
    parsed = project.dbt("parse")
    assert parsed.returncode != 0
    assert message in " ".join(parsed.stdout.split()), parsed.stdout
