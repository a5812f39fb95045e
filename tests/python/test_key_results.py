"""Every line of the edge-case table and the published cases, from orders to attainment.

Each key result looks at net_revenue (or average_order_value) of its own country, so that any
value of any month can be dictated by orders. Expected figures are worked out by hand from
docs/okr-definitions.md or published by the tool named in the case. The as-of date, 2025-05-20,
is inside May: April is the last complete month.
"""

import csv
from pathlib import Path

import pytest
from conftest import Project
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target

AS_OF = "2025-05-20"
Q1 = ("2025-01-01", "2025-03-31")
Q2 = ("2025-04-01", "2025-06-30")


class Case:
    """A key result, what its KPI measured, and what attainment must say."""

    def __init__(
        self,
        name: str,
        months: dict[str, list[float]],
        targets: list[dict],
        expected: dict,
        objective_id: str = "Q2",
        kpi: str = "net_revenue",
        **key_result_columns: object,
    ) -> None:
        """Take orders as {'2025-04': [amount of each order]}, targets without their id."""
        self.name, self.months, self.expected = name, months, expected
        self.targets = [target(name, **row) for row in targets]
        self.row = key_result(
            name,
            objective_id,
            kpi,
            **{"dimension": "country", "dimension_value": name} | key_result_columns,
        )


def from_to(baseline: float, goal: float, **other: object) -> list[dict]:
    """Return the one target row of a key result that has a baseline."""
    return [{"valid_from": Q2[0], "baseline_value": baseline, "target_value": goal} | other]


