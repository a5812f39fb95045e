"""Builds the shop on Spark many times in one process, while another session of it reads.

Its argument is the shop's folder; it prints whether each build went well, and what was seen.
"""

import json
import os
import pickle
import sys

from conftest import REPOSITORY
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession
from readers import BUILDS, Poller, build_of

PROFILE = ["--profiles-dir", str(REPOSITORY), "--profile", "okr_metrics", "--target", "spark"]


def main() -> None:
    """Build and read."""
    os.chdir(sys.argv[1])
    # a run changes its manifest
    manifest = pickle.dumps(dbtRunner().invoke(["--quiet", "parse", *PROFILE]).result)

    def build(price: int) -> bool:
        arguments = ["--quiet", *build_of(price), *PROFILE]
        return dbtRunner(manifest=pickle.loads(manifest)).invoke(arguments).success

    built = [build(1)]
    # a session knows only by itself which files a table had
    session = SparkSession.builder.getOrCreate().newSession()

    def look() -> tuple:
        rows = session.sql("select raw_row from published.kpi__rejected_rows").collect()
        prices = [-json.loads(row.raw_row)["unit_price"] for row in rows]
        return min(prices), max(prices), len(prices)

    poller = Poller(look)
    poller.start()
    built += [build(price) for price in range(2, BUILDS + 1)]
    print(json.dumps({"built": built, "seen": poller.end()}))


if __name__ == "__main__":
    main()
