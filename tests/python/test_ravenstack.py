"""The package installed in a project on RavenStack's raw files, against the oracle."""

from pathlib import Path

import oracle_ravenstack as oracle
import pytest
from conftest import Project

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
            },
        },
    )
    built = project.build()
    assert built.returncode == 0, built.stdout
    return project


def by_month(project: Project, mart: str, column: str) -> dict:
    """Return {'YYYY-MM': value} of a mart's column at total."""
    return dict(
        project.query(
            f"select strftime(period_start, '%Y-%m'), {column} from {mart}"
            " where period_grain = 'month' and dimension = 'total'"
        )
    )


def test_movements_equal_the_oracle(project: Project, folder: Path) -> None:
    movements = oracle.monthly_movements(folder)
    columns = {name for month in movements.values() for name in month}
    columns -= {"expanded_subscribers", "contracted_subscribers"}
    for column in columns:
        expected = {month: float(figures[column]) for month, figures in movements.items()}
        actual = by_month(project, "kpi__subscriptions", column)
        assert {month: float(value) for month, value in actual.items()} == pytest.approx(expected)


def test_new_customers_equal_the_oracle(project: Project, folder: Path) -> None:
    assert by_month(project, "kpi__acquisition", "new_customers") == oracle.new_customers(folder)


def test_cohorts_equal_the_oracle(project: Project, folder: Path) -> None:
    rows = project.query(
        "select strftime(cohort_period, '%Y-%m'), periods_since, cohort_size, retained_customers"
        " from kpi__retention_cohorts where period_grain = 'month' and dimension = 'total'"
    )
    actual = {(month, since): (size, retained) for month, since, size, retained in rows}
    assert actual == oracle.cohort_retention(folder)


def test_subscription_revenue_equals_the_oracle(project: Project, folder: Path) -> None:
    actual = by_month(project, "kpi__margin", "subscription_revenue")
    expected = {month: float(value) for month, value in oracle.subscription_revenue(folder).items()}
    # a month's 30 daily figures are each kept to ten decimals
    assert {m: float(v) for m, v in actual.items()} == pytest.approx(expected, rel=0, abs=1e-5)
