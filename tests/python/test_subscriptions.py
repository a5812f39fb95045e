"""Versions of subscriptions as strangers bring them, under the default policies and others.

Each customer is one case and a segment of its own; figures are worked out by hand. One company,
built once with the default policies and once where free plans, pauses and short gaps keep
subscribers.
"""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Project

DEFAULTS = {
    "plan": "pro",
    "status": "active",
    "ended_at": "",
    "billing_interval": "month",
    "interval_count": "1",
    "quantity": "",
    "currency_code": "USD",
    "churn_reason": "",
}
# customer: versions, each a subscription, a start and what differs from the defaults
CASES = {
    # same day, dates without time, in either order of the file
    "upgrade": [
        ("u", "2026-03-14", 50, {}),
        ("u", "2026-03-14", 30, {"ended_at": "2026-03-14"}),
        ("u", "2026-01-01", 20, {"ended_at": "2026-03-14"}),
    ],
    "first_day": [
        ("f", "2026-03-14", 30, {"ended_at": "2026-03-14"}),
        ("f", "2026-03-14", 50, {}),
        ("f", "2026-03-14", 40, {"ended_at": "2026-03-14"}),
    ],
    "trial": [
        ("t", "2026-03-14", 30, {"status": "trialing", "ended_at": "2026-03-14"}),
        ("t", "2026-03-14", 30, {}),
    ],
    # 09:00 in Kolkata is before 08:00 in Los Angeles
    "offsets": [
        ("o", "2026-03-14T08:00:00-07:00", 50, {}),
        ("o", "2026-03-14T09:00:00+05:30", 30, {}),
    ],
    "backwards": [
        ("b", "2026-01-01", 20, {"ended_at": "2026-05-01"}),
        ("b", "2026-03-14 15:00:00", 90, {"ended_at": "2026-03-14 09:00:00"}),
    ],
    "items": [("i", "2026-02-01", 30, {}), ("i", "2026-02-01", 20, {"plan": "seats"})],
    "items_apart": [("i1", "2026-02-01", 30, {}), ("i2", "2026-02-01", 20, {"plan": "seats"})],
    "twice": [("2", "2026-02-01", 30, {}), ("2", "2026-02-01", 30, {"ended_at": "2026-04-01"})],
    "overlap": [("v", "2026-01-01", 40, {}), ("v", "2026-03-01", 60, {"plan": "max"})],
    "unclosed": [
        ("n", "2026-01-01", 25, {"status": "trialing"}),
        ("n", "2026-02-01", 25, {}),
        (
            "n",
            "2026-04-01 10:00:00",
            25,
            {"status": "Canceled", "ended_at": "2026-04-01 10:00:00", "churn_reason": "Moved away"},
        ),
    ],
    "history": [("h", "2026-01-01", 25, {"status": "trialing"}), ("h", "2026-01-01", 25, {})],
    "own_word": [("w", "2026-01-01", 15, {"status": "Non-Renewing"})],
    "never": [("x", "2026-01-01", 15, {"status": "incomplete"})],
    "over": [("e", "2026-01-01", 15, {"status": "expired", "ended_at": "2026-03-01"})],
    "for_ever": [("c", "2026-01-01", 15, {"status": "cancelled"})],
    "frozen": [("z", "2026-01-01", 15, {"status": "frozen"})],
    "half_year": [("6", "2026-01-01", 600, {"interval_count": "6"})],
    "two_years": [("y", "2026-01-01", 2400, {"billing_interval": "2 years"})],
    "yen": [("j", "2026-01-01", "70.5", {"plan": "yen", "currency_code": "JPY"})],
    "credit": [("k", "2026-01-01", 100, {}), ("k-", "2026-01-01", -30, {"plan": "credit"})],
    "free": [
        ("p", "2026-01-01", 100, {"ended_at": "2026-03-10"}),
        ("p", "2026-03-10", 0, {"plan": "free", "ended_at": "2026-05-05"}),
        ("p", "2026-05-05", 80, {}),
    ],
    "free_and_gone": [
        ("g", "2026-01-01", 10, {"ended_at": "2026-03-10"}),
        ("g", "2026-03-10", 0, {"ended_at": "2026-05-01", "churn_reason": "too_expensive"}),
    ],
    "only_free": [("q", "2026-01-01", 0, {})],
    "pause": [
        ("a", "2026-01-05", 100, {"ended_at": "2026-02-10"}),
        ("a", "2026-02-10", 100, {"status": "paused", "ended_at": "2026-04-20"}),
        ("a", "2026-04-20", 120, {}),
    ],
    "lost_in_pause": [
        ("l", "2026-01-05", 60, {"ended_at": "2026-02-10"}),
        ("l", "2026-02-10", 60, {"status": "paused", "ended_at": "2026-04-20"}),
    ],
    "came_and_paused": [
        ("m", "2026-02-05", 70, {"ended_at": "2026-02-15"}),
        ("m", "2026-02-15", 70, {"status": "paused", "ended_at": "2026-03-02"}),
        ("m", "2026-03-02", 70, {}),
    ],
    # one night at the end of a month
    "night": [("d1", "2026-01-01", 60, {"ended_at": "2026-03-31"}), ("d2", "2026-04-01", 80, {})],
    "long_gap": [
        ("r1", "2026-01-01", 60, {"ended_at": "2026-03-29"}),
        ("r2", "2026-04-01", 80, {}),
    ],
    "recent": [("s", "2026-01-01", 40, {"ended_at": "2026-06-29"})],
    "gone": [("$", "2026-01-01", 45, {"ended_at": "2026-06-28", "churn_reason": "Payment failed"})],
}
MOVEMENTS = ["new", "expansion", "reactivation", "resumed", "contraction", "churned", "paused"]
Figures = dict[str, dict[str, dict[str, int]]]


