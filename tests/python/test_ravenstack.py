"""The package installed in a project on RavenStack's raw files, against the oracle."""

from pathlib import Path

import oracle_ravenstack as oracle
import pytest
from conftest import Project
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target

MODELS = {
    "ravenstack_customers": """
        select
            account_id as customer_id, signup_date as created_at, country,
            industry as segment, referral_source as acquisition_channel
        from read_csv('{folder}/ravenstack_accounts.csv', all_varchar = true)
    """,
    "ravenstack_subscriptions": """
        select
            subscription_id, account_id as customer_id, plan_tier as plan,
            case
                when is_trial = 'True' then 'trialing'
                when end_date is not null then 'cancelled'
                else 'active'
            end as status,
            start_date as started_at, end_date as ended_at, mrr_amount as amount,
            'month' as billing_interval, null as quantity, 'USD' as currency_code,
            null as churn_reason
        from read_csv('{folder}/ravenstack_subscriptions.csv', all_varchar = true)
    """,
}

OKR_SEEDS = {
    "okr_cycles": [cycle("2024", "2024-01-01", "2024-12-31")],
    "okr_objectives": [objective("O", "2024")],
    "okr_key_results": [
        key_result("mrr", "O", "closing_mrr"),
        key_result("new", "O", "new_customers", metric_type="cumulative"),
        key_result("nrr", "O", "net_revenue_retention", metric_type="at_least", weight=2),
    ],
    "okr_key_result_targets": [
        target("mrr", "2024-01-01", target_value=20_000_000),
        target("new", "2024-01-01", target_value=300),
        target("nrr", "2024-01-01", lower_bound=1.13),
    ],
    "okr_phased_targets": [
        {"key_result_id": "mrr", "period_end": "2024-06-30", "expected_value": 5_000_000}
    ],
    "okr_check_ins": [check_in("mrr", "2024-12-01")],
}


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    """Return the folder of the raw files."""
    return shared / "data" / "ravenstack"


@pytest.fixture(scope="module")
def project(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the built project."""
    project = Project(
        tmp_path_factory.mktemp("ravenstack") / "project",
        {name: sql.format(folder=folder) for name, sql in MODELS.items()},
        {
            "okr_metrics_as_of_date": "2024-12-31",
            "okr_metrics_inputs": {
                "customers": "ravenstack_customers",
                "subscriptions": "ravenstack_subscriptions",
            }
            | OKR_INPUTS,
        },
        OKR_SEEDS,
    )
    built = project.build()
    assert built.returncode == 0, built.stdout
    return project


def test_movements_equal_the_oracle(project: Project, folder: Path) -> None:
    movements = oracle.monthly_movements(folder)
    columns = {name for month in movements.values() for name in month}
    columns -= {"expanded_subscribers", "contracted_subscribers"}
    for column in columns:
        expected = {month: float(figures[column]) for month, figures in movements.items()}
        actual = project.by_month("kpi__subscriptions", column)
        assert {month: float(value) for month, value in actual.items()} == pytest.approx(expected)


def test_new_customers_equal_the_oracle(project: Project, folder: Path) -> None:
    assert project.by_month("kpi__acquisition", "new_customers") == oracle.new_customers(folder)


def test_cohorts_equal_the_oracle(project: Project, folder: Path) -> None:
    rows = project.query(
        "select strftime(cohort_period, '%Y-%m'), periods_since, cohort_size, retained_customers"
        " from kpi__retention_cohorts where period_grain = 'month' and dimension = 'total'"
    )
    actual = {(month, since): (size, retained) for month, since, size, retained in rows}
    assert actual == oracle.cohort_retention(folder)


def test_subscription_revenue_equals_the_oracle(project: Project, folder: Path) -> None:
    actual = project.by_month("kpi__margin", "subscription_revenue")
    expected = {month: float(value) for month, value in oracle.subscription_revenue(folder).items()}
    # a month's 30 daily figures are each kept to ten decimals
    assert {m: float(v) for m, v in actual.items()} == pytest.approx(expected, rel=0, abs=1e-5)


def test_churn_and_retention_rates_equal_the_oracle(project: Project, folder: Path) -> None:
    oracles = {
        "customer_churn_rate": oracle.churn_rate,
        "net_revenue_retention": oracle.net_revenue_retention,
        "gross_revenue_retention": oracle.gross_revenue_retention,
    }
    for column, figures in oracles.items():
        # ratios are kept to twelve decimals
        expected = {m: None if v is None else round(v, 9) for m, v in figures(folder).items()}
        actual = project.by_month("kpi__subscriptions", column)
        assert {m: None if v is None else round(v, 9) for m, v in actual.items()} == expected


def test_key_results_are_measured_by_the_companys_own_kpis(project: Project, folder: Path) -> None:
    """Attainment from the oracle's monthly figures and the definitions, by another way."""
    movements, new = oracle.monthly_movements(folder), oracle.new_customers(folder)
    closing = {month: float(figures["closing_mrr"]) for month, figures in movements.items()}
    year = [f"2024-{month:02}" for month in range(1, 13)]
    met = [float(oracle.net_revenue_retention(folder)[month]) >= 1.13 for month in year]
    baseline = closing["2023-12"]
    expected = {
        "mrr": (closing["2024-12"] - baseline) / (20_000_000 - baseline),
        "new": sum(new[month] for month in year) / 300,
        "nrr": sum(met) / 12,
    }
    rows = project.query("select key_result_id, progress_raw from okr__key_result_attainment")
    assert {name: float(value) for name, value in rows} == pytest.approx(expected)
    # weights 1, 1 and 2; a score is never above 1
    clamped = {name: min(value, 1) for name, value in expected.items()}
    ((score,),) = project.query("select score from okr__objective_attainment")
    assert float(score) == pytest.approx((clamped["mrr"] + clamped["new"] + 2 * clamped["nrr"]) / 4)


def test_nothing_of_the_demo_and_nothing_unmapped(project: Project) -> None:
    """No table, row or setting of the demo; what RavenStack lacks is off."""
    tables = {name for (name,) in project.query("select table_name from duckdb_tables()")}
    assert not {name for name in tables if "demo" in name}
    absent = ["orders", "refunds", "marketing", "expenses", "exchange"]
    assert not {name for name in tables if any(word in name for word in absent)}
    kpis = {name for (name,) in project.query("select kpi_id from kpi__catalog")}
    assert not kpis & {"cac", "refund_rate", "operating_margin", "gross_margin", "orders"}
    # the demo's day is 2026-09-13 and its currency the euro: neither applies
    assert project.query("select max(period_end)::varchar from kpi__values") == [("2025-01-05",)]
    assert project.query("select count(*) from kpi__rejected_rows") == [(0,)]
