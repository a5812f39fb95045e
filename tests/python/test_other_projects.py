"""One project that does what other people's do: own names, parts of a build, retry, state.

Two subscribers of 20 and 30 a month, since 1 January and 1 February 2025, and an order each, of 10
and 40. As of 31 March: closing MRR 50, 30 of the 60 that K1 wants on top of its baseline of 20; two
orders of the four that K2 wanted by the end of the quarter.
"""

import json
import shutil
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import Project
from okr_seeds import cycle, key_result, objective, target
from pages import command

ORDERS = """
    select 'o1' as order_id, 'A' as customer_id, '2025-01-05' as ordered_at,
        'paid' as status, 'USD' as currency_code
    union all
    select 'o2', 'B', '2025-02-05', 'paid', 'USD'
"""
MODELS = {
    "my_orders": ORDERS,
    "my_order_lines": """
        select 'l1' as order_line_id, 'o1' as order_id, 1 as quantity, 10 as unit_price
        union all
        select 'l2', 'o2', 1, 40
    """,
    "my_subscriptions": """
        select 's1' as subscription_id, 'A' as customer_id, 'basic' as plan, 'active' as status,
            '2025-01-01' as started_at, null as ended_at, 20 as amount,
            'month' as billing_interval, 'USD' as currency_code
        union all
        select 's2', 'B', 'basic', 'active', '2025-02-01', null, 30, 'month', 'USD'
    """,
    "my_days": "select cast('2025-01-01' as date) as day",
}
KEY_RESULTS = [
    key_result("K1", "O1", "closing_mrr"),
    key_result("K2", "O2", "orders", metric_type="cumulative"),
]
SEEDS = {
    "okr_cycles": [
        cycle("Y", "2025-01-01", "2025-12-31", cadence="annual"),
        cycle("Q1", "2025-01-01", "2025-03-31"),
    ],
    "okr_objectives": [objective("O1", "Y"), objective("O2", "Q1")],
    "okr_key_results": KEY_RESULTS,
    "okr_key_result_targets": [
        target("K1", "2025-01-01", baseline_value=20, target_value=80),
        target("K2", "2025-01-01", target_value=4),
    ],
}
INPUTS = {
    "orders": "my_orders",
    "order_lines": "my_order_lines",
    "subscriptions": "my_subscriptions",
} | {name: name for name in SEEDS}
ATTAINED = [("K1", 50, 0.5), ("K2", 2, 0.5)]
ALIASES = """
{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
    acme_{{ custom_alias_name or node.name }}
{%- endmacro %}
"""
HOW_TO_GO_ON = "Once that is mended, run `dbt build`: `dbt retry` starts at this check"


def own_names(project: Project) -> None:
    """Give tables other names: a prefix for all, and two public tables a name of their own."""
    (project.folder / "macros").mkdir()
    (project.folder / "macros" / "generate_alias_name.sql").write_text(ALIASES)
    file = project.folder / "dbt_project.yml"
    settings = yaml.safe_load(file.read_text())
    settings["models"] = {
        "okr_metrics": {
            "kpi": {"subscriptions": {"kpi__subscriptions": {"+alias": "mrr"}}},
            "okr": {"progress": {"okr__key_result_attainment": {"+alias": "goals"}}},
        }
    }
    file.write_text(yaml.safe_dump(settings))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project, with a target `ci` in the same warehouse; nothing is built yet."""
    variables = {
        "okr_metrics_inputs": INPUTS,
        "okr_metrics_as_of_date": "2025-03-31",
        "okr_metrics_period_grains": ["month"],
        "okr_metrics_data_starts": {"orders": "2025-01-01"},
        "okr_metrics_publish_to": "published.duckdb",
    }
    project = Project(tmp_path_factory.mktemp("other") / "shop", MODELS, variables, SEEDS)
    file = project.folder / "profiles.yml"
    profiles = yaml.safe_load(file.read_text())
    outputs = profiles["shop"]["outputs"]
    outputs["ci"] = outputs["dev"] | {"schema": "ci"}
    file.write_text(yaml.safe_dump(profiles))
    own_names(project)
    project.install()
    return project


def run(project: Project, *arguments: str, code: int = 0) -> str:
    """Run dbt, which must end with this code; return what it says."""
    ran = project.dbt(*arguments)
    assert ran.returncode == code, ran.stdout[-4000:]
    return ran.stdout


def names(project: Project, *arguments: str) -> set[str]:
    """Return the names of what `dbt ls` selects."""
    listed = run(project, "--quiet", "ls", *arguments, "--output", "name")
    return set(listed.split())


def attained(project: Project, schema: str = "main") -> list[tuple]:
    """Return actual value and progress of each key result."""
    columns = "key_result_id, actual_value::float, progress_raw::float"
    return project.query(f"select {columns} from {schema}.acme_goals order by 1")


def tables(project: Project, pattern: str) -> set[str]:
    """Return the names of the tables and views of the warehouse that match a pattern."""
    query = f"select table_name from information_schema.tables where table_name like '{pattern}'"
    return {name for (name,) in project.query(query)}


def test_a_first_build_may_be_a_part(project: Project) -> None:
    """Tests that read a table outside the selection, which was never built, don't fail."""
    run(project, "build", "--select", "+okr__key_result_attainment")
    assert attained(project) == ATTAINED
    assert "acme_okr__objective_attainment" not in tables(project, "acme_okr%")


