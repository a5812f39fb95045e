"""Builds a project on Spark again and again in one process, one of the builds not to its end.

Its arguments are the project's folder and the builds as JSON: a name, dbt's arguments, and the
beginning of the statement that stops the build, or null. The warehouse after each build is copied
beside it under the build's name.
"""

import json
import os
import pickle
import shutil
import signal
import sys

from conftest import REPOSITORY
from dbt.adapters.spark.session import Cursor
from dbt.cli.main import dbtRunner

PROFILE = ["--profiles-dir", str(REPOSITORY), "--profile", "okr_metrics", "--target", "spark"]
execute = Cursor.execute


def stop_at(beginning: str | None, kill: bool) -> None:
    """Let the build fail at a statement, or kill this process and Spark's with it."""

    def run(cursor: Cursor, sql: str, *parameters: object) -> None:
        statement = " ".join(sql.split("*/")[-1].split())
        if beginning and statement.startswith(beginning):
            if kill:
                os.killpg(0, signal.SIGKILL)
            raise KeyError(beginning)
        execute(cursor, sql, *parameters)

    Cursor.execute = run


def main() -> None:
    """Build; only the build that is stopped may fail."""
    warehouse = os.environ["OKR_METRICS_SPARK_WAREHOUSE"]
    os.chdir(sys.argv[1])
    # a run changes its manifest
    manifest = pickle.dumps(dbtRunner().invoke(["--quiet", "parse", *PROFILE]).result)
    for name, arguments, beginning in json.loads(sys.argv[2]):
        stop_at(beginning, kill="hive" in os.environ["OKR_METRICS_SPARK_CATALOG"])
        runner = dbtRunner(manifest=pickle.loads(manifest))
        built = runner.invoke(["--quiet", *arguments, *PROFILE])
        assert built.success is (beginning is None), built.exception
        for schema in ("demo", "demo_okr_metrics_internal"):
            tables, copy = f"{warehouse}/{schema}.db", f"{warehouse}/../{name}"
            shutil.copytree(tables, copy, dirs_exist_ok=True)


if __name__ == "__main__":
    main()
