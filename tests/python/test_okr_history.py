"""What is closed stays as it was, what is ended early counts no more, and both are said.

One company with 100, 110, ... 150 of revenue a month from December 2024 to May 2025, looked at by
key results of other targets: increase from 100 to T is at (last month - 100) / (T - 100). It is
built as of 10 April, when the first quarter is closed (March: 130), again on a snapshot as version
0.6.1 left it, as of 20 May (April: 140) after the closed rows were edited and others ended, and
once more after a late order of April.
"""

from datetime import date

import duckdb
import pytest
from conftest import Project
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target
from oracle_outlook import Outlook, month_of

Q1, Q2 = ("2025-01-01", "2025-03-31"), ("2025-04-01", "2025-06-30")
ORDERS = [
    ("2024-12-05", 100),
    ("2025-01-05", 110),
    ("2025-02-05", 120),
    ("2025-03-05", 130),
    ("2025-04-05", 140),
    ("2025-05-05", 100),
    ("2025-05-25", 50),
]
# key result: objective, target; from 100 on
CLOSED = {
    "kept": ("old", 130),
    "renamed": ("old", 160),
    "moved": ("old", 200),
    "retargeted": ("old", 140),
    "deleted": ("old", 150),
    "all gone": ("goner", 160),
    "of a few": ("few", 160),
}
OPEN = {
    "goes on": ("run", 200),
    "cancelled": ("run", 120),
    "later": ("run", 300),
    "stopped": ("stop", 180),
    "below": ("child", 150),
}
TYPED = {"sum": ("run", "cumulative", 560), "budget": ("run", "cumulative_at_most", 280)}
NEW_SNAPSHOT_COLUMNS = """
    select column_name from duckdb_columns()
    where table_name = 'snap_okr__closed_key_results' and column_name in (
        'ended_on', 'end_reason', 'is_over', 'objective_id', 'cycle_id', 'kpi_id', 'owner',
        'key_result_name', 'dimension', 'dimension_value', 'period_grain', 'indicator_type',
        'weight', 'seeded_baseline_value', 'measured_baseline_value', 'commit_value',
        'stretch_value', 'target_revision', 'target_valid_from', 'target_reason',
        'chance_without_change'
    )
"""


def seeds() -> dict[str, list[dict]]:
    """Return the OKRs as they are first written down."""
    more = {"ended_on": "", "end_reason": ""}
    objectives = [
        objective("top", "Y", **more),
        objective("old", "Q1", parent_objective_id="top", **more),
        objective("goner", "X", parent_objective_id="top", **more),
        objective("few", "Q1", **more),
        objective("run", "Q2", parent_objective_id="top", **more),
        objective("stop", "Q2", parent_objective_id="top", **more),
        objective("child", "Q2", parent_objective_id="stop", **more),
    ]
    key_results = [
        key_result(name, of, "net_revenue", **more) for name, (of, _) in (CLOSED | OPEN).items()
    ]
    key_results += [
        key_result(name, of, "net_revenue", metric_type=metric_type, **more)
        for name, (of, metric_type, _) in TYPED.items()
    ]
    targets = [
        target(name, "2025-01-01", baseline_value=100, target_value=goal)
        for name, (_, goal) in (CLOSED | OPEN).items()
    ]
    targets += [target(name, "2025-01-01", target_value=goal) for name, (*_, goal) in TYPED.items()]
    key_results.append(key_result("done", "top", "", metric_type="milestone", **more))
    targets.append(target("done", "2025-01-01"))
    return {
        "okr_cycles": [
            cycle("Y", "2025-01-01", "2025-12-31", cadence="annual"),
            cycle("X", *Q1, cadence="custom"),
            cycle("Q1", *Q1),
            cycle("Q2", *Q2),
        ],
        "okr_objectives": objectives,
        "okr_key_results": key_results,
        "okr_key_result_targets": targets,
        # 120 days before 20 May
        "okr_check_ins": [check_in("done", "2025-01-20", confidence=0.9, value_reported="Yes")],
    }


