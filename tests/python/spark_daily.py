"""Builds a project on Spark again and again in one process, and may be killed in mid-build.

Its arguments are the project's folder and the builds as JSON: dbt's arguments, and the beginning of
the statement that the process doesn't live to run, or null. After each build it prints the files of
the tables that keep months, as JSON.
"""

import json
import os
import signal
import sys
from pathlib import Path

from conftest import REPOSITORY
from dbt.adapters.spark.session import Cursor
from dbt.cli.main import dbtRunner

PROFILE = ["--profiles-dir", str(REPOSITORY), "--profile", "okr_metrics", "--target", "spark"]
execute = Cursor.execute


def build(arguments: list[str], last_statement: str | None) -> None:
    """Build, or die with Spark's JVM."""

    def run(cursor: Cursor, sql: str, *parameters: object) -> None:
        statement = " ".join(sql.split("*/")[-1].split())
        if last_statement and statement.startswith(last_statement):
            os.killpg(0, signal.SIGKILL)
        execute(cursor, sql, *parameters)

    Cursor.execute = run
    built = dbtRunner().invoke(["--quiet", *arguments, *PROFILE])
    assert built.success, built.exception


if __name__ == "__main__":
    warehouse = Path(os.environ["OKR_METRICS_SPARK_WAREHOUSE"])
    os.chdir(sys.argv[1])
    for arguments, last_statement in json.loads(sys.argv[2]):
        build(arguments, last_statement)
        print(json.dumps([str(file) for file in warehouse.glob("*/*/kept_month=*/*.parquet")]))
