"""Building as of a day gives the rows of that day again; a closed score stays; a cycle is closed.

One warehouse lives through a quarter: it is built on eight days with the raw rows that there were
by then, and then on some of these days again, backwards, with all of them.
"""

import datetime
from collections import defaultdict
from datetime import date

import pytest
from conftest import Project
from daily import Daily
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target

DAYS = [
    *("2025-01-01", "2025-01-31", "2025-02-01", "2025-02-14"),
    *("2025-02-28", "2025-03-30", "2025-03-31", "2025-04-15"),
]
AGAIN = DAYS[::3]
# revenue of each country by month, in two orders on the 5th and the 20th
MONTHS = [date(2024 + n // 12, n % 12 + 1, 5) for n in range(4, 16)]
REVENUE = {
    "up": [90, 110, 95, 105, 100, 98, 102, 100, 150, 210, 180, 70],
    "sum": [80, 120, 100, 90, 110, 95, 105, 100, 130, 140, 150, 999],
    "basket": [60, 62, 58, 61, 59, 60, 60, 60, 66, 70, 72, 10],
    "floor": [50, 51, 49, 50, 50, 52, 48, 50, 51, 50, 47, 9],
}
LATE = {"order_id": "late", "country": "up", "ordered_at": "2025-03-09", "amount": 45}
TARGETS = [
    target("up", "2025-01-01", target_value=200),
    target("up", "2025-02-10", target_value=190, reason="a new rival"),
    target("sum", "2025-01-01", target_value=400),
    target("basket", "2025-01-01", target_value=40),
    target("floor", "2025-01-01", lower_bound=50),
    target("news", "2025-01-01"),
    target("next", "2025-01-01", target_value=900),
]
CHECK_INS = [
    # a seed has at least one row
    check_in("up", "2024-12-30"),
    check_in("news", "2025-02-20", value_reported=0, confidence=0.4),
    check_in("news", "2025-03-20", value_reported=1),
    check_in("up", "2025-02-02", confidence=0.9),
]


def orders() -> list[dict]:
    """Return all orders of the quarter and the months before and after it."""
    return [
        {
            "order_id": f"{country}/{month}/{day}",
            "country": country,
            "ordered_at": month.replace(day=day),
            "amount": amount / 2,
        }
        for country, amounts in REVENUE.items()
        for month, amount in zip(MONTHS, amounts, strict=True)
        for day in (5, 20)
    ]


def rows_until(day: str, *late: dict) -> dict[str, list[dict]]:
    """Return the seeds that change, as they are on a day."""
    return {
        "raw_orders": [row for row in orders() if str(row["ordered_at"]) <= day] + list(late),
        "okr_key_result_targets": [row for row in TARGETS if row["valid_from"] <= day],
        "okr_check_ins": [row for row in CHECK_INS if row["check_in_date"] <= day],
    }


def build(project: Project, steps: list[tuple[str, dict]]) -> list[dict[str, list[str]]]:
    """Build as of each day with its seeds; return each time every OKR table as lines of text."""
    daily, said = Daily(project.folder, project.folder / "daily.log"), []
    for day, seeds in steps:
        for name, rows in seeds.items():
            project.write_seed(name, rows)
        daily.build(day)
        names = project.query("select table_name from duckdb_tables() where table_name ^@ 'okr__'")
        said.append(
            {name: sorted(map(repr, project.query(f"from {name}"))) for (name,) in sorted(names)}
        )
    daily.close()
    return said


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project, not built yet."""
    names = ["country", "month", "increase"]
    inputs = {"customers": "customers", "orders": "orders", "order_lines": "order_lines"}
    rows = [
        key_result("up", "O", "net_revenue"),
        key_result("sum", "O", "net_revenue", metric_type="cumulative"),
        key_result("basket", "P", "average_order_value", metric_type="average"),
        key_result("floor", "P", "net_revenue", metric_type="at_least", weight=2),
    ]
    rows = [row | {"dimension": names[0], "dimension_value": row["key_result_id"]} for row in rows]
    project = Project(
        tmp_path_factory.mktemp("as_of") / "shop",
        {
            "customers": """
                select distinct country as customer_id, '2024-05-01' as created_at, country,
                    null as segment, null as acquisition_channel
                from {{ ref('raw_orders') }}
            """,
            "orders": """
                select order_id, country as customer_id, ordered_at, 'completed' as status,
                    'USD' as currency_code
                from {{ ref('raw_orders') }}
            """,
            "order_lines": """
                select order_id as order_line_id, order_id, null as product_category,
                    1 as quantity, amount as unit_price, null as discount_amount,
                    null as unit_cost
                from {{ ref('raw_orders') }}
            """,
        },
        {
            "okr_metrics_period_grains": ["month"],
            "okr_metrics_data_starts": {"orders": "2024-05-01"},
            "okr_metrics_inputs": inputs
            | {name: name for name in OKR_INPUTS if name != "okr_phased_targets"},
        },
        {
            "okr_cycles": [
                cycle("Q1", "2025-01-01", "2025-03-31"),
                cycle("Q2", "2025-04-01", "2025-06-30"),
            ],
            "okr_objectives": [
                objective("O", "Q1"),
                objective("P", "Q1", objective_type="aspirational"),
                objective("N", "Q2"),
            ],
            "okr_key_results": [
                *rows,
                key_result("news", "P", "", metric_type="milestone", weight=0),
                key_result("next", "N", "net_revenue", metric_type="cumulative"),
            ],
        },
    )
    for name, rows in rows_until(DAYS[0]).items():
        project.write_seed(name, rows)
    assert project.dbt("deps").returncode == 0
    return project


@pytest.fixture(scope="module")
def told(project: Project) -> list[dict[str, list[str]]]:
    """Return what 12 builds said: eight in their time, three again, one with a late order."""
    everything = rows_until("2025-12-31")
    steps = [(day, rows_until(day)) for day in DAYS]
    steps += [(day, everything) for day in reversed(AGAIN)]
    return build(project, [*steps, ("2025-04-16", rows_until("2025-12-31", LATE))])


def test_every_day_is_told_again(told: list[dict]) -> None:
    in_their_time = dict(zip(DAYS, told, strict=False))
    for day, second in zip(reversed(AGAIN), told[len(DAYS) : -1], strict=True):
        first = in_their_time[day]
        assert first.keys() == second.keys()
        for table, rows in second.items():
            assert rows == first[table], (day, table)


def test_an_event_is_the_same_from_day_to_day(told: list[dict]) -> None:
    """While a period runs its events move with the as-of date; their ids don't."""
    events = defaultdict(list)
    for tables in told[: len(DAYS)]:
        for row in tables["okr__alerts"]:
            alert_id, kind, _, day, thing, *others = eval(row, {"datetime": datetime})
            events[alert_id].append((day, kind, thing, *others[-4:-2]))
    for rows in events.values():
        # one event of one object, in one month
        assert len({row[1:] for row in rows}) == 1, rows
        assert len({row[0].replace(day=1) for row in rows}) == 1, rows
    told_once = [(*rows[0][1:], rows[0][0].replace(day=1)) for rows in events.values()]
    assert len(set(told_once)) == len(told_once)
    assert any(len({row[0] for row in rows}) > 1 for rows in events.values())


def test_days_differ(told: list[dict]) -> None:
    """The comparison above would be empty if a day's rows were all days' rows."""
    attainments = [tables["okr__key_result_attainment"] for tables in told[: len(DAYS)]]
    assert len(set(map(str, attainments))) == len(DAYS)
    assert all(len(rows) == 6 for rows in attainments)


@pytest.fixture(scope="module")
def restated(project: Project, told: list[dict]) -> Project:
    """Return the project after an order of March came in in the middle of April."""
    assert told
    return project


def test_a_closed_score_stays_and_says_so(restated: Project) -> None:
    """March of `up` is 180, then 225 with the late order; from 100 to the revised 190."""
    rows = {
        row[0]: row[1:]
        for row in restated.query(
            "select key_result_id, actual_value, score, status, is_restated, restated_value,"
            " restated_score, is_met_at_close from okr__key_result_attainment"
        )
    }
    assert (*map(float, rows["up"][:2]), *rows["up"][2:4]) == (
        *(180, pytest.approx(80 / 90)),
        *("missed", True),
    )
    assert (*map(float, rows["up"][4:6]), rows["up"][6]) == (225, 1, False)
    assert rows["sum"][3:6] == (False, None, None)
    # the objective's score is of the frozen scores: 80 / 90 and 1
    ((score,),) = restated.query(
        "select score from okr__objective_attainment where objective_id = 'O'"
    )
    assert float(score) == pytest.approx((80 / 90 + 1) / 2)


def test_the_restated_kpi_shows(restated: Project) -> None:
    rows = restated.query(
        "select first_reported_value, current_value from kpi__restatements"
        " where kpi_id = 'net_revenue' and period_start = date '2025-03-01'"
        " and dimension_value = 'up'"
    )
    assert [tuple(map(float, row)) for row in rows] == [(180, 225)]


def test_close_report(restated: Project) -> None:
    """O is committed and not green; P is aspirational: basket from 60 to (136 + 144 + ...)."""
    rows = {
        row[0]: row[1:]
        for row in restated.query(
            "select objective_id, grade, outcome, key_results_total, key_results_met_at_close,"
            " key_results_met_at_some_time, key_results_restated, carried_over_to_cycle_id,"
            " outcome_reason from okr__close_report"
        )
    }
    # `up` was met in February (210 of 190) and lost in March; `sum` is 420 of 400
    assert rows["O"][:6] == ("yellow", "missed", 2, 1, 2, 1)
    assert rows["O"][6] is None
    assert rows["O"][7] == (
        "1 of 2 key results met at close, 1 more reached and lost again."
        " It was committed: say why, before the next one is promised."
    )
    # basket: 208 in six orders is 34.67, from 30 to 40: 0.467; floor: two of three months, twice
    assert rows["P"][:6] == ("yellow", "carried_over", 3, 1, 2, 0)
    assert rows["P"][6] == "Q2"
    assert "N" not in rows
