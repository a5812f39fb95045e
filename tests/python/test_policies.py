"""Formulas name policies; wrong names stop; the daily churn rate, whose model the demo lacks."""

import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import Project, run_dbt

SUBSCRIPTIONS = [
    # three customers; B leaves on January 11, C joins on the 11th and leaves on the 21st
    ("A", "2024-12-01", ""),
    ("B", "2024-12-01", "2025-01-11"),
    ("C", "2025-01-11", "2025-01-21"),
]


PLANS = [
    # up changes to pro inside January, x leaves basic on the 20th, late begins on the last day
    ("up", "2025-01-01", "2025-01-10", "basic"),
    ("up", "2025-01-10", "", "pro"),
    ("x", "2025-01-01", "2025-01-20", "basic"),
    ("z", "2025-01-31", "", "late"),
]


def make_project(
    folder, policies: object, subscriptions: list = SUBSCRIPTIONS, **settings: object
) -> Project:
    """Return a project with three subscribers, or others, each on basic unless told otherwise."""
    columns = {
        "plan": "basic",
        "status": "active",
        "amount": 10,
        "billing_interval": "month",
        "quantity": "",
        "currency_code": "USD",
        "churn_reason": "",
    }
    return Project(
        folder / "shop",
        {},
        {
            "okr_metrics_inputs": {"subscriptions": "subscriptions"},
            "okr_metrics_as_of_date": "2025-01-31",
            "okr_metrics_period_grains": ["month"],
            "okr_metrics_policies": policies,
        }
        | settings,
        {
            "subscriptions": [
                {"subscription_id": name, "customer_id": name, "started_at": start}
                | {"ended_at": end}
                | columns
                | {"plan": plan[0] if plan else "basic"}
                for name, start, end, *plan in subscriptions
            ]
        },
    )


def test_daily_churn_rate(tmp_path) -> None:
    """One of two is lost on the 11th, one of two on the 21st: 0.5 + 0.5; published by ChartMogul
    as the sum over days of customers lost / customers at the start of the day."""
    project = make_project(tmp_path, {"churn_denominator": "daily"})
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    assert float(project.by_month("kpi__subscriptions", "customer_churn_rate")["2025-01"]) == 1.0
    formulas = project.query(
        "select formula from kpi__catalog where kpi_id = 'customer_churn_rate'"
    )
    assert "churn_denominator: daily" in formulas[0][0]


def test_who_is_at_risk_of_daily_churn_is_asked_on_the_days(tmp_path) -> None:
    """On the 20th x is the only one on basic and one of two in all. pro has somebody to lose on
    its days, though nobody at the bounds of January: 0. No day begins with one on late: null."""
    project = make_project(tmp_path, {"churn_denominator": "daily"}, PLANS)
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    rates = project.query(
        "select dimension_value, customer_churn_rate from kpi__subscriptions"
        " where dimension in ('total', 'plan')"
    )
    rates = {plan: rate if rate is None else float(rate) for plan, rate in rates}
    assert rates == {"total": 0.5, "basic": 1, "pro": 0, "late": None}


def test_a_misspelled_setting_stops_with_the_nearest_name(tmp_path) -> None:
    """Wherever it stands: for all packages, for this one, in --vars, or for another package.
    A var that isn't ours is none of our business."""
    project = make_project(
        tmp_path,
        "standard",
        okr_metrics_reporting_curency="EUR",
        okr_metrics={"reporting_timezone": "Europe/Paris", "okr_metrics_week_starts": "sunday"},
        shop={"okr_metrics_lapse_days": 30, "okr_metrics_as_of_date": "2025-01-31"},
        okr_dashboard_colour="blue",
    )
    project.install()
    parsed = project.dbt("parse", "--vars", "{okr_metric_input: {orders: orders}}")
    assert parsed.returncode != 0
    said = " ".join(parsed.stdout.split())
    for name, nearest in {
        "okr_metrics_reporting_curency": "okr_metrics_reporting_currency",
        "reporting_timezone": "okr_metrics_reporting_timezone",
        "okr_metrics_week_starts": "okr_metrics_week_start",
        "okr_metric_input": "okr_metrics_inputs",
    }.items():
        assert f"{name} isn't a setting; did you mean {nearest}? Settings: " in said, name
    assert "okr_metrics_lapse_days stands under vars: shop:, where okr_metrics doesn't" in said
    # it stands where it is read, too
    assert "okr_metrics_as_of_date stands" not in said
    assert "okr_dashboard_colour" not in said