CASES = [
    Case(
        "decrease_half_way",
        {"2025-04": [80]},
        from_to(100, 60),
        {"progress_raw": 0.5},
        metric_type="decrease",
    ),
    Case(
        "decrease_75",
        {"2025-04": [70]},
        from_to(100, 60),
        {"progress_raw": 0.75},
        metric_type="decrease",
    ),
    Case(
        "decrease_beyond",
        {"2025-04": [50]},
        from_to(100, 60),
        # a level can be lost until it is due
        {"progress_raw": 1.25, "score": 1, "is_met": True, "status": "on_track"},
        metric_type="decrease",
    ),
    Case(
        "decrease_beyond_on_the_due_date",
        {"2025-03": [50]},
        from_to(100, 60),
        {"progress_raw": 1.25, "score": 1, "is_met_at_close": True, "status": "achieved"},
        objective_id="Q1",
        metric_type="decrease",
    ),
    # nobody seeded a baseline, and March was as low as that: it is to be held
    Case(
        "decrease_met_before",
        {"2025-03": [50], "2025-04": [55]},
        [{"valid_from": Q2[0], "target_value": 60}],
        {
            "baseline_value": 50,
            "progress_raw": 1,
            "status": "on_track",
            "status_rule": "target_holds",
            "is_regressed": False,
        },
        metric_type="decrease",
    ),
    Case(
        "decrease_met_before_and_lost",
        {"2025-03": [50], "2025-04": [65]},
        [{"valid_from": Q2[0], "target_value": 60}],
        {"progress_raw": 0, "status": "off_track", "status_rule": "target_not_held"},
        metric_type="decrease",
    ),
    # an average goes the KPI's way, up, whatever its baseline was
    Case(
        "average_met_before_and_lost",
        {"2025-03": [200], "2025-04": [140]},
        [{"valid_from": Q2[0], "target_value": 150}],
        {"progress_raw": 0, "is_met": False, "status": "off_track"},
        kpi="average_order_value",
        metric_type="average",
    ),
    # of the quarter before, 300 + 90 + 60 over three orders, not of March alone
    Case(
        "average_from_the_quarter_before",
        {"2025-01": [300], "2025-02": [90], "2025-03": [60], "2025-04": [175]},
        [{"valid_from": Q2[0], "target_value": 200}],
        {"baseline_value": 150, "progress_raw": 0.5},
        kpi="average_order_value",
        metric_type="average",
    ),
    Case(
        "below_baseline",
        {"2025-03": [20]},
        from_to(20, 100),
        {"progress_raw": -0.25, "score": 0, "is_regressed": True, "status": "off_track"},
    ),
    Case(
        "met_exactly",
        {"2025-04": [100]},
        from_to(20, 100),
        {"progress_raw": 1, "score": 1, "is_met": True, "first_met_date": "2025-04-30"},
    ),
    Case(
        "measured_baseline",
        {"2025-02": [7], "2025-03": [40], "2025-04": [70]},
        [{"valid_from": Q2[0], "target_value": 100}],
        {"baseline_value": 40, "progress_raw": 0.5},
    ),
    Case(
        "no_value_yet",
        {},
        from_to(20, 100),
        {"status": "no_data", "status_rule": "no_value", "actual_value": None, "score": None},
    ),
    Case(
        "no_baseline",
        {"2025-04": [90]},
        [{"valid_from": Q2[0], "target_value": 100}],
        {"status": "no_data", "status_rule": "no_baseline", "score": None},
        kpi="average_order_value",
    ),
    # May has no order, so no average: April's is carried forward
    Case(
        "gap_in_cycle",
        {"2025-02": [1], "2025-03": [50]},
        from_to(20, 100),
        {"actual_value": 50, "value_date": "2025-03-31", "value_age_days": 50, "score": 0.375},
        objective_id="Y",
        kpi="average_order_value",
        start_date="2025-02-01",
        due_date=Q2[1],
    ),
    Case(
        "too_old",
        {"2025-01": [50]},
        from_to(20, 100),
        {"status": "unreliable", "value_age_days": 109, "score": 0.375},
        objective_id="Y",
        kpi="average_order_value",
    ),
    Case(
        "starts_mid_cycle",
        {"2025-05": [60]},
        from_to(0, 100),
        {"actual_value": 60, "elapsed_share": 20 / 61, "status": "on_track"},
        metric_type="cumulative",
        start_date="2025-05-01",
    ),
    Case(
        "one_day",
        {"2025-05": [100]},
        from_to(20, 100),
        {"elapsed_share": 1, "status": "no_data"},
        start_date=AS_OF,
        due_date=AS_OF,
    ),
    Case(
        "not_started",
        {"2025-04": [100]},
        from_to(20, 100),
        {"elapsed_share": 0, "status": "not_started", "score": None},
        start_date="2025-06-01",
    ),
    # the running month counts in a sum, and the baseline is 0 unless seeded
    Case(
        "cumulative",
        {"2025-03": [500], "2025-04": [100], "2025-05": [50]},
        [{"valid_from": Q2[0], "target_value": 300}],
        {"baseline_value": 0, "actual_value": 150, "progress_raw": 0.5, "elapsed_share": 50 / 91},
        metric_type="cumulative",
    ),
    # (100 + 20 + 20 + 20) / 4 orders, not the mean of 100 and 20
    Case(
        "average_of_ratio",
        {"2025-04": [100], "2025-05": [20, 20, 20]},
        from_to(20, 60),
        {"actual_value": 40, "progress_raw": 0.5},
        kpi="average_order_value",
        metric_type="average",
    ),
    Case(
        "average_of_flow",
        {"2025-01": [100], "2025-02": [50], "2025-03": [30]},
        from_to(20, 100),
        {"actual_value": 60, "progress_raw": 0.5, "status": "missed", "grade": "yellow"},
        objective_id="Q1",
        metric_type="average",
    ),
    Case(
        "at_least",
        {"2025-01": [100], "2025-02": [99], "2025-03": [250]},
        [{"valid_from": Q1[0], "lower_bound": 100}],
        {"progress_raw": 2 / 3, "periods_met": 2, "periods_measured": 3, "status": "missed"},
        objective_id="Q1",
        metric_type="at_least",
    ),
    Case(
        "at_most_all_met",
        {"2025-04": [100]},
        [{"valid_from": Q2[0], "upper_bound": 100}],
        {"progress_raw": 1, "periods_measured": 1, "status": "on_track", "is_met": True},
        metric_type="at_most",
    ),
    # February has no order: an empty period isn't measured
    Case(
        "range_with_empty_period",
        {"2025-01": [10], "2025-03": [20]},
        [{"valid_from": Q1[0], "lower_bound": 10, "upper_bound": 20}],
        {"progress_raw": 1, "periods_measured": 2, "is_met_at_close": True, "grade": "green"},
        objective_id="Q1",
        kpi="average_order_value",
        metric_type="range",
    ),
    Case(
        "milestone_done",
        {},
        [{"valid_from": Q2[0]}],
        {"progress_raw": 1, "status": "achieved", "value_date": "2025-05-10", "confidence": 0.9},
        kpi="",
        metric_type="milestone",
        dimension="",
        dimension_value="",
    ),
    Case(
        "milestone_unreported",
        {},
        [{"valid_from": Q2[0]}],
        {"progress_raw": None, "status": "no_data"},
        kpi="",
        metric_type="milestone",
        dimension="",
        dimension_value="",
    ),
    Case(
        "reached_then_lost",
        {"2025-01": [90], "2025-02": [120], "2025-03": [80], "2025-04": [999]},
        [{"valid_from": Q1[0], "baseline_value": 0, "target_value": 100}],
        {
            "first_met_date": "2025-02-28",
            "is_met": False,
            "is_met_at_close": False,
            # frozen at the due date: April's 999 doesn't move it
            "actual_value": 80,
            "period_end": "2025-03-31",
            "score": 0.8,
            "status": "missed",
            # committed: green at 1 alone
            "grade": "yellow",
        },
        objective_id="Q1",
    ),
    Case(
        "target_revised",
        {"2025-04": [100]},
        [
            {"valid_from": Q2[0], "baseline_value": 0, "target_value": 400},
            {"valid_from": "2025-05-15", "target_value": 200, "reason": "market shrank"},
        ],
        {"score": 0.5, "score_vs_original": 0.25, "original_target_value": 400},
    ),
    # phased: 10 expected by April 30, then straight to 100 on June 30; 20 of 61 days later
    Case(
        "phased",
        {"2025-04": [10], "2025-05": [20]},
        from_to(0, 100),
        {"expected_progress": (10 + 90 * 20 / 61) / 100, "actual_value": 30, "status": "on_track"},
        metric_type="cumulative",
    ),
]


