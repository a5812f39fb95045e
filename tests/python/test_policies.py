"""Wrong names of policies and settings; the daily churn rate, whose model is off in the demo."""

import pytest
from conftest import Project

SUBSCRIPTIONS = [
    # three customers; B leaves on January 11, C joins on the 11th and leaves on the 21st
    ("A", "2024-12-01", ""),
    ("B", "2024-12-01", "2025-01-11"),
    ("C", "2025-01-11", "2025-01-21"),
]


def make_project(folder, policies: object, **settings: object) -> Project:
    """Return a project with three subscribers."""
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
                for name, start, end in SUBSCRIPTIONS
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


@pytest.mark.parametrize(
    ("policies", "message"),
    [
        ("strpie", "unknown profile 'strpie'. Valid profiles: standard, chartmogul, stripe, recur"),
        ({"churn": "opening"}, "unknown policy 'churn'. Valid policies: profile, churn_denomi"),
        (
            {"churn_denominator": "closing"},
            "'closing' isn't a value of churn_denominator."
            " It must be opening, opening_plus_new, daily.",
        ),
        (
            {"reactivation_window_days": -1},
            "'-1' isn't a value of reactivation_window_days."
            " It must be null (any time), a whole number.",
        ),
        ({"ad_spend_in_ledger": "yes"}, "'yes' isn't a value of ad_spend_in_ledger. It must be"),
    ],
)
def test_a_wrong_policy_stops_with_the_valid_ones(tmp_path, policies, message: str) -> None:
    project = make_project(tmp_path, policies)
    assert project.dbt("deps").returncode == 0
    parsed = project.dbt("parse")
    assert parsed.returncode != 0
    assert message in " ".join(parsed.stdout.split())


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("fiscal_year_start_month", 13, "It must be the number of a month, 1 to 12."),
        ("health_baseline_periods", 5, "It must be a whole number of periods, 6 or more."),
        ("custom_kpis", "my_mart", "It must be a list of names."),
    ],
)
def test_a_wrong_setting_stops_with_the_valid_ones(tmp_path, name, value, message: str) -> None:
    project = make_project(tmp_path, "standard", **{f"okr_metrics_{name}": value})
    assert project.dbt("deps").returncode == 0
    doctor = project.dbt("run-operation", "okr_metrics_doctor")
    assert doctor.returncode != 0
    assert message in " ".join(doctor.stdout.split())
