"""Runs the connectors of a project on Spark, and writes what they give as JSON.

Its arguments are the project's folder, one of Parquet files <schema>.<table>.parquet, and the file
to write.
"""

import json
import os
import sys
from pathlib import Path

from conftest import REPOSITORY
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession
from pyspark.sql.functions import col

PROFILE = ["--profiles-dir", str(REPOSITORY), "--profile", "okr_metrics", "--target", "spark"]


def load(session: SparkSession, file: Path) -> None:
    """Make a raw table of a file; moments are in UTC, as a loader types them."""
    schema, table = file.stem.split(".")
    session.sql(f"create database if not exists {schema}")
    frame = session.read.parquet(str(file))
    types = {name: "timestamp" for name, kind in frame.dtypes if kind == "timestamp_ntz"}
    columns = [col(name).cast(types.get(name, kind)) for name, kind in frame.dtypes]
    frame.select(columns).write.saveAsTable(f"{schema}.`{table}`")


def main() -> None:
    """Load, run and read, in one session."""
    folder, raw, result = map(Path, sys.argv[1:])
    os.chdir(folder)
    # dbt starts the session, with the settings of its profile
    assert dbtRunner().invoke(["--quiet", "compile", "--inline", "select 1", *PROFILE]).success
    session = SparkSession.builder.getOrCreate()
    for file in sorted(raw.glob("*.parquet")):
        load(session, file)
    ran = dbtRunner().invoke(["run", "--select", "okr_metrics.connectors", *PROFILE])
    tables = {}
    # the others are hooks
    for node in (made for made in ran.result if made.node.resource_type == "model"):
        frame = session.sql(f"select * from {node.node.relation_name}")
        tables[node.node.name] = [list(row) for row in frame.collect()]
    result.write_text(json.dumps({"success": ran.success, "tables": tables}, default=str))


if __name__ == "__main__":
    main()
