"""Tableau's engine reads the Parquet that a build publishes; part of `make bi`."""

import json
import subprocess
from datetime import date
from pathlib import Path

import duckdb
import pytest
from conftest import REPOSITORY, run_dbt
from ratios import SUM_OF_DOUBLES, check_ratios, ratio_query
from same_tables import public_tables

PYTHON = REPOSITORY / ".venv/bi/bin/python"
TYPES = {
    "VARCHAR": "TEXT",
    "DATE": "DATE",
    "TIMESTAMP": "TIMESTAMP",
    "BOOLEAN": "BOOL",
    "INTEGER": "INT",
    "BIGINT": "BIG_INT",
    "DECIMAL(38,12)": "NUMERIC(38, 12)",
    "DECIMAL(38,6)": "NUMERIC(38, 6)",
}


@pytest.fixture(scope="module")
def published(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of Parquet files that a build of the demo publishes."""
    folder = tmp_path_factory.mktemp("published")
    files = folder / "files"
    # what a whole build does at its end
    with duckdb.connect(demo, read_only=True) as connection:
        relations = ", ".join(f"'{name}': ref('{name}')" for name in public_tables(connection))
    publish = f"{{{{ duckdb__publish({{{relations}}}, '{files}/') }}}}"
    paths = ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    options = ["--quiet", "compile", "--inline", publish, *paths]
    statements = run_dbt(*options, OKR_METRICS_DUCKDB=str(demo))
    with duckdb.connect(demo, read_only=True) as connection:
        connection.execute(statements)
    return files


@pytest.fixture(scope="module")
def in_hyper(published: Path) -> dict:
    """Return what Tableau's engine says of the files."""
    query = ratio_query("kpi__values", SUM_OF_DOUBLES)
    ran = subprocess.run(
        [PYTHON, REPOSITORY / "tests/python/hyper_reader.py", published, query],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_hyper_reads_every_table_whole(demo: Path, in_hyper: dict) -> None:
    with duckdb.connect(demo, read_only=True) as connection:
        assert set(public_tables(connection)) == set(in_hyper["tables"])
        for table, seen in in_hyper["tables"].items():
            columns = connection.execute(f"describe {table}").fetchall()
            assert seen["columns"] == {name: TYPES[kind] for name, kind, *_ in columns}, table
            rows = connection.execute(f"select count(*) from {table}").fetchall()
            assert rows == [(seen["rows"],)], table


def test_hyper_adds_a_ratio_up_again_from_its_parts(demo: Path, in_hyper: dict) -> None:
    rows = in_hyper["rows"]
    check_ratios([(kpi, by, date.fromisoformat(day), r) for kpi, by, day, r in rows], demo)