def edited() -> dict[str, list[dict]]:
    """Return the OKRs after closed rows were changed and deleted, and open ones ended."""
    rows = seeds()
    gone = {"deleted", "all gone", "goner", "X"}
    for name, key in [
        ("okr_cycles", "cycle_id"),
        ("okr_objectives", "objective_id"),
        ("okr_key_results", "key_result_id"),
        ("okr_key_result_targets", "key_result_id"),
    ]:
        rows[name] = [row for row in rows[name] if row[key] not in gone]
    change = {
        "renamed": {"name": "A better name", "owner": "Bob"},
        "moved": {"objective_id": "run"},
        "cancelled": {"ended_on": "2025-05-10", "end_reason": "cancelled"},
        "sum": {"ended_on": "2025-05-10", "end_reason": "Replaced"},
        "later": {"ended_on": "2025-06-15", "end_reason": "postponed"},
        "old": {"name": "An older objective"},
        "stop": {"ended_on": "2025-05-15", "end_reason": "merged"},
    }
    for row in rows["okr_key_results"]:
        row |= change.get(row["key_result_id"], {})
    for row in rows["okr_objectives"]:
        row |= change.get(row["objective_id"], {})
    for row in rows["okr_key_result_targets"]:
        if row["key_result_id"] == "retargeted":
            row["target_value"] = 120
    rows["okr_key_results"].append(
        key_result("put in", "few", "net_revenue", ended_on="", end_reason="")
    )
    rows["okr_key_result_targets"].append(
        target("put in", "2025-01-01", baseline_value=100, target_value=110)
    )
    return rows


def write(project: Project, okrs: dict[str, list[dict]], orders: list[tuple[str, int]]) -> None:
    """Write the OKRs and orders of one line each."""
    folder = project.folder / "files"
    for name, rows in okrs.items():
        project.write_seed(name, rows, folder)
    project.write_seed(
        "orders",
        [
            {"order_id": f"O{number}", "customer_id": "C", "ordered_at": day, "status": "completed"}
            | {"currency_code": "USD"}
            for number, (day, _) in enumerate(orders)
        ],
        folder,
    )
    project.write_seed(
        "order_lines",
        [
            {"order_line_id": f"O{number}", "order_id": f"O{number}", "product_category": "x"}
            | {"quantity": 1, "unit_price": amount, "discount_amount": "", "unit_cost": ""}
            for number, (_, amount) in enumerate(orders)
        ],
        folder,
    )


def build(project: Project, as_of: str, *selection: str) -> None:
    """Build as of a day."""
    built = project.dbt("build", *selection, "--vars", f"{{okr_metrics_as_of_date: {as_of}}}")
    assert built.returncode == 0, built.stdout[-3000:]


ROWS = "select * from okr__key_result_attainment order by key_result_id"
OBJECTIVES = """
    select objective_id, score, cascade_score, worst_status, key_results_scored,
        key_results_ended, key_results_total
    from okr__objective_attainment
"""
QUALITY = "select object, message from okr__quality where rule_id = 'closed_row_changed'"


