"""A real Spark gives the numbers of DuckDB, and so does a cluster that loses a worker."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyspark
import pytest
from conftest import build_demo
from on_spark import java_17, spark_on
from readers import BUILDS, REJECTED_ORDERS, check_looks, shop
from same_tables import differences, public_tables
from warm_dbt import QUIET

# a part is enough to lose a worker in; the whole would cost as much CPU again
ON_THE_CLUSTER = ["kpi__margin", "kpi__subscriptions", "kpi__retention", "kpi__reconciliation"]
SECONDS_TO_START, SECONDS_TO_BUILD = 120, 1200


@pytest.fixture(scope="module")
def java() -> dict[str, str]:
    """Return the environment in which Spark finds Java; skip where there is none."""
    return java_17()


def build_on_spark(folder: Path, java: dict[str, str], *options: str, master: str) -> None:
    """Build the demo on a Spark master; its tables are Parquet files in folder/warehouse."""
    without_tests = ["--exclude-resource-type", "test", "unit_test"]
    environment = spark_on(folder, java, OKR_METRICS_SPARK_MASTER=master)
    build_demo("spark", folder, *without_tests, *options, **environment)


def tables_in(folder: Path) -> list[Path]:
    """Return the tables that a build has written so far."""
    return [marker.parent for marker in folder.glob("warehouse/demo*.db/*/_SUCCESS")]


def views_on(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB that reads the tables of a build from their files, in the schema demo."""
    connection = duckdb.connect()
    connection.execute("create schema demo")
    for table in tables_in(folder):
        connection.execute(
            f"create view demo.{table.name} as from read_parquet('{table}/*.parquet')"
        )
    return connection


def test_spark_gives_the_numbers_of_duckdb(
    demo: Path, java: dict[str, str], tmp_path: Path
) -> None:
    build_on_spark(tmp_path, java, master="local[2]")
    with duckdb.connect(demo, read_only=True) as on_duckdb, views_on(tmp_path) as on_spark:
        different = differences(on_duckdb, on_spark, "demo", public_tables(on_duckdb))
    assert not different, different[:10]


def test_readers_see_one_build_at_a_time(java: dict[str, str], tmp_path: Path) -> None:
    of_orders = {"okr_metrics_publish_to": "published", "okr_metrics_inputs": {"orders": "orders"}}
    project = shop(tmp_path / "shop", **of_orders)
    (project.folder / "models/orders.sql").write_text(REJECTED_ORDERS)
    # the catalogue that others share; one in memory is too quick to show a view that is dropped
    script = Path(__file__).with_name("spark_readers.py")
    ran = subprocess.run(
        [sys.executable, script, project.folder],
        env=os.environ | spark_on(tmp_path, java, OKR_METRICS_SPARK_CATALOG="hive") | QUIET,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout[-1500:] + ran.stderr[-1500:]
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["built"] == [True] * BUILDS, ran.stdout[-3000:]
    check_looks(found["seen"])
    # the copies of the last build, and of the one before for queries that have begun
    copies = list((tmp_path / "warehouse/published.db").glob("kpi__rejected_rows__*"))
    assert len(copies) == 2


def until(condition: Callable[[], bool], seconds: float, building: Future | None = None) -> None:
    """Wait for a condition; raise what ended the build, or TimeoutError, where it doesn't come."""
    deadline = time.monotonic() + seconds
    while not condition():
        if building and building.done():
            building.result()
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.2)


@contextlib.contextmanager
def cluster(folder: Path, java: dict[str, str]) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """Start one master and two workers on loopback; yield the master's address and the workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"spark://127.0.0.1:{port}"
    common = ["--host", "127.0.0.1", "--webui-port", "0"]
    worker = ["worker.Worker", *common, "--cores", "1", "--memory", "1g", "--work-dir", str(folder)]
    started = []

    def start(*arguments: str) -> subprocess.Popen:
        spark_class = Path(pyspark.__file__).parent / "bin/spark-class"
        with (folder / f"{len(started)}.log").open("w") as log:
            process = subprocess.Popen(
                [spark_class, f"org.apache.spark.deploy.{arguments[0]}", *arguments[1:]],
                env=os.environ | java | {"SPARK_LOCAL_IP": "127.0.0.1"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        started.append(process)
        return process

    try:
        start("master.Master", *common, "--port", str(port))
        workers = [start(*worker, address), start(*worker, address)]
        until(
            lambda: (folder / "0.log").read_text().count("Registering worker") == 2,
            SECONDS_TO_START,
        )
        yield address, workers
    finally:
        for process in started:
            # the executors of a worker are in its group
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_a_cluster_that_loses_a_worker_gives_the_numbers_of_duckdb(
    demo: Path, java: dict[str, str], tmp_path: Path
) -> None:
    select = ["--select", *(f"+{table}" for table in ON_THE_CLUSTER)]
    with cluster(tmp_path, java) as (master, workers), ThreadPoolExecutor() as pool:
        building = pool.submit(build_on_spark, tmp_path, java, *select, master=master)
        # seeds and half of staging are done: all else is still to come
        until(
            lambda: "stg_kpi__subscriptions" in [table.name for table in tables_in(tmp_path)],
            SECONDS_TO_BUILD,
            building,
        )
        said = (tmp_path / "0.log").read_text()
        assert said.count("Launching executor") == 2, "both workers work for the build"
        os.kill(workers[0].pid, signal.SIGKILL)
        before = len(tables_in(tmp_path))
        building.result()
    assert len(tables_in(tmp_path)) > before
    with duckdb.connect(demo, read_only=True) as on_duckdb, views_on(tmp_path) as on_spark:
        different = differences(on_duckdb, on_spark, "demo", ON_THE_CLUSTER)
    assert not different, different[:10]