def build(folder: Path, policies: dict) -> Project:
    """Build the company."""
    rows = [
        DEFAULTS
        | {"subscription_id": identity, "customer_id": customer, "started_at": start}
        | {"amount": amount}
        | differing
        for customer, versions in CASES.items()
        for identity, start, amount, differing in versions
    ]
    project = Project(
        folder / "shop",
        {},
        {
            "okr_metrics_inputs": {
                name: f"raw_{name}" for name in ("customers", "subscriptions", "exchange_rates")
            },
            "okr_metrics_as_of_date": "2026-06-30",
            "okr_metrics_period_grains": ["month"],
            "okr_metrics_max_reject_share": 1,
            "okr_metrics_subscription_statuses": {"non_renewing": "active"},
            "okr_metrics_churn_reason_types": {"moved away": "voluntary"},
            "okr_metrics_policies": policies,
        },
        {
            "raw_subscriptions": rows,
            "raw_customers": [
                {"customer_id": name, "created_at": "2026-01-01", "segment": name}
                | {"country": "", "acquisition_channel": ""}
                for name in CASES
            ],
            "raw_exchange_rates": [
                {"rate_date": "2026-01-01", "currency_code": "JPY", "rate": "0.0067"}
            ],
        },
    )
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    return project


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return build(tmp_path_factory.mktemp("standard"), {})


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Project:
    policies = {"profile": "chartmogul", "paused": "suspended", "churn_grace_days": 2}
    return build(tmp_path_factory.mktemp("kept"), policies)


def movements(project: Project) -> Figures:
    """Return {customer: {month: {movement of MRR: amount}}} of what isn't nought."""
    found: Figures = defaultdict(dict)
    columns = ", ".join(f"{name}_mrr" for name in MOVEMENTS)
    for customer, month, *amounts in project.query(
        f"select dimension_value, strftime(period_start, '%m'), {columns} from kpi__subscriptions"
        " where dimension = 'segment' order by 1, 2"
    ):
        moved = {
            name: float(amount) for name, amount in zip(MOVEMENTS, amounts, strict=True) if amount
        }
        if moved:
            found[customer][month] = moved
    return found


def findings(project: Project) -> dict[str, tuple]:
    """Return {rule and object: (rows, money)}."""
    return {
        f"{rule} {about}": (rows, amount)
        for rule, about, rows, amount in project.query(
            "select rule_id, object, number_of_rows, amount from kpi__input_findings"
        )
    }


def test_mrr_of_versions_as_strangers_bring_them(company: Project) -> None:
    found = movements(company)
    assert found["upgrade"] == {"01": {"new": 20}, "03": {"expansion": 30}}
    assert found["first_day"] == {"03": {"new": 50}}
    assert found["trial"] == {"03": {"new": 30}}
    assert found["offsets"] == {"03": {"new": 50}}
    assert found["backwards"] == {"01": {"new": 20}, "05": {"churned": 20}}
    assert found["items"] == found["items_apart"] == {"02": {"new": 50}}
    assert found["twice"] == {"02": {"new": 30}, "04": {"churned": 30}}
    assert found["overlap"] == {"01": {"new": 40}, "03": {"expansion": 20}}
    assert found["unclosed"] == {"02": {"new": 25}, "04": {"churned": 25}}
    assert found["history"] == {"01": {"new": 25}}
    assert found["own_word"] == {"01": {"new": 15}}
    assert found["half_year"] == found["two_years"] == {"01": {"new": 100}}
    assert found["credit"] == {"01": {"new": 70}}
    assert not {"never", "over", "for_ever", "frozen", "only_free"} & set(found)