def by_id(project: Project, query: str) -> dict[str, tuple]:
    """Return rows by their first column, numbers as floats."""
    return {
        row[0]: tuple(float(value) if hasattr(value, "as_tuple") else value for value in row[1:])
        for row in project.query(query)
    }


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """Return what each of the builds said."""
    inputs = {"orders": "orders", "order_lines": "order_lines"} | OKR_INPUTS
    del inputs["okr_phased_targets"]
    variables = {"okr_metrics_inputs": inputs, "okr_metrics_period_grains": ["month"]}
    folder = tmp_path_factory.mktemp("history") / "shop"
    # as texts: a seed keeps the types of its first load, when nothing was ended yet
    models = {
        name: f"select * from read_csv('{folder}/files/{name}.csv', all_varchar = true)"
        for name in inputs
    }
    project = Project(folder, models, variables)
    project.install()
    write(project, seeds(), ORDERS)
    queries = {
        "rows": ROWS,
        "objectives": OBJECTIVES,
        "quality": QUALITY,
        "report": "select objective_id, outcome, outcome_reason from okr__close_report",
        "cycles": "select cycle_id, end_date from okr__cycles",
        "alerts": "select distinct object from okr__alerts",
    }
    answers = {}

    def ask(name: str) -> None:
        answers[name] = {key: by_id(project, query) for key, query in queries.items()}

    build(project, "2025-04-10")
    ask("closed")
    with duckdb.connect(project.database) as warehouse:
        warehouse.execute("drop table snap_okr__closed_objectives")
        for (column,) in warehouse.sql(NEW_SNAPSHOT_COLUMNS).fetchall():
            warehouse.execute(f"alter table snap_okr__closed_key_results drop column {column}")
    build(
        project,
        "2025-04-10",
        "--select",
        "int_okr__closed_now+",
        "int_okr__objective_facts+",
    )
    ask("upgraded")
    write(project, edited(), ORDERS)
    build(project, "2025-05-20")
    ask("edited")
    write(project, edited(), [*ORDERS, ("2025-04-20", 60)])
    build(project, "2025-05-20")
    ask("late")
    answers["names"] = [row[0] for row in project.query("describe okr__key_result_attainment")][1:]
    return answers


def column(said: dict, build_name: str, name: str) -> dict:
    """Return a column of the key results of a build."""
    at = said["names"].index(name)
    return {key: row[at] for key, row in said[build_name]["rows"].items()}


def test_a_closed_key_result_stays_as_it_was_when_it_is_renamed_moved_retargeted_or_deleted(
    said: dict,
) -> None:
    """The whole row, but for the name of its objective's row where nothing else is meant."""
    scores = {"kept": 1, "renamed": 0.5, "moved": 0.3, "retargeted": 0.75, "deleted": 0.6}
    scores["all gone"] = scores["of a few"] = 0.5
    for name in ("closed", "upgraded", "edited", "late"):
        assert {key: column(said, name, "score")[key] for key in scores} == scores
        for key in scores:
            assert said[name]["rows"][key] == said["closed"]["rows"][key]


def test_the_objective_of_a_closed_cycle_keeps_its_key_results_score_and_cycle(said: dict) -> None:
    """(1 + 0.5 + 0.3 + 0.75 + 0.6) / 5; the one whose rows are all deleted stays, too."""
    for name in ("closed", "edited", "late"):
        old = said[name]["objectives"]["old"]
        assert old == pytest.approx((0.63, 0.63, "missed", 5, 0, 5))
        assert said[name]["objectives"]["goner"] == (0.5, 0.5, "missed", 1, 0, 1)
        assert "X" in said[name]["cycles"]
    assert "moved" not in {
        key for key, of in column(said, "edited", "objective_id").items() if of == "run"
    }


def test_quality_says_which_closed_row_was_changed_and_how(said: dict) -> None:
    assert said["closed"]["quality"] == {}
    assert said["upgraded"]["quality"] == {}
    assert {key: message for key, (message,) in said["edited"]["quality"].items()} == {
        "key result renamed": "it closed on 2025-03-31, and was changed since: name was Key result"
        " renamed and is A better name; owner was Ada and is Bob",
        "key result moved": "it closed on 2025-03-31, and was changed since: objective_id was old"
        " and is run; start_date was 2025-01-01 and is 2025-04-01; due_date was 2025-03-31 and is"
        " 2025-06-30",
        "key result retargeted": "it closed on 2025-03-31, and was changed since: target_value was"
        " 140.0000 and is 120.0000; first_target_value was 140.0000 and is 120.0000",
        "key result deleted": "it closed on 2025-03-31, and its row in okr_key_results is deleted",
        "key result all gone": "it closed on 2025-03-31, and its row in okr_key_results is deleted",
        "objective old": "it closed on 2025-03-31, and was changed since: name was Objective old"
        " and is An older objective; number_of_key_results was 5 and is 3",
        "objective few": "it closed on 2025-03-31, and was changed since: number_of_key_results was"
        " 1 and is 2",
        "objective goner": "it closed on 2025-03-31, and its row in okr_objectives is deleted",
    }


