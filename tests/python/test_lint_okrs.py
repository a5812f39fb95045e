"""`make lint-okrs` runs the rules on the OKR seeds alone; the others need the KPIs' values."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
import warm_dbt
from conftest import REPOSITORY, Project
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target

DAY = "2026-03-31"
SELECT = ["--select", "+int_okr__findings"]


def findings(output: str) -> set[tuple]:
    """Return severity, rule and object of every finding that was printed."""
    lines = re.findall(r"^  (error|warning|info): (.+?): .*\[(\w+)\]$", output, re.MULTILINE)
    return {(severity, rule, about) for severity, about, rule in lines}


def make_lint_okrs(folder: Path) -> tuple[int, str]:
    """Run the Makefile's own command in a copy of the project, told to say what it does."""
    makefile = (REPOSITORY / "Makefile").read_text()
    (command,) = re.findall(r"\$\(BIN\)/dbt (.*--target lint.*)", makefile)
    ran = warm_dbt.dbt(*command.replace("--quiet ", "").split(), folder=folder)
    return ran.returncode, ran.stdout


def test_the_lint_of_the_demo_reads_no_operational_seed(tmp_path: Path) -> None:
    """Nothing is found in the demo; what is wrong is printed, and the exit code says so."""
    for name in ["lint", "macros", "models/okr/lint", "models/staging", "seeds/okr"]:
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "profiles.yml", tmp_path)
    code, output = make_lint_okrs(tmp_path)
    assert code == 0, output
    assert findings(output) == set()
    assert "0 error(s), 0 warning(s), 0 info" in output
    read = set(re.findall(r"loaded seed file main\.(\w+)", output))
    written_by_hand = {path.stem for path in (tmp_path / "seeds/okr").glob("*.csv")}
    assert read == {*written_by_hand, "int_kpi__catalog"}
    assert list(tmp_path.glob("**/*.duckdb")) == []
    with (tmp_path / "seeds/okr/okr_demo__okr_key_results.csv").open("a") as file:
        file.write("KR-99,O-1,Launch the app,Ada,closing_mr,,,month,increase,,,,\n")
    code, output = make_lint_okrs(tmp_path)
    assert code == 1
    assert "kpi_id 'closing_mr' is not in the catalogue; did you mean 'closing_mrr'?" in output
    assert findings(output) == {
        ("error", "unknown_kpi", "key result KR-99"),
        ("error", "target_missing", "key result KR-99"),
        ("warning", "output_not_outcome", "key result KR-99"),
    }


def test_the_lint_knows_the_kpis_of_the_catalogue(demo: Path) -> None:
    """`make catalog` would change nothing."""
    file = REPOSITORY / "lint/seeds/int_kpi__catalog.csv"
    columns = (
        "kpi_id, kind, unit, desired_direction, lowest_possible::float, highest_possible::float"
    )
    with duckdb.connect(demo, read_only=True) as warehouse:
        built = warehouse.sql(f"select {columns} from kpi__catalog order by 1").fetchall()
        known = warehouse.sql(f"select {columns} from read_csv('{file}') order by 1").fetchall()
    assert known == built


def seeds(**changes: list[dict]) -> dict[str, list[dict]]:
    """Return right OKR seeds, with some changed."""
    return {
        "okr_cycles": [cycle("Q", "2026-03-01", "2026-05-31")],
        "okr_objectives": [objective("O", "Q")],
        "okr_key_results": [
            key_result("KR", "O", "orders", metric_type="at_least", name="10 orders a month")
        ],
        "okr_key_result_targets": [target("KR", "2026-03-01", lower_bound=10)],
        "okr_phased_targets": [
            {"key_result_id": "KR", "period_end": "2026-03-31", "expected_value": 1}
        ],
        "okr_check_ins": [check_in("KR", "2026-03-02")],
    } | changes


def make(folder: Path, models: dict[str, str], inputs: list[str], **more: list[dict]) -> Project:
    """Return a project that installs the package, with right OKRs and a target for the lint."""
    variables = {
        "okr_metrics_as_of_date": DAY,
        "okr_metrics_period_grains": ["month"],
        "okr_metrics_inputs": {name: name for name in inputs} | OKR_INPUTS,
    }
    if "orders" in more:
        # the first month is known in all, though its first order is of the 5th
        variables["okr_metrics_data_starts"] = {"orders": "2025-07-01"}
    project = Project(folder / "project", models, variables, seeds() | more)
    installed = project.dbt("deps")
    assert installed.returncode == 0, installed.stdout
    return project


