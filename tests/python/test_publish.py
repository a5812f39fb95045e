"""A client that reads during a build sees whole tables, in a DuckDB file those of one build."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import REPOSITORY, Project
from daily import Daily
from readers import BUILDS, MARGIN_SEEN, Poller, build_of, check_looks, shop

SEEN = f"select *, (select min(raw_row) from kpi__rejected_rows) from ({MARGIN_SEEN})"

# one process opens a file once for all its connections, so who holds it is another process
HOLDER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in range(2):
    print(connection.execute(sys.argv[2]).fetchone(), flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a shop that is published, not built yet."""
    folder = tmp_path_factory.mktemp("publish") / "shop"
    return shop(folder, okr_metrics_publish_to=["published.duckdb", "published/"])


@pytest.fixture(scope="module")
def build(project: Project) -> Callable[..., bool]:
    """Return what builds the margin with a price and says whether it went well."""
    daily = Daily(project.folder, project.folder / "daily.log")
    return lambda price, more="": daily.dbt(*build_of(price, more))


def look(file: Path) -> tuple:
    """Return lowest and highest revenue, rows, and the rejected row of the published file."""
    try:
        connection = duckdb.connect(file, read_only=True)
    except duckdb.IOException:
        # the header is read through a handle of its own: a rename came in between
        connection = duckdb.connect(file, read_only=True)
    with connection:
        return connection.execute(SEEN).fetchone()


def look_at_parquet(folder: Path) -> tuple | None:
    """Return what the margin's Parquet file shows; nothing if it was replaced while it was read."""
    query = MARGIN_SEEN.replace("kpi__margin", f"'{folder}/kpi__margin.parquet'")
    try:
        return duckdb.sql(query).fetchall()[0]
    except duckdb.Error:
        return None


def test_readers_see_one_build_at_a_time(project: Project, build: Callable[..., bool]) -> None:
    file = project.folder / "published.duckdb"
    assert build(1)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, file, SEEN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    first = holder.stdout.readline()
    poller = Poller(lambda: look(file))
    poller_of_parquet = Poller(lambda: look_at_parquet(project.folder / "published"))
    poller.start()
    poller_of_parquet.start()
    built = [build(price) for price in range(2, BUILDS + 1)]
    seen, seen_in_parquet = poller.end(), poller_of_parquet.end()
    assert all(built)
    whole = [margin for margin in seen_in_parquet if margin]
    check_looks(whole)
    assert len(seen_in_parquet) - len(whole) < BUILDS
    check_looks([margin for *margin, _ in seen])
    for price, *_, raw_row in seen:
        assert json.loads(raw_row)["unit_price"] == -price
    assert look(file)[0] == BUILDS
    # one who holds the file goes on reading what it opened, and no build died of it
    assert holder.communicate("\n\n")[0] == first
    assert "Decimal('1." in first


def test_older_clients_can_open_it(project: Project, build: Callable[..., bool]) -> None:
    """A file without a newer storage version is one that DuckDB 1.0 to 1.5 read."""
    assert build(30)
    with duckdb.connect(project.folder / "published.duckdb", read_only=True) as connection:
        tags = "select tags from duckdb_databases() where database_name = 'published'"
        assert connection.execute(tags).fetchone()[0]["storage_version"].startswith("v1.0.0")


def test_parquet_files_are_the_public_tables(project: Project, build: Callable[..., bool]) -> None:
    assert build(35)
    files = sorted((project.folder / "published").iterdir())
    names = ["acquisition", "catalog", "drivers", "health", "input_findings", "margin"]
    names += ["reconciliation", "rejected_rows", "restatements", "retention"]
    names += ["retention_cohorts", "settings", "values"]
    tables = [*(f"kpi__{name}" for name in names), "okr__rules"]
    assert [file.name for file in files] == [f"{table}.parquet" for table in tables]
    for name, file in zip(tables, files, strict=True):
        table = project.query(f"from {name} order by all")
        # one month of one product: nothing to compare
        assert table or name in ("kpi__drivers", "kpi__restatements")
        assert duckdb.sql(f"from '{file}' order by all").fetchall() == table


def test_a_build_that_fails_publishes_nothing(project: Project, build: Callable[..., bool]) -> None:
    assert build(40)
    assert not build(41, ", okr_metrics_max_reject_share: 0")
    assert look(project.folder / "published.duckdb")[0] == 40
    assert look_at_parquet(project.folder / "published")[0] == 40


def test_a_server_publishes_nothing(project: Project) -> None:
    profile = ["--profiles-dir", str(REPOSITORY), "--profile", "okr_metrics"]
    said = project.dbt("parse", *profile, "--target", "postgres")
    assert said.returncode
    assert "It must be null: readers of this warehouse never see half a table." in said.stdout