def test_what_nobody_can_read_is_rejected_with_its_value(company: Project) -> None:
    reasons = dict(company.query("select row_key, reject_reason from kpi__rejected_rows"))
    assert set(reasons) == {"b", "c", "z"}
    assert reasons["b"] == 'it ends before it starts: "2026-03-14 09:00:00"'
    assert reasons["c"] == "cancelled without an end: it would pay for ever"
    assert reasons["z"].endswith('or a word of okr_metrics_subscription_statuses: "frozen"')


def test_what_looks_wrong_is_found_with_its_money(company: Project) -> None:
    assert findings(company) == {
        "items_under_one_id subscription i": (2, 20),
        "versions_overlap subscription o and 1 more": (2, 70),
        "statuses_of_one_start subscription h": (2, None),
        "expired_never_paid subscription e": (1, 15),
        "decimals_of_currency input subscriptions, JPY": (1, Decimal("0.472350")),
        "rejected_money input subscriptions": (3, 120),
    }


def test_a_free_plan_a_pause_and_a_night_are_churn_by_default(company: Project) -> None:
    found = movements(company)
    came_back = {"05": {"reactivation": 80}}
    assert found["free"] == {"01": {"new": 100}, "03": {"churned": 100}} | came_back
    assert found["free_and_gone"] == {"01": {"new": 10}, "03": {"churned": 10}}
    assert found["pause"] == {
        "01": {"new": 100},
        "02": {"churned": 100},
        "04": {"reactivation": 120},
    }
    assert found["lost_in_pause"] == {"01": {"new": 60}, "02": {"churned": 60}}
    # who joins and leaves inside a period has no movement, and comes back in the next
    assert found["came_and_paused"] == {"03": {"reactivation": 70}}
    moved = {"01": {"new": 60}, "03": {"churned": 60}, "04": {"reactivation": 80}}
    assert found["night"] == found["long_gap"] == moved
    assert found["recent"] == {"01": {"new": 40}, "06": {"churned": 40}}


def test_policies_keep_who_is_on_a_free_plan_in_a_pause_or_in_a_short_gap(kept: Project) -> None:
    found = movements(kept)
    assert found["free"] == {
        "01": {"new": 100},
        "03": {"contraction": 100},
        "05": {"expansion": 80},
    }
    # the subscriber is lost when the free version ends, without MRR
    assert found["free_and_gone"] == {"01": {"new": 10}, "03": {"contraction": 10}}
    assert found["pause"] == {"01": {"new": 100}, "02": {"paused": 100}, "04": {"resumed": 120}}
    lost = {"04": {"resumed": 60, "churned": 60}}
    assert found["lost_in_pause"] == {"01": {"new": 60}, "02": {"paused": 60}} | lost
    assert found["came_and_paused"] == {"02": {"new": 70, "paused": 70}, "03": {"resumed": 70}}
    assert found["night"] == {"01": {"new": 60}, "04": {"expansion": 20}}
    assert found["long_gap"] == {
        "01": {"new": 60},
        "03": {"churned": 60},
        "04": {"reactivation": 80},
    }
    # two days without MRR are within the grace, three are not
    assert found["recent"] == {"01": {"new": 40}}
    assert found["gone"] == {"01": {"new": 45}, "06": {"churned": 45}}
    assert "only_free" not in found


def test_rates_and_subscribers_where_policies_keep_them(kept: Project) -> None:
    def of(customer: str, month: str, *columns: str) -> tuple:
        return kept.query(
            f"select {', '.join(columns)} from kpi__subscriptions"
            f" where dimension = 'segment' and dimension_value = '{customer}'"
            f" and strftime(period_start, '%m') = '{month}'"
        )[0]

    counts = ("opening_subscribers", "churned_subscribers", "closing_subscribers", "closing_mrr")
    assert of("free", "03", *counts, "customer_churn_rate") == (1, 0, 1, 0, 0)
    assert of("free_and_gone", "05", *counts) == (1, 1, 0, 0)
    ratios = ("customer_churn_rate", "gross_mrr_churn_rate", "gross_revenue_retention")
    # a pause is no churn, and its MRR isn't retained
    assert of("pause", "02", "paused_subscribers", *ratios) == (1, 0, 0, 0)
    assert of("lost_in_pause", "04", *counts) == (0, 1, 0, 0)
    assert kept.query("select count(distinct step) from kpi__mrr_bridge") == [(10,)]


def test_churn_has_its_reason_and_type(company: Project) -> None:
    found = company.query(
        "select strftime(period_start, '%m'), reason, reason_type, churned_subscribers,"
        " churned_mrr from kpi__churn_reasons where dimension = 'total' and period_start in"
        " ('2026-04-01', '2026-06-01') order by all"
    )
    assert found == [
        ("04", "Moved away", "voluntary", 1, 25),
        ("04", "unknown", "unknown", 1, 30),
        ("06", "Payment failed", "involuntary", 1, 45),
        ("06", "unknown", "unknown", 1, 40),
    ]
