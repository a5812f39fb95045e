"""What isn't known isn't nought: a company whose inputs begin, and end, at different times.

Subscriptions are loaded from 2022, orders from 10 February 2024, ads and the ledger from January
2024, answers from October 2024. Ads, which were booked every Monday, stopped on 10 March 2025.
"""

import json
from datetime import date, timedelta

import pytest
from conftest import Project
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target

AS_OF = date(2025, 6, 15)
MONTHS = [date(2022 + n // 12, n % 12 + 1, 1) for n in range(42)]
FIRST_ORDER = date(2024, 2, 10)
ORDER_DAYS = [FIRST_ORDER] + [month.replace(day=5) for month in MONTHS[26:]]
MONDAYS = [date(2024, 1, 1) + timedelta(weeks=n) for n in range(63)]
LAST_MONDAY = date(2025, 3, 10)
# of 400 of orders and 150 of subscriptions a month
HOSTING = 110
SEEDS = {
    "customers": [
        {"customer_id": name, "created_at": "2022-01-01", "country": "FR"}
        | {"segment": "", "acquisition_channel": "ads"}
        for name in ["A", "B", *[f"C{n}" for n in range(len(ORDER_DAYS))]]
    ],
    "subscriptions": [
        {"subscription_id": name, "customer_id": name, "plan": "one", "status": "active"}
        | {"started_at": start, "ended_at": end, "amount": amount, "billing_interval": "month"}
        | {"quantity": 1, "currency_code": "USD", "churn_reason": ""}
        for name, start, end, amount in [
            ("A", "2022-01-01", "", 100),
            ("B", "2022-03-01", "2025-05-20", 50),
        ]
    ],
    "orders": [
        {"order_id": f"O{n}", "customer_id": f"C{n}", "ordered_at": day, "status": "paid"}
        | {"currency_code": "USD"}
        for n, day in enumerate(ORDER_DAYS)
    ],
    "order_lines": [
        {"order_line_id": f"O{n}", "order_id": f"O{n}", "product_category": "", "quantity": 1}
        | {"unit_price": 400, "discount_amount": "", "unit_cost": ""}
        for n, _ in enumerate(ORDER_DAYS)
    ],
    "refunds": [
        {"refund_id": "R", "order_id": "O1", "subscription_id": "", "refunded_at": "2024-03-12"}
        | {"amount": 20, "currency_code": "USD"},
        {"refund_id": "S", "order_id": "", "subscription_id": "A", "refunded_at": "2022-05-12"}
        | {"amount": 7, "currency_code": "USD"},
    ],
    "marketing_spend": [
        {"spend_date": day, "channel": "ads", "campaign": "", "amount": 70}
        | {"currency_code": "USD", "impressions": "", "clicks": ""}
        for day in MONDAYS
    ],
    # the rent on the first day of the month, hosting on the last
    "operating_expenses": [
        {"expense_id": f"{category}{month}", "expense_date": month + timedelta(days=days)}
        | {"category": category, "department": "", "amount": amount, "currency_code": "USD"}
        for month in MONTHS[24:]
        for category, amount, days in [
            ("rent", 300, 0),
            (
                "cost_of_revenue",
                HOSTING,
                ((month + timedelta(days=31)).replace(day=1) - month).days - 1,
            ),
        ]
    ],
    "survey_responses": [
        {"response_id": n, "customer_id": "A", "survey_type": "nps", "score": 10}
        | {"responded_at": f"2024-{n}-01"}
        for n in (10, 12)
    ],
    "okr_cycles": [
        cycle("Q1", "2025-01-01", "2025-03-31"),
        cycle("Q2", "2025-04-01", "2025-06-30"),
    ],
    "okr_objectives": [objective("past", "Q1"), objective("now", "Q2")],
    "okr_key_results": [
        # closed while nobody could know that the ads had ended
        key_result(
            "spent", "past", "marketing_spend", metric_type="at_most", due_date="2025-03-15"
        ),
        key_result("cac", "now", "cac", metric_type="decrease"),
        key_result("margin", "now", "gross_margin", metric_type="average"),
        key_result("orders", "now", "orders", metric_type="cumulative"),
    ],
    "okr_key_result_targets": [
        target("spent", "2025-01-01", upper_bound=500),
        target("cac", "2025-04-01", baseline_value=300, target_value=200),
        target("margin", "2025-04-01", baseline_value=0.5, target_value=0.8),
        target("orders", "2025-04-01", target_value=3),
    ],
    "okr_check_ins": [check_in("orders", "2025-04-02")],
    "okr_phased_targets": [
        {"key_result_id": "orders", "period_end": "2025-06-30", "expected_value": 3}
    ],
}
OPERATIONAL = [name for name in SEEDS if not name.startswith("okr_")]


def accrued(month: date) -> float:
    """Return the subscription revenue of a month: MRR / days of the month, by the day."""
    length = ((month + timedelta(days=31)).replace(day=1) - month).days
    days = [month + timedelta(days=n) for n in range(length)]
    return sum(
        (100 + (50 if date(2022, 3, 1) <= day < date(2025, 5, 20) else 0)) / length
        for day in days
        if day <= AS_OF
    )


def spend(month: date) -> int:
    """Return the spend of a month's Mondays."""
    return sum(70 for day in MONDAYS if (day.year, day.month) == (month.year, month.month))


def ordered(month: date) -> int:
    """Return how many orders a month has: each is a new customer."""
    return sum(1 for day in ORDER_DAYS if (day.year, day.month) == (month.year, month.month))


def build(project: Project, **variables: object) -> None:
    """Build with other vars; every test of the package has to pass."""
    built = project.dbt("build", *(["--vars", json.dumps(variables)] if variables else []))
    assert built.returncode == 0, built.stdout[-3000:]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the company, built."""
    variables = {
        "okr_metrics_inputs": {name: name for name in OPERATIONAL} | OKR_INPUTS,
        "okr_metrics_as_of_date": str(AS_OF),
        "okr_metrics_period_grains": ["month", "quarter"],
    }
    project = Project(tmp_path_factory.mktemp("coverage") / "shop", {}, variables, SEEDS)
    project.install()
    build(project)
    return project


def of_kpi(project: Project, kpi_id: str, grain: str = "month") -> dict[date, tuple]:
    """Return value, null_reason and is_complete_period of a KPI at total by first day."""
    rows = project.query(
        "select period_start, cast(value as double), null_reason, is_complete_period"
        f" from kpi__values where kpi_id = '{kpi_id}' and period_grain = '{grain}'"
        " and dimension = 'total'"
    )
    return {start: tuple(rest) for start, *rest in rows}


def test_spend_is_known_from_the_first_row_to_the_last(project: Project) -> None:
    expected = {
        month: (None, "before_data", True)
        if month < date(2024, 1, 1)
        else (None, "after_data", month < date(2025, 6, 1))
        if month > LAST_MONDAY
        # the row of 17 March is missing
        else (spend(month), None, month != date(2025, 3, 1))
        for month in MONTHS
    }
    assert of_kpi(project, "marketing_spend") == expected
    mart = project.by_month("kpi__margin", "marketing_spend")
    assert mart == {f"{month:%Y-%m}": value for month, (value, *_) in expected.items()}


def test_a_month_that_the_data_enter_in_its_midst_has_a_value_and_is_incomplete(
    project: Project,
) -> None:
    for kpi_id, of_month in {
        "orders": ordered,
        "new_customers": ordered,
        "refund_rate": lambda month: 20 / 400 if month == date(2024, 3, 1) else 0,
        "net_revenue": lambda month: (
            400 * ordered(month) + accrued(month) - (20 if month == date(2024, 3, 1) else 0)
        ),
        "order_revenue": lambda month: 400 * ordered(month),
    }.items():
        expected = {
            month: (None, "before_data", True)
            if month < date(2024, 2, 1)
            else (
                pytest.approx(of_month(month), abs=1e-6),
                None,
                month not in (date(2024, 2, 1), date(2025, 6, 1)),
            )
            for month in MONTHS
        }
        assert of_kpi(project, kpi_id) == expected, kpi_id


def test_refunds_of_subscriptions_are_known_before_the_orders_begin(project: Project) -> None:
    refunds = {date(2022, 5, 1): 7, date(2024, 3, 1): 20}
    found = of_kpi(project, "refunds")
    assert {month: row[:2] for month, row in found.items()} == {
        month: (refunds.get(month, 0), None) for month in MONTHS
    }
    mart = project.by_month("kpi__margin", "refunds")
    assert mart == {f"{month:%Y-%m}": refunds.get(month, 0) for month in MONTHS}


def test_what_needs_subscriptions_alone_is_known_from_2022(project: Project) -> None:
    closing = of_kpi(project, "closing_mrr")
    assert [closing[month][0] for month in MONTHS[:4]] == [100, 100, 150, 150]
    arpa = of_kpi(project, "arpa")
    assert [arpa[month][:2] for month in MONTHS[1:3]] == [(100, None), (75, None)]
    revenue = of_kpi(project, "subscription_revenue")
    assert revenue[date(2022, 1, 1)] == (100, None, True)


def test_a_cac_of_nought_is_none(project: Project) -> None:
    expected = {
        month: (None, "before_data")
        if month < date(2024, 2, 1)
        else (None, "after_data")
        if month > LAST_MONDAY
        else (spend(month) / ordered(month), None)
        for month in MONTHS
    }
    assert {month: row[:2] for month, row in of_kpi(project, "cac").items()} == expected
    mart = project.by_month("kpi__acquisition", "cac")
    assert mart == {f"{month:%Y-%m}": value for month, (value, _) in expected.items()}
    # of its channel too, and both parts
    assert project.query(
        "select distinct null_reason, value, numerator, denominator from kpi__values"
        " where kpi_id = 'cac' and dimension_value in ('total', 'ads')"
        " and period_start < '2024-01-01'"
    ) == [("before_data", None, None, None)]


def test_expenses_and_what_is_made_of_them_begin_with_the_ledger(project: Project) -> None:
    expenses = of_kpi(project, "operating_expenses")
    assert expenses[date(2023, 12, 1)][:2] == (None, "before_data")
    assert expenses[date(2024, 1, 1)] == (300 + spend(date(2024, 1, 1)), None, True)
    # without the ads of April nobody knows the expenses
    assert expenses[date(2025, 4, 1)][:2] == (None, "after_data")
    for kpi_id in ("operating_income", "gross_profit", "ltv", "ltv_to_cac", "cac_payback_months"):
        values = of_kpi(project, kpi_id)
        assert {values[month][1] for month in MONTHS[:25]} == {"before_data"}, kpi_id


def test_a_growth_compares_whole_months(project: Project) -> None:
    growth = of_kpi(project, "net_revenue_growth")
    assert {growth[month][:2] for month in MONTHS[:27]} == {(None, "before_data")}
    assert growth[date(2024, 4, 1)][0] == pytest.approx(550 / 530 - 1)
    # recurring revenue is known from its first month on
    assert of_kpi(project, "mrr_growth")[date(2022, 2, 1)][:2] == (0, None)


def test_last_quarters_spend_is_that_of_a_whole_quarter(project: Project) -> None:
    magic = of_kpi(project, "magic_number", "quarter")
    assert magic[date(2024, 1, 1)][:2] == (None, "before_data")
    assert magic[date(2024, 4, 1)][:2] == (0, None)
    # half of March is missing
    assert magic[date(2025, 4, 1)][:2] == (None, "after_data")
    assert project.query(
        "select previous_quarter_spend from kpi__efficiency"
        " where period_grain = 'quarter' and period_start in ('2024-01-01', '2025-04-01')"
    ) == [(None,), (None,)]


def test_nobody_asked_is_not_nobody_answered(project: Project) -> None:
    answers = of_kpi(project, "nps")
    assert answers[date(2024, 9, 1)][:2] == (None, "before_data")
    assert answers[date(2024, 10, 1)][:2] == (100, None)
    assert answers[date(2024, 11, 1)][:2] == (None, "zero_denominator")
    assert project.by_month("kpi__satisfaction", "nps_responses")["2024-09"] is None


def test_no_limit_comes_from_what_was_not_known(project: Project) -> None:
    # 8 months that the ads are known in, from January 2024 on, and two before the one in question
    first = [spend(month) for month in MONTHS[24:32]]
    expected = dict(
        project.query(
            "select period_start, cast(center_line as double) from kpi__health"
            " where kpi_id = 'marketing_spend' and period_grain = 'month'"
            " and dimension = 'total' and value is not null"
        )
    )
    assert [expected[month] for month in MONTHS[24:34]] == [None] * 10
    assert expected[MONTHS[34]] == pytest.approx(sum(first) / 8)
    # where nothing churned for three years, that is known
    assert (
        project.query(
            "select kpi_id from kpi__health where health_reason like '%limit 0 USD%' and kpi_id in"
            " (select kpi_id from kpi__values where null_reason = 'before_data')"
        )
        == []
    )


def test_who_is_left_of_a_cohort_before_the_data_is_not_known(project: Project) -> None:
    rows = project.query(
        "select cohort_period, periods_since, retained_customers from kpi__retention_cohorts"
        " where period_grain = 'month' and dimension = 'total'"
        " and (cohort_period = '2022-01-01' and periods_since in (1, 40)"
        " or cohort_period = '2024-02-01' and periods_since = 1) order by 1, 2"
    )
    assert rows == [
        (date(2022, 1, 1), 1, None),
        (date(2022, 1, 1), 40, None),
        (date(2024, 2, 1), 1, 0),
    ]


def test_a_key_result_on_an_input_that_ended_is_unreliable(project: Project) -> None:
    status = {
        name: rest
        for name, *rest in project.query(
            "select key_result_id, status, status_rule, status_reason"
            " from okr__key_result_attainment"
        )
    }
    assert status["cac"] == [
        "unreliable",
        "input_ended",
        "The last row of marketing_spend is of 2025-03-10; more than 21 days without one are"
        " unreliable.",
    ]
    assert status["spent"][0] == "achieved"
    assert status["orders"][0] == "achieved"


def test_an_average_leaves_out_the_month_whose_cost_is_not_booked_yet(project: Project) -> None:
    months = [date(2025, 4, 1), date(2025, 5, 1)]
    revenue = sum(400 + accrued(month) for month in months)
    assert project.query(
        "select cast(actual_value as double), value_date from okr__key_result_progress"
        " where key_result_id = 'margin' and is_latest"
    ) == [(pytest.approx((revenue - 2 * HOSTING) / revenue), date(2025, 5, 31))]


def test_the_build_says_which_input_ended_and_which_begins_later(project: Project) -> None:
    findings = project.query(
        "select rule_id, severity, input from kpi__input_findings"
        " where rule_id in ('input_ended', 'input_begins_later') order by 1, 3"
    )
    assert findings == [
        ("input_begins_later", "info", "marketing_spend"),
        ("input_begins_later", "info", "operating_expenses"),
        ("input_begins_later", "info", "orders"),
        ("input_begins_later", "info", "survey_responses"),
        ("input_ended", "warning", "marketing_spend"),
    ]


def test_the_user_may_know_better_where_data_start_and_end(project: Project) -> None:
    starts = {"marketing_spend": "2024-06-15", "orders": "2022-01-01"}
    # the money of spend that nobody should look at is still accounted for: every test passes
    build(
        project,
        okr_metrics_data_starts=starts,
        okr_metrics_max_input_age_days={"marketing_spend": 1000},
    )
    values = of_kpi(project, "marketing_spend")
    assert values[date(2024, 5, 1)] == (None, "before_data", True)
    assert values[date(2024, 6, 1)] == (spend(date(2024, 6, 1)), None, False)
    assert values[date(2025, 4, 1)] == (0, None, True)
    # nothing was sold before: that is known
    assert of_kpi(project, "net_revenue")[date(2022, 1, 1)] == (100, None, True)
    assert of_kpi(project, "refunds")[date(2022, 1, 1)] == (0, None, True)