ACQUISITION = {"cac", "fully_loaded_cac", "cac_payback_months", "ltv_to_cac"}
LIFETIME = {"customer_churn_rate", "ltv", "ltv_to_cac"}
# from the definitions: what a policy changes, and what is built on that
HANG_ON = {
    "churn_denominator": LIFETIME,
    "same_period_churn": LIFETIME
    | {"new_subscribers", "new_mrr", "churned_subscribers", "churned_mrr"}
    | {"gross_mrr_churn_rate", "quick_ratio"},
    # who counts as new: what the three others make of them is theirs
    "reactivation_window_days": LIFETIME
    | {"new_subscribers", "new_mrr", "churned_subscribers", "churned_mrr"}
    | {"gross_mrr_churn_rate", "quick_ratio"}
    | {"reactivated_subscribers", "reactivation_mrr", "net_revenue_retention"},
    "nrr_reactivation": {"net_revenue_retention"},
    "attribution": ACQUISITION | {"new_customers"},
    "cac_lag_periods": ACQUISITION,
    "ad_spend_in_ledger": {"operating_expenses", "operating_income", "operating_margin"}
    | {"fully_loaded_cac", "magic_number", "burn_multiple", "rule_of_40"},
}


def naming(database: Path, policy: str) -> set[str]:
    """Return the KPIs whose formula names a policy."""
    with duckdb.connect(database, read_only=True) as connection:
        found = connection.execute(
            "select kpi_id from kpi__catalog where formula like ?", [f"%{policy}%"]
        ).fetchall()
    return {kpi_id for (kpi_id,) in found}


@pytest.mark.parametrize("policy", HANG_ON)
def test_a_formula_names_the_policies_of_all_that_it_is_made_of(demo: Path, policy: str) -> None:
    assert naming(demo, f"{policy}: ") == HANG_ON[policy]


def test_what_day_after_changes_says_so(demo: Path, tmp_path: Path) -> None:
    """Whatever rests on MRR: built again on a copy of the demo from the facts on."""
    copy = Path(shutil.copy(demo, tmp_path))
    run_dbt(
        *("run", "--select", "+kpi__values", "kpi__settings", "--exclude", "path:models/staging"),
        *("path:models/gate", "--target-path", str(tmp_path / "target")),
        *("--vars", "{okr_metrics_policies: {churn_recognition: day_after}}"),
        OKR_METRICS_DUCKDB=str(copy),
    )
    with duckdb.connect(copy, read_only=True) as connection:
        choices = "select setting_value, default_value, is_default from kpi__settings where"
        chosen = connection.execute(f"{choices} setting_name = 'churn_recognition'").fetchall()
        assert chosen == [("day_after", "access_end", False)]
        connection.execute(f"attach '{demo}' as before (read_only)")
        rows = connection.execute(
            "select distinct changed.kpi_id from kpi__values as changed"
            " inner join before.kpi__values as standard using"
            " (kpi_id, period_grain, period_start, dimension, dimension_value)"
            " where changed.value is distinct from standard.value"
        ).fetchall()
    changed = {kpi_id for (kpi_id,) in rows}
    assert {"net_revenue_growth", "ltv_to_cac", "rule_of_40", "opening_mrr"} <= changed
    named = naming(copy, "churn_recognition: day_after")
    assert changed - named == set()
    # both policies decide on which days a version has MRR
    assert named == naming(copy, "past_due")
