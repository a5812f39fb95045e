"""A client that reads while the project is built sees the tables of one build, whole."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import Project
from daily import Daily

BUILDS = 20
DAY = "{okr_metrics_as_of_date: 2025-01-31}"
ORDER = """
select 'O1' as order_id, 'C1' as customer_id, '2025-01-05' as ordered_at, 'done' as status,
    'USD' as currency_code
"""
# a line that counts and one that is rejected, so that two tables tell of the same build
LINES = """
select name as order_line_id, 'O1' as order_id, null as product_category, 1 as quantity,
    price as unit_price, null as discount_amount, null as unit_cost
from read_csv('prices.csv', columns = {name: 'varchar', price: 'integer'})
"""
SEEN = """
select min(net_revenue), max(net_revenue), count(*),
    (select raw_row from kpi__rejected_rows) as raw_row
from kpi__margin where period_start = date '2025-01-01'
"""

# one process opens a file once for all its connections, so who holds it is another process
HOLDER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in range(2):
    print(connection.execute(sys.argv[2]).fetchone(), flush=True)
    sys.stdin.readline()
"""


def poll(read: Callable[[], tuple], stop: threading.Event) -> Iterator[tuple]:
    """Yield what each look shows until told to stop."""
    while not stop.is_set():
        yield read()
        time.sleep(0.02)


class Poller(threading.Thread):
    """Reads all the time; keeps what it saw, or the error that it met."""

    def __init__(self, read: Callable[[], tuple]) -> None:
        """Take what reads once."""
        super().__init__(daemon=True)
        self.read, self.seen, self.error, self.ended = read, [], None, threading.Event()

    def run(self) -> None:
        """Read until told to end."""
        try:
            self.seen.extend(poll(self.read, self.ended))
        except Exception as error:  # noqa: BLE001
            self.error = error

    def end(self) -> list[tuple]:
        """Return what was seen; raise what was met."""
        self.ended.set()
        self.join()
        if self.error:
            raise self.error
        return self.seen


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose numbers are those of a file, not built yet."""
    project = Project(
        tmp_path_factory.mktemp("publish") / "shop",
        {"orders": ORDER, "order_lines": LINES},
        {
            "okr_metrics_publish_to": "published.duckdb",
            "okr_metrics_max_reject_share": 1,
            "okr_metrics_period_grains": ["month"],
            "okr_metrics_inputs": {"orders": "orders", "order_lines": "order_lines"},
        },
    )
    assert project.dbt("deps").returncode == 0
    return project


@pytest.fixture(scope="module")
def build(project: Project) -> Callable[..., bool]:
    """Return what builds the margin with a price and says whether it went well."""
    daily = Daily(project.folder, project.folder / "daily.log")

    def build_with(price: int, more: str = "") -> bool:
        (project.folder / "prices.csv").write_text(f"good,{price}\nbad,-{price}\n")
        variables = f"{DAY[:-1]}{more}}}"
        return daily.dbt("run", "--select", "+kpi__margin", "--vars", variables)

    return build_with


def look(file: Path) -> tuple:
    """Return lowest and highest revenue, rows, and the rejected row of the published file."""
    with duckdb.connect(file, read_only=True) as connection:
        return connection.execute(SEEN).fetchone()


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
    rows_of_one = look(file)[2]
    poller = Poller(lambda: look(file))
    poller.start()
    built = [build(price) for price in range(2, BUILDS + 1)]
    seen = poller.end()
    assert all(built)
    assert {rows for _, _, rows, _ in seen} == {rows_of_one}
    for lowest, highest, _, raw_row in seen:
        assert lowest == highest
        assert f'-{lowest:.0f}"' in raw_row or f"-{lowest:.0f}," in raw_row, (lowest, raw_row)
    prices = [lowest for lowest, *_ in seen]
    assert prices == sorted(prices)
    assert len(set(prices)) > BUILDS / 2
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


def test_a_build_that_fails_publishes_nothing(project: Project, build: Callable[..., bool]) -> None:
    assert build(40)
    assert not build(41, ", okr_metrics_max_reject_share: 0")
    assert look(project.folder / "published.duckdb")[0] == 40