def test_what_is_ended_early_is_closed_keeps_its_score_and_counts_in_no_parent(said: dict) -> None:
    """run: (0.4 of goes on, 0.2 of later, the ceiling) without cancelled's 1 and sum's 0.25."""
    status, score = column(said, "edited", "status"), column(said, "edited", "score")
    assert {key: status[key] for key in ("cancelled", "sum", "stopped", "below", "later")} == {
        "cancelled": "closed",
        "sum": "closed",
        "stopped": "closed",
        "below": "on_track",
        "later": "off_track",
    }
    # April alone: of May no day's value is kept
    assert (score["cancelled"], score["sum"], score["stopped"]) == (1, 0.25, 0.5)
    # 140 + 100 of 280 in 50 of 91 days
    used, expected = 240 / 280, 50 / 91
    budget = (1 - used) / (1 - 1.1 * expected)
    assert score["budget"] == pytest.approx(budget)
    run = said["edited"]["objectives"]["run"]
    assert run == pytest.approx(((0.4 + 0.2 + budget) / 3,) * 2 + ("off_track", 3, 2, 5))
    # an objective that was ended shows its own score; the one below it counts for itself alone
    assert said["edited"]["objectives"]["stop"] == (0.5, 0.5, "closed", 1, 1, 1)
    assert said["edited"]["objectives"]["child"] == (0.8, 0.8, "on_track", 1, 0, 1)
    top = (1 + 0.63 + 0.5 + run[0]) / 4
    assert said["edited"]["objectives"]["top"][:2] == pytest.approx((1, top))


def test_the_close_report_names_what_was_ended_and_why(said: dict) -> None:
    report = said["edited"]["report"]
    assert report["stop"] == (
        "closed",
        "Ended early on 2025-05-15 (merged); ended early: stopped (merged on 2025-05-15).",
    )
    assert report["old"][0] == "missed"
    assert set(report) == {"old", "goner", "few", "stop"}


def test_no_alert_and_no_forecast_of_what_was_ended(said: dict) -> None:
    assert not {"cancelled", "sum", "stopped"} & set(said["edited"]["alerts"])
    forecast = column(said, "edited", "forecast_value")
    assert forecast["cancelled"] is None and forecast["sum"] is None
    # what goes on has the oracle's; December isn't complete, as the first order is of its fifth
    january = month_of(date(2025, 1, 1))
    complete = {january + i: (value, value, 1) for i, value in enumerate((110, 120, 130, 140))}
    budget = {
        "metric_type": "cumulative_at_most",
        "start": date(2025, 4, 1),
        "due": date(2025, 6, 30),
        "baseline": 100,
        "target": 280,
        "lower": None,
        "upper": None,
    }
    outlook = Outlook(complete, "flow", budget, date(2025, 5, 20), (100, 100, 1), (0, None))
    assert forecast["budget"] == pytest.approx(outlook.forecast(240)["forecast_value"])


def test_late_data_move_what_goes_on_and_nothing_that_was_ended(said: dict) -> None:
    """April is 200 with the late order: from 100 to 200 all of the way."""
    before, after = column(said, "edited", "score"), column(said, "late", "score")
    assert (before["goes on"], after["goes on"]) == (0.4, 1)
    for name in ("cancelled", "sum", "stopped"):
        assert after[name] == before[name]
        assert column(said, "late", "is_restated")[name]


def test_a_milestone_done_120_days_ago_is_achieved(said: dict) -> None:
    assert column(said, "edited", "status")["done"] == "achieved"
    assert column(said, "edited", "value_age_days")["done"] == 120
