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
from conftest import Project, open_warehouse
from daily_shop import COLUMNS, DATED, LOOKBACK, Shop
from on_spark import java_17, spark_on
from same_tables import differences
from warm_dbt import QUIET

# by hand, OKR_METRICS_WHOLE_SPARK=1: the process is killed and another goes on, every public table
# of the KPIs is compared
WHOLE = "OKR_METRICS_WHOLE_SPARK" in os.environ
READ = """
{%%- set file = var('raw') ~ '/%s.parquet' %%}
select * from {{ "read_parquet('" ~ file ~ "')" if target.type == 'duckdb'
    else 'parquet.`' ~ file ~ '`' }}
"""
# the models that keep rows from build to build; touches, kept as orders are, only by hand
KEEPERS = [
    *("stg_kpi__orders", "stg_kpi__order_lines", "stg_kpi__product_events"),
    *(["stg_kpi__marketing_touches"] if WHOLE else []),
]
OTHER_EVENTS = {"okr_metrics_usage_events": ["open"]}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project that reads the raw files of a state of the shop, on both engines."""
    inputs = [name for name in COLUMNS if WHOLE or name not in ("refunds", "marketing_touches")]
    project = Project(
        tmp_path / "shop",
        {name: READ % name for name in inputs},
        {
            "raw": "",
            "okr_metrics_lookback_days": LOOKBACK,
            "okr_metrics_max_reject_share": 1,
            "okr_metrics_inputs": {name: name for name in inputs},
        },
    )
    project.install()
    return project


def states(folder: Path) -> Iterator[dict]:
    """Write the raw files of the shop at each build; yield the build's vars."""
    shop = Shop(5)

    def live(*days: date) -> None:
        for day in days:
            shop.first = day - timedelta(LOOKBACK)
            shop.go_on(day)

    def state(day: date) -> dict:
        files = folder / str(shop.number)
        shop.write(files)
        for table in COLUMNS:
            rows = f"read_csv('{files}/{table}.csv', all_varchar = true)"
            duckdb.execute(f"copy (from {rows}) to '{files}/{table}.parquet'")
        return {"okr_metrics_as_of_date": str(day), "raw": str(files)}

    new = shop.add("customers", date(2024, 11, 1), created_at="2024-11-01", country="FR")
    # alone in their months, but for one more order in October
    for day in (date(2024, 10, 14), date(2024, 10, 15), date(2024, 11, 15)):
        shop.order(day, new["customer_id"])
        shop.touch(day)
    live(date(2024, 12, 30), *(date(2025, 1, day) for day in (28, 29, 30)))
    live(date(2025, 2, 4), date(2025, 2, 5))
    yield state(date(2025, 2, 5))
    day = date(2025, 2, 6)
    live(day)
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
    shop.rows["order_lines"] = [row for row in shop.rows["order_lines"] if row["order_id"] in kept]
    shop.number += 1
    yield state(day)


def run(variables: dict, *models: str) -> list[str]:
    """Return dbt's arguments that build models, the tables compared unless told otherwise."""
    models = models or [f"+{table}" for table in KEEPERS]
    return ["run", "--select", *models, "--vars", json.dumps(variables)]


def build_on_spark(project: Project, *builds: tuple) -> int:
    """Build on Spark, as spark_daily.py says; return the exit code."""
    script = Path(__file__).with_name("spark_daily.py")
    catalog = "hive" if WHOLE else "in-memory"
    environment = spark_on(project.folder.parent, java_17(), OKR_METRICS_SPARK_CATALOG=catalog)
    return subprocess.run(
        [sys.executable, script, project.folder, json.dumps(builds)],
        env=os.environ | environment | QUIET,
        start_new_session=True,
    ).returncode


def different_from_duckdb(project: Project, built: str, arguments: list[str]) -> list[str]:
    """Build all anew on DuckDB; return where the tables of a build on Spark differ."""
    ran = project.dbt(*arguments, "--full-refresh")
    assert ran.returncode == 0, ran.stdout[-3000:]
    folder = project.folder.parent / built
    with open_warehouse(project.database) as on_duckdb, duckdb.connect() as spark:
        spark.execute("create schema demo")
        names = on_duckdb.execute("select table_name from duckdb_tables()").fetchall()
        tables = [table for (table,) in names if table in KEEPERS or table.startswith("kpi__")]
        for table in tables:
            files = f"read_parquet('{folder}/{table}/**/*.parquet')"
            spark.execute(f"create view demo.{table} as from {files}")
        return differences(on_duckdb, spark, "demo", tables)


def files_of(project: Project, built: str, month: str) -> set[str]:
    """Return the files of a month after a build; a file that is written anew has another name."""
    folder = project.folder.parent / built
    return {str(file.relative_to(folder)) for file in folder.glob(f"*/kept_month={month}/*")}


def test_late_months_are_replaced(project: Project, tmp_path: Path) -> None:
    first, moved, emptied = states(tmp_path)
    stop = "insert overwrite table demo_okr_metrics_internal.stg_kpi__order_lines"
    everything = run(moved, "shop", "okr_metrics", "--exclude", "kpi__restatements")
    everything = everything if WHOLE else run(moved)
    builds = [("first", run(first), None), ("stopped", run(moved, "+stg_kpi__order_lines"), stop)]
    later = [
        ("moved", everything, None),
        ("emptied", run(emptied), None),
        ("other_events", run(emptied | OTHER_EVENTS, "stg_kpi__product_events"), None),
    ]
    if WHOLE:
        assert build_on_spark(project, *builds) == -signal.SIGKILL
        assert build_on_spark(project, *later) == 0
    else:
        assert build_on_spark(project, *builds, *later) == 0
    assert different_from_duckdb(project, "moved", everything) == []
    assert different_from_duckdb(project, "emptied", run(emptied)) == []
    assert different_from_duckdb(project, "other_events", later[-1][1]) == []
    # what isn't read again isn't written again
    for month in ("2024-12-01", "2025-01-01"):
        files = files_of(project, "first", month)
        assert {file.split("/")[0] for file in files} == set(KEEPERS)
        assert files == files_of(project, "emptied", month)
    # months that have no row any more were there
    for month in ("2024-11-01", "2025-02-01", "__HIVE_DEFAULT_PARTITION__"):
        assert files_of(project, "first", month) and not files_of(project, "emptied", month)