@pytest.fixture(scope="module")
def unbuilt(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose operational inputs can't be built."""
    names = ["orders", "order_lines", "support_tickets"]
    models = {name: "select * from a_warehouse_that_isnt_here" for name in names}
    branch = {"parent_kpi_id": "gross_margin", "child_kpi_id": "net_revenue"}
    tree = [branch | {"relation": "ratio_denominator", "sign": -1}]
    return make(tmp_path_factory.mktemp("lint"), models, [*names, "kpi_tree"], kpi_tree=tree)


def lint(project: Project, **changes: list[dict]) -> tuple[int, str]:
    """Lint the seeds; return exit code and output."""
    for name, rows in seeds(**changes).items():
        project.write_seed(name, rows)
    ran = project.dbt("--quiet", "build", "--target", "lint", *SELECT)
    return ran.returncode, ran.stdout


BAD_CYCLES = [
    cycle("Q", "2026-03-01", "2026-05-31"),
    cycle("Q backwards", "2026-05-31", "2026-03-01"),
]
BAD_OBJECTIVES = [
    objective("O", "Q"),
    objective("weightless", "Q", weight=-1),
    objective("circle 1", "Q", parent_objective_id="circle 2"),
    objective("circle 2", "Q", parent_objective_id="circle 1"),
    objective("two parents", "Q", parent_objective_id="O", parent_key_result_id="all 0"),
    objective("lost", "Q9", origin_kpi_id="odrers", level="galaxy"),
    objective("launch", "Q", name="Launch in Spain", owner="", parent_objective_id="O"),
]
BAD_KEY_RESULTS = [
    key_result("all 0", "two parents", "orders", weight=0),
    key_result("double", "O", "orders", metric_type="at_least"),
    key_result("double", "O", "orders", metric_type="at_least"),
    key_result("unknown", "O", "odrers"),
    key_result("sum", "O", "gross_margin", metric_type="cumulative"),
    key_result("cut", "O", "orders", metric_type="cumulative", start_date="2026-03-10"),
    key_result("outside", "O", "orders", metric_type="at_most", due_date="2026-06-01"),
    key_result("backwards", "O", "orders"),
    key_result("crossed", "O", "orders", metric_type="range"),
    key_result("twice", "O", "orders", name="Améliorer le service"),
    key_result("words", "O", "orders"),
    key_result("derived", "O", "median_resolution_hours", metric_type="average"),
    key_result("percent", "O", "gross_margin"),
]
BAD_TARGETS = [
    target("all 0", "2026-03-01", target_value=1),
    target("double", "2026-03-01", lower_bound=1),
    target("unknown", "2026-03-01", target_value=1),
    target("sum", "2026-03-01", target_value=1),
    target("cut", "2026-03-01", target_value=1),
    target("outside", "2026-03-01", upper_bound=1),
    target("backwards", "2026-03-01", baseline_value=5, target_value=4),
    target("crossed", "2026-03-01", lower_bound=2, upper_bound=1),
    target("twice", "2026-03-01", target_value=1),
    target("twice", "2026-03-01", target_value=2),
    target("words", "2026-03-01", target_value="lots"),
    target("derived", "2026-03-01", target_value=1),
    target("percent", "2026-03-01", target_value=63),
]
FOUND = {
    ("error", "duplicate_id", "key_result_id double"),
    ("error", "unknown_id", "okr_objectives, row of lost"),
    ("error", "unknown_word", "objective_id lost"),
    ("error", "cycle_dates", "cycle Q backwards"),
    ("error", "key_result_dates", "key result outside"),
    ("error", "dates_inside_a_period", "key result cut"),
    ("error", "parent_chain", "objective circle 1"),
    ("error", "parent_chain", "objective circle 2"),
    ("error", "two_parents", "objective two parents"),
    ("error", "weight", "objective two parents"),
    ("error", "weight", "objective weightless"),
    ("error", "check_in", "key result KR"),
    ("error", "unknown_id", "okr_check_ins, row of KR"),
    ("error", "unknown_kpi", "key result unknown"),
    ("error", "unknown_kpi", "objective lost"),
    ("error", "sum_of_no_flow", "key result sum"),
    ("error", "average_of_derived", "key result derived"),
    ("error", "target_rows", "key result twice"),
    ("error", "target_number", "key result words"),
    ("error", "target_missing", "key result words"),
    ("error", "bounds_crossed", "key result crossed"),
    ("error", "target_against_baseline", "key result backwards"),
    ("error", "impossible_value", "key result percent"),
    ("warning", "output_not_outcome", "objective launch"),
    ("warning", "vague_words", "key result twice"),
    ("warning", "too_many_objectives", "owner Ada"),
    ("warning", "too_many_key_results", "objective O"),
    ("warning", "objective_without_key_results", "objective launch"),
    ("warning", "objective_without_key_results", "objective weightless"),
    ("warning", "objective_without_key_results", "objective lost"),
    ("warning", "owner_missing", "objective launch"),
}


def test_every_rule_on_the_seeds_fires_where_it_should_alone(unbuilt: Project) -> None:
    """All of the rules at once, each on the rows that break it and on no other."""
    code, output = lint(
        unbuilt,
        okr_cycles=BAD_CYCLES,
        okr_objectives=BAD_OBJECTIVES,
        okr_key_results=BAD_KEY_RESULTS,
        okr_key_result_targets=BAD_TARGETS,
        okr_phased_targets=[
            {"key_result_id": "twice", "period_end": "2026-03-31", "expected_value": 1}
        ],
        okr_check_ins=[check_in("KR", "soon")],
    )
    assert findings(output) == FOUND
    assert code == 1
    assert f"the OKRs have {sum(row[0] == 'error' for row in FOUND)} error(s)" in output
    message = (
        "  error: key result percent: target_value 63.0000 is above 1.0000, the highest that"
        " 'gross_margin' can be; is 0.6300 meant?. Write a value that the KPI can have; 5% is 0.05."
        " [impossible_value]"
    )
    assert message in output


def test_right_seeds_and_mere_warnings_pass(unbuilt: Project) -> None:
    code, output = lint(unbuilt)
    assert (code, findings(output)) == (0, set()), output
    code, output = lint(unbuilt, okr_objectives=[objective("O", "Q", owner="")])
    assert (code, findings(output)) == (0, {("warning", "owner_missing", "objective O")}), output


def test_a_seed_without_a_column_is_named(unbuilt: Project) -> None:
    rows = [{"cycle_id": "Q", "name": "Q", "cadence": "quarterly", "start_date": "2026-03-01"}]
    code, output = lint(unbuilt, okr_cycles=rows)
    assert code == 1
    assert "input okr_cycles, mapped to 'okr_cycles', lacks:" in output
    assert "end_date  -- required" in output


HISTORY = [10, 12] * 4
MEASURED = {
    # 10 and 12 in turn: mean 11, moving range 2, so 5.68 to 16.32 is noise
    "noise": ("orders", "decrease", {"target_value": 10}),
    "met": ("orders", "increase", {"target_value": 12}),
    "far": ("orders", "increase", {"target_value": 17}),
    "wrong start": ("orders", "increase", {"target_value": 17, "baseline_value": 11}),
    "percent": ("net_revenue_growth", "at_least", {"lower_bound": 20}),
    "nowhere": ("orders", "at_least", {"lower_bound": 10}),
    "right": ("orders", "at_least", {"lower_bound": 10}),
}
MEASURED_FOUND = {
    ("target_in_noise", "key result noise"),
    ("target_already_met", "key result met"),
    ("target_beyond_history", "key result far"),
    ("target_beyond_history", "key result wrong start"),
    ("baseline_off", "key result wrong start"),
    ("ratio_in_percent", "key result percent"),
    ("kpi_without_value", "key result nowhere"),
    ("too_many_key_results", "objective O"),
}


def test_rules_on_values_read_the_kpis_that_were_built(tmp_path: Path) -> None:
    """Eight months of orders before the start, all in one build; a warning stops nothing."""
    months = ["2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01"]
    orders, lines = [], []
    for month, count in zip([*months, "2026-02"], HISTORY, strict=True):
        for number in range(count):
            key = f"{month}-{number}"
            order = {"order_id": key, "customer_id": "", "ordered_at": f"{month}-05"}
            orders.append(order | {"status": "completed", "currency_code": "USD"})
            line = {"order_line_id": key, "order_id": key, "product_category": "", "quantity": 1}
            lines.append(line | {"unit_price": 100, "discount_amount": "", "unit_cost": 40})
    elsewhere = {"dimension": "country", "dimension_value": "ES"}
    project = make(
        tmp_path,
        {},
        ["orders", "order_lines"],
        orders=orders,
        order_lines=lines,
        okr_key_results=[
            key_result(name, "O", kpi, metric_type=kind, **(elsewhere if name == "nowhere" else {}))
            for name, (kpi, kind, _) in MEASURED.items()
        ],
        okr_key_result_targets=[
            target(name, "2026-03-01", **row) for name, (_, _, row) in MEASURED.items()
        ],
        okr_phased_targets=[
            {"key_result_id": "right", "period_end": "2026-03-31", "expected_value": 1}
        ],
        okr_check_ins=[check_in("right", "2026-03-02")],
    )
    built = project.dbt("build")
    assert built.returncode == 0, built.stdout[-3000:]
    found = project.query("select rule_id, object, severity from okr__quality")
    assert {row[:2] for row in found} == MEASURED_FOUND
    assert {row[2] for row in found} == {"warning"}
    ((message,),) = project.query("select message from okr__quality where rule_id like '%noise'")
    assert "5.68 to 16.32 in the 8 complete periods" in message
    # the gate is part of this run, so nothing is printed
    assert "Findings on the OKRs" not in built.stdout