def test_dbt_run_needs_no_snapshot(project: Project) -> None:
    """A new warehouse has no history; a part of a build without snapshots goes on without it."""
    project.database.unlink()
    run(project, "seed")
    run(project, "run")
    assert attained(project) == ATTAINED
    assert project.query("select count(*) from acme_kpi__restatements") == [(0,)]
    run(project, "build", "--select", "kpi__drivers+", "--exclude", "resource_type:snapshot")
    assert tables(project, "%snap%") == set()


def test_a_retry_goes_on_where_a_model_failed(project: Project) -> None:
    """A check says how to go on; a model of the user's that failed is built again by the retry."""
    model = project.folder / "models" / "my_orders.sql"
    model.write_text(ORDERS.replace("'USD' as currency_code", "'USD' as money"))
    said = " ".join(run(project, "build", "--select", "+int_kpi__inputs", code=1).split())
    assert "currency_code -- required" in said
    assert HOW_TO_GO_ON in said
    model.write_text("select * from nowhere")
    assert "nowhere does not exist" in run(project, "build", code=1)
    assert tables(project, "%snap%") == set()
    model.write_text(ORDERS)
    said = run(project, "retry")
    assert "assert_rows_reconcile" in said
    assert attained(project) == ATTAINED
    assert len(tables(project, "acme_snap%")) == 3


def test_tables_have_the_names_that_the_project_gives(project: Project) -> None:
    """What the package brings finds them; what is published has the names of the models."""
    assert tables(project, "%kpi__%") == tables(project, "acme_%kpi__%")
    assert {"acme_mrr", "acme_goals"} <= tables(project, "%")
    with duckdb.connect(project.folder / "published.duckdb", read_only=True) as published:
        query = "select closing_mrr::int from kpi__subscriptions where dimension = 'total'"
        assert published.sql(f"{query} order by period_start").fetchall() == [(20,), (50,), (50,)]
    # the export reads every table as the page and the alerts do, by the manifest
    exported = command("export", "--output", "out", folder=project.folder)
    assert exported.returncode == 0, exported.stderr
    goals = duckdb.sql(
        "select key_result_id, actual_value::float, progress_raw::float"
        f" from '{project.folder}/out/okr__key_result_attainment.parquet' order by 1"
    )
    assert goals.fetchall() == ATTAINED
    arguments = "{key_result_id: K1, as_of: 2025-03-31}"
    query = run(project, "--quiet", "run-operation", "okr_metrics_lineage", "--args", arguments)
    assert {(row[3], float(row[-1])) for row in project.query(query)} == {("A", 20), ("B", 30)}


def test_an_edit_of_a_key_result_builds_no_kpi(project: Project) -> None:
    """Renamed, it is built in a schema of its own; all else is read where it was built."""
    state = project.folder / "state"
    shutil.copytree(project.folder / "target", state)
    renamed = [KEY_RESULTS[0] | {"name": "A better name"}, KEY_RESULTS[1]]
    project.write_seed("okr_key_results", renamed)
    changed = ["--select", "state:modified+", "--state", "state"]
    selected = names(project, *changed)
    assert selected == names(project, "--select", "okr_key_results+")
    models = names(project, *changed, "--resource-type", "model")
    assert {name.split("__")[0] for name in models} == {"stg_okr", "int_okr", "okr"}
    ci = ["--state", "state", "--target", "ci", "--target-path", "target_ci"]
    run(project, "clone", "--exclude", "resource_type:seed", "resource_type:snapshot", *ci)
    run(project, "build", "--select", "state:modified+", "--defer", *ci)
    query = "select key_result_name from {}.acme_goals order by key_result_id"
    assert project.query(query.format("ci"))[0] == ("A better name",)
    assert project.query(query.format("main"))[0] == ("Key result K1",)
    assert attained(project, "ci") == ATTAINED


def test_a_time_spine_of_the_project_stands_alone(tmp_path: Path) -> None:
    """MetricFlow takes one spine by day: the package's is off where the project has its own."""
    variables = {
        "okr_metrics_inputs": {"subscriptions": "my_subscriptions"},
        "okr_metrics_semantic_layer": True,
        "okr_metrics_time_spine": False,
    }
    project = Project(tmp_path / "shop", MODELS, variables)
    spine = {
        "name": "my_days",
        "time_spine": {"standard_granularity_column": "day"},
        "columns": [{"name": "day", "granularity": "day"}],
    }
    (project.folder / "models" / "days.yml").write_text(yaml.safe_dump({"models": [spine]}))
    project.install()
    run(project, "parse")
    manifest = json.loads((project.folder / "target" / "manifest.json").read_text())
    spines = [node["name"] for node in manifest["nodes"].values() if node.get("time_spine")]
    assert spines == ["my_days"]
    assert "metric.okr_metrics.closing_mrr" in manifest["metrics"]