def published_cases(shared: Path) -> list[Case]:
    """Return the published cases that follow (a - b) / (t - b); the others say another rule."""
    with (shared / "data/okr_checks/kr_progress_published_cases.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["baseline"] and row["actual"]]
    cases = []
    for number, row in enumerate(rows):
        baseline, goal = float(row["baseline"]), float(row["target"])
        progress = float(row["published_progress_pct"]) / 100
        cases.append(
            Case(
                f"published_{number}",
                {"2025-03": [1], "2025-04": [float(row["actual"])]},
                from_to(baseline, goal),
                {"progress_raw": progress, "score": min(max(progress, 0), 1)},
                metric_type="increase" if goal > baseline else "decrease",
            )
        )
    assert len(cases) == 15
    with (shared / "data/okr_checks/servicenow_quarterly_breakdown.csv").open() as file:
        for row in csv.DictReader(file):
            cases.append(
                Case(
                    f"servicenow_{row['quarter']}",
                    {"2025-04": [float(row["actual"])]},
                    from_to(float(row["start_value"]), float(row["planned"])),
                    # published to two decimals of a percent
                    {"progress_raw": pytest.approx(float(row["recomputed_pct"]) / 100, abs=5e-5)},
                )
            )
    return cases


def rollup_cases() -> dict[str, tuple[list[tuple[float, object]], float]]:
    """Return {objective: ([(progress in percent, weight)], score)}."""
    return {
        "R-perdoo": ([(100, ""), (0, ""), (0, "")], 1 / 3),
        "R-leankit": ([(60, ""), (20, ""), (50, "")], 130 / 300),
        "R-27-18-73": ([(27, ""), (18, ""), (73, "")], 118 / 300),
        "R-clamped": ([(0, ""), (200, "")], 0.5),
        "R-weights": ([(100, 3), (0, 1), (50, 0)], 0.75),
        # 85 and 60 stand in two child objectives of R-quantive
        "R-child-85": ([(85, "")], 0.85),
        "R-child-60": ([(60, "")], 0.6),
    }


def rollup_key_results() -> list[Case]:
    """Return a key result from 0 to 100 for each figure of the roll-up cases, and one without."""
    # it has no score, so it has no weight either
    unscored = Case("unscored", {}, from_to(0, 100), {"score": None}, objective_id="R-27-18-73")
    return [unscored] + [
        Case(
            f"{objective_id}/{number}",
            {"2025-04": [progress]},
            from_to(0, 100),
            {},
            objective_id=objective_id,
            weight=weight,
        )
        for objective_id, (key_results, _) in rollup_cases().items()
        for number, (progress, weight) in enumerate(key_results)
    ]


@pytest.fixture(scope="module")
def cases(request: pytest.FixtureRequest) -> list[Case]:
    """Return all cases; the published ones where the data is here."""
    folder = Path(__file__).resolve().parents[3] / "shared"
    published = published_cases(folder) if folder.exists() else []
    return CASES + rollup_key_results() + published


@pytest.fixture(scope="module")
def project(cases: list[Case], tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the built project: each order is one line of its own."""
    orders = [
        {
            "order_id": f"{case.name}/{month}/{number}",
            "customer_id": case.name,
            "ordered_at": f"{month}-05",
            "status": "completed",
            "currency_code": "USD",
            "amount": amount,
        }
        for case in cases
        for month, amounts in case.months.items()
        for number, amount in enumerate(amounts)
    ]
    customers = [
        {"customer_id": case.name, "created_at": "2025-01-01", "country": case.name}
        for case in cases
    ]
    parents = {"R-child-85": "R-quantive", "R-child-60": "R-quantive"}
    seeds = {
        "orders": orders,
        "customers": customers,
        "okr_cycles": [cycle("Q1", *Q1), cycle("Q2", *Q2), cycle("Y", "2025-01-01", "2025-12-31")],
        "okr_objectives": [
            objective("Q1", "Q1"),
            objective("Q2", "Q2"),
            objective("Y", "Y"),
            objective("R-quantive", "Q2"),
        ]
        + [
            objective(name, "Q2", parent_objective_id=parents.get(name, ""))
            for name in rollup_cases()
        ],
        "okr_key_results": [case.row for case in cases],
        "okr_key_result_targets": [row for case in cases for row in case.targets],
        "okr_phased_targets": [
            {"key_result_id": "phased", "period_end": "2025-04-30", "expected_value": 10}
        ],
        "okr_check_ins": [
            check_in("milestone_done", "2025-05-10", confidence=0.9, value_reported=1),
            check_in("milestone_done", "2025-04-10", confidence=0.2, value_reported=0),
            # after the as-of date
            check_in("milestone_unreported", "2025-05-21", value_reported=1),
        ],
    }
    models = {
        "my_customers": """
            select *, null as segment, null as acquisition_channel from {{ ref('customers') }}
        """,
        "my_orders": "select * from {{ ref('orders') }}",
        "my_lines": """
            select
                order_id as order_line_id, order_id, null as product_category, 1 as quantity,
                amount as unit_price, null as discount_amount, null as unit_cost
            from {{ ref('orders') }}
        """,
    }
    inputs = {"customers": "my_customers", "orders": "my_orders", "order_lines": "my_lines"}
    project = Project(
        tmp_path_factory.mktemp("key_results") / "project",
        models,
        {
            "okr_metrics_as_of_date": AS_OF,
            "okr_metrics_inputs": inputs | OKR_INPUTS,
            # January is known in all, though its first order is of the 5th
            "okr_metrics_data_starts": {"orders": "2025-01-01"},
        },
        seeds,
    )
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    return project


def test_every_key_result_says_what_the_definitions_say(
    project: Project, cases: list[Case]
) -> None:
    columns = sorted({column for case in cases for column in case.expected})
    rows = project.query(
        f"select key_result_id, {', '.join(columns)} from okr__key_result_attainment"
    )
    attainment = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}
    wrong = []
    for case in cases:
        for column, expected in case.expected.items():
            actual = attainment[case.name][column]
            if isinstance(expected, str):
                actual = str(actual)
            elif isinstance(expected, float | int) and not isinstance(expected, bool):
                actual, expected = (
                    float("nan") if actual is None else float(actual),
                    pytest.approx(expected),
                )
            elif actual is not None and not isinstance(expected, bool):
                actual = float(actual)
            if actual != expected:
                wrong.append(f"{case.name}.{column}: {actual}, not {expected}")
    assert not wrong, "\n".join(wrong)


def test_objectives_roll_up_as_published(project: Project) -> None:
    scores = dict(project.query("select objective_id, score from okr__objective_attainment"))
    for objective_id, (_, expected) in rollup_cases().items():
        assert float(scores[objective_id]) == pytest.approx(expected), objective_id


def test_children_cascade_into_their_parent(project: Project) -> None:
    ((score, cascade_score),) = project.query(
        "select score, cascade_score from okr__objective_attainment"
        " where objective_id = 'R-quantive'"
    )
    assert score is None
    # Quantive publishes 73, rounded half up
    assert float(cascade_score) == pytest.approx(0.725)
