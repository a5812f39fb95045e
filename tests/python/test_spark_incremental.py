"""On Spark's plain files, builds that replace late months alone give DuckDB's full refresh."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from conftest import Project
from daily_shop import COLUMNS, DATED, LOOKBACK, Shop
from on_spark import java_17, spark_on
from same_tables import differences
from warm_dbt import QUIET

READ = """
{%%- set file = var('raw') ~ '/%s.parquet' %%}
select * from {{ "read_parquet('" ~ file ~ "')" if target.type == 'duckdb' else 'parquet.`' ~ file ~ '`' }}
"""
# the models that keep rows from build to build
DAYS = {
    "stg_kpi__orders": "ordered_date",
    "stg_kpi__order_lines": "ordered_date",
    "stg_kpi__marketing_touches": "touched_date",
    "stg_kpi__product_events": "occurred_date",
    "int_kpi__user_days": "active_date",
}
OTHER_SETTINGS = {"okr_metrics_usage_events": ["open"]}


@pytest.fixture(scope="module")
def java() -> dict[str, str]:
    """Return the environment in which Spark finds Java; skip where there is none."""
    return java_17()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that reads the raw files of a state of the shop, on both engines."""
    project = Project(
        tmp_path_factory.mktemp("spark") / "shop",
        {name: READ % name for name in COLUMNS},
        {
            "raw": "",
            "okr_metrics_lookback_days": LOOKBACK,
            "okr_metrics_inputs": {name: name for name in COLUMNS},
        },
    )
    project.install()
    return project


def states(folder: Path) -> Iterator[dict]:
    """Write the raw files of the shop at each build; yield the vars of the build."""
    shop = Shop(5)

    def state(day: date, **settings: object) -> dict:
        shop.first = day - timedelta(LOOKBACK)
        files = folder / str(shop.number)
        shop.write(files)
        for table in COLUMNS:
            rows = f"read_csv('{files}/{table}.csv', all_varchar = true)"
            duckdb.execute(f"copy (from {rows}) to '{files}/{table}.parquet'")
        return {"okr_metrics_as_of_date": str(day), "raw": str(files)} | settings

    new = shop.add("customers", date(2024, 11, 1), created_at="2024-11-01", country="FR")
    # alone in their months, but for one more order in October
    for day in (date(2024, 10, 14), date(2024, 10, 15), date(2024, 11, 15)):
        shop.order(day, new["customer_id"])
        shop.touch(day)
    for day in (date(2024, 12, 30), *(date(2025, 1, day) for day in (28, 29, 30))):
        shop.go_on(day)
    yield state(day, **OTHER_SETTINGS)
    for day in (date(2025, 2, 4), date(2025, 2, 5)):
        shop.go_on(day)
    yield state(day)
    day = date(2025, 2, 6)
    shop.go_on(day)
    # dated again from months that aren't read: one order and touch of two in October, November's
    for table in ("orders", "marketing_touches"):
        for row in shop.rows[table]:
            if row[DATED[table]][:10] in ("2024-10-14", "2024-11-15"):
                row[DATED[table]] = f"{day} 12:00"
    yield state(day)
    # a month and the rows without a day have no row any more
    for table, column in DATED.items():
        shop.rows[table] = [row for row in shop.rows[table] if row[column] < "2025-02"]
    kept = {row["order_id"] for row in shop.rows["orders"]}
    shop.rows["order_lines"] = [
        row for row in shop.rows["order_lines"] if row["order_id"] in kept
    ]
    shop.number += 1
    yield state(day)


def arguments_of(variables: dict) -> list[str]:
    """Return dbt's arguments that build the tables compared."""
    select = ["--select", *(f"+{table}" for table in DAYS)]
    return ["run", *select, "--vars", json.dumps(variables)]


def build_on_spark(project: Project, java: dict[str, str], builds: list) -> tuple[int, list]:
    """Build on Spark; return the exit code, and the files of the tables after each build."""
    script = Path(__file__).with_name("spark_daily.py")
    environment = spark_on(project.folder.parent, java, OKR_METRICS_SPARK_CATALOG="hive")
    ran = subprocess.run(
        [sys.executable, script, project.folder, json.dumps(builds)],
        env=os.environ | environment | QUIET,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines() if line[0] == "["]


def different_from_duckdb(project: Project, variables: dict) -> list[str]:
    """Build all anew on DuckDB; return where Spark's tables differ."""
    ran = project.dbt(*arguments_of(variables), "--full-refresh")
    assert ran.returncode == 0, ran.stdout[-3000:]
    with duckdb.connect(project.database, read_only=True) as on_duckdb, duckdb.connect() as spark:
        spark.execute("create schema demo")
        for table in DAYS:
            files = f"{project.folder.parent}/warehouse/demo.db/{table}/*/*.parquet"
            spark.execute(f"create view demo.{table} as from read_parquet('{files}')")
        return differences(on_duckdb, spark, "demo", list(DAYS))


def test_late_months_are_replaced(
    project: Project, java: dict[str, str], tmp_path: Path
) -> None:
    first, other_settings, moved, emptied = states(tmp_path)
    insert = "insert overwrite table demo.stg_kpi__order_lines"
    code, _ = build_on_spark(
        project, java, [[arguments_of(first), None], [arguments_of(other_settings), insert]]
    )
    assert code == -signal.SIGKILL
    code, files = build_on_spark(
        project, java, [[arguments_of(variables), None] for variables in (other_settings, moved)]
    )
    assert code == 0
    assert different_from_duckdb(project, moved) == []
    code, (last,) = build_on_spark(project, java, [[arguments_of(emptied), None]])
    assert different_from_duckdb(project, emptied) == []
    print(files, last)
