"""Every KPI against a plain-Python computation from raw rows: the demo, random companies."""

import csv
from datetime import date
from pathlib import Path

import duckdb
import pytest
from companies import INPUTS, merge, random_companies
from conftest import BEYOND_BOUNDS, REPOSITORY, Project
from oracle_kpis import kpi_values

DEMO = {
    "as_of": date(2026, 9, 13),
    "currency": "EUR",
    "zone": "Europe/Paris",
    "settings": {"activation_event": "menu_published"},
}
# an ad credit or a taken-back refund may be all that a period of a segment has
LOWERED_BY_CREDITS = {
    *("cac", "fully_loaded_cac", "cac_payback_months", "ltv_to_cac", "refund_rate", "gross_margin"),
    *("marketing_spend", "contribution_margin", "operating_margin"),
}
# parts of KPIs that the oracle has as parts alone
PARTS = {"ordering_customers", "repeat_customers", "variable_costs"}


def read_seeds() -> dict[str, list[dict[str, str]]]:
    """Return the demo's raw rows by input."""
    tables = {}
    for path in (REPOSITORY / "seeds/demo").glob("okr_demo__*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem.removeprefix("okr_demo__")] = list(csv.DictReader(file))
    return tables


def measured(database: Path, grains: tuple[str, ...]) -> dict[tuple, tuple]:
    """Return {(kpi, grain, start, dimension, segment): (numerator, denominator, value)}."""
    with duckdb.connect(database, read_only=True) as connection:
        rows = connection.execute(
            "select kpi_id, period_grain, period_start, dimension, dimension_value,"
            " numerator, denominator, value from kpi__values"
            " where list_contains(?, period_grain) and (dimension in"
            " ('total', 'country', 'segment', 'acquisition_channel') or dimension = 'plan'"
            " and kpi_id in (select unnest(?)))",
            [list(grains), SUBSCRIPTION_KPIS],
        ).fetchall()
    return {
        tuple(row[:5]): tuple(None if part is None else float(part) for part in row[5:])
        for row in rows
    }


SUBSCRIPTION_KPIS = [
    *("opening_subscribers", "new_subscribers", "reactivated_subscribers", "churned_subscribers"),
    *("transferred_subscribers", "closing_subscribers", "opening_mrr", "new_mrr", "expansion_mrr"),
    *("reactivation_mrr", "contraction_mrr", "churned_mrr", "transferred_mrr", "closing_mrr"),
    *("arr", "customer_churn_rate", "gross_mrr_churn_rate", "gross_revenue_retention"),
    *("net_revenue_retention", "quick_ratio"),
]


def is_same(left: float | None, right: float | None) -> bool:
    """Return whether two figures agree to 1e-6."""
    if left is None or right is None:
        return left is right
    return left == pytest.approx(right, rel=1e-6, abs=1e-6)


def differences(found: dict, expected: dict) -> list[str]:
    """Return what differs: values, and parts where both sides have them."""
    problems = []
    built_segments = {key[3:] for key in found}
    grains_of_kpis = {key[:2] for key in expected}
    for key in found.keys() | expected.keys():
        left, right = found.get(key), expected.get(key)
        if left is None:
            # customers who never did anything are no segment in the marts
            if key[3:] in built_segments or right[2] not in (None, 0):
                problems.append(f"{key}: no row, expected {right}")
        elif right is None:
            # a grain that the KPI has no value at; orders have no plan
            is_empty = left[2] is None or key[3:] == ("plan", "unknown") and left[2] == 0
            if not is_empty or key[:2] in grains_of_kpis and key[3:] != ("plan", "unknown"):
                problems.append(f"{key}: {left}, expected no row")
        elif None not in left + right:
            # the parts agree, and give the value: money is rounded to a millionth before it divides
            if not (
                is_same(left[0], right[0])
                and is_same(left[1], right[1])
                and is_same(left[2], left[0] / left[1])
            ):
                problems.append(f"{key}: {left}, expected {right}")
        elif not is_same(left[2], right[2]):
            problems.append(f"{key}: {left}, expected {right}")
    return sorted(problems)


def test_every_kpi_of_the_demo(demo: Path) -> None:
    grains = ("month", "quarter")
    expected = kpi_values(read_seeds(), grains=grains, **DEMO)
    found = measured(demo, grains)
    assert {key[0] for key in found} - {key[0] for key in expected} == PARTS
    assert {key[0] for key in expected} <= {key[0] for key in found}
    found = {key: value for key, value in found.items() if key[0] not in PARTS}
    problems = differences(found, expected)
    assert problems == [], f"{len(problems)} of {len(found)}"


POLICIES = {
    "standard": {},
    "stripe": {"profile": "stripe", "attribution": "linear", "reactivation_window_days": 20},
    "recurly": {"profile": "recurly", "attribution": "last_touch", "churn_denominator": "daily"},
    "chartmogul": {
        # the oracle knows no subscriber without MRR: test_subscriptions.py does
        "profile": "chartmogul",
        "free_plan": "churn",
        "past_due": "excluded",
        "cac_lag_periods": 1,
        "ad_spend_in_ledger": True,
    },
}
COMPANIES = {
    "as_of": date(2025, 5, 20),
    "currency": "USD",
    "zone": "America/New_York",
    "settings": {"activation_event": "launched", "activation_days": 5, "lapse_days": 20},
}


def check_companies(folder: Path, number: int, grains: tuple[str, ...], policies: dict) -> None:
    """Build so many companies, a segment each, and compare every KPI."""
    tables = merge(random_companies(number))
    project = Project(
        folder / "shop",
        {},
        {
            "okr_metrics_inputs": {name: f"raw_{name}" for name in INPUTS},
            "okr_metrics_as_of_date": str(COMPANIES["as_of"]),
            "okr_metrics_reporting_currency": COMPANIES["currency"],
            "okr_metrics_reporting_timezone": COMPANIES["zone"],
            "okr_metrics_period_grains": list(grains),
            "okr_metrics_policies": policies,
            "okr_metrics_max_reject_share": 1,
            **{f"okr_metrics_{name}": value for name, value in COMPANIES["settings"].items()},
        },
        {f"raw_{name}": rows for name, rows in tables.items()},
    )
    # the invariants are tests of the package: the build fails where one is broken
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    expected = kpi_values(tables, grains=grains, policies=policies, **COMPANIES)
    found = measured(project.database, grains)
    found = {key: value for key, value in found.items() if key[0] not in PARTS}
    problems = differences(found, expected)
    assert problems == [], f"{len(problems)} of {len(found)}"
    beyond = {row[0] for row in project.query(BEYOND_BOUNDS)}
    assert beyond <= LOWERED_BY_CREDITS


@pytest.mark.parametrize("profile", POLICIES)
def test_random_companies(profile: str, tmp_path: Path) -> None:
    """Forty companies under each profile and every policy."""
    check_companies(tmp_path, 40, ("week", "month", "quarter"), POLICIES[profile])


def test_days_and_years(tmp_path: Path) -> None:
    """The grains that are on request, or long."""
    check_companies(tmp_path, 5, ("day", "year"), {})
