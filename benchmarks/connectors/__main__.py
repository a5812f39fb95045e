"""What connectors cost: python -m benchmarks.connectors [--lines 1000000] [--events 10000000].

Builds one company from raw tables of Stripe and Segment and from tables that hold its inputs, in
turn; the numbers must be the same, or no page is written. Then parses a project that names no
source, with the connectors' models in the package and without. Writes results.md beside this file.
"""

import argparse
import os
import platform
import shutil
import statistics
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import duckdb

from benchmarks.project import REPOSITORY, Ran, Scratch
from benchmarks.report import interval

HERE = Path(__file__).parent
INPUTS = ("customers", "subscriptions", "product_events")
# what is mapped, for each of the two ways
WAYS: dict[str, dict] = {
    "mapped by hand": {"okr_metrics_inputs": {name: f"my_{name}" for name in INPUTS}},
    "by connectors": {
        "okr_metrics_sources": {
            "stripe": {"segment_key": "segment"},
            "segment": {"except": ["marketing_touches"]},
        }
    },
}
PAGE = """\
# What connectors cost

`make bench-connectors` writes this page. CPU seconds are user and system time of the child
process; figures are medians, and ratios those of the runs of a pair, with their 95% bootstrap
interval.

## A company of {lines:,} invoice lines and {events:,} events

`dbt build` with its tests, parsed before, on a fresh database: from raw tables of Stripe and
Segment, and from tables that hold the inputs ready made. All {values:,} values of `kpi__values`
were the same. {builds} pairs, in turn.

| | by connectors | mapped by hand | ratio | wanted |
| --- | --- | --- | --- | --- |
{build_rows}

## A project that names no source

`dbt parse --no-partial-parse` of a project that installs the package, with `models/connectors`
there and taken away. {parses} pairs, in turn.

| | with them | without | ratio | wanted |
| --- | --- | --- | --- | --- |
{parse_rows}

DuckDB {duckdb}, dbt {dbt}, Python {python}, {cores} cores, DuckDB's memory_limit {memory}. The
load of the machine was {load[0]:.1f} at the beginning and {load[1]:.1f} at the end: above the
number of cores other work shared it, and wall times are too high.
"""


def generate(database: Path, lines: int, events: int, memory: str) -> None:
    """Write the company's raw tables and inputs to a DuckDB file."""
    database.unlink(missing_ok=True)
    sql = (HERE / "company.sql").read_text()
    with duckdb.connect(database, config={"memory_limit": memory, "threads": 2}) as connection:
        for name, number in (("lines", lines), ("events", events)):
            sql = sql.replace(f"${name}", str(number))
        connection.execute("set preserve_insertion_order = false")
        connection.execute(sql)
        (made,) = connection.execute("select count(*) from stripe.invoice_line_item").fetchall()
        print(f"{made[0]:,} invoice lines, {events:,} events", flush=True)


class Company(Scratch):
    """The project that reads the company in one of the two ways."""

    def __init__(self, folder: Path, raw: Path, way: str, memory: str) -> None:
        """Write the project; `raw` is the database to begin with."""
        super().__init__(folder, memory)
        self.raw = raw
        if way == "mapped by hand":
            for name in INPUTS:
                self.write(f"models/my_{name}.sql", f"select * from hand.{name}")
        given = WAYS[way] | {"okr_metrics_as_of_date": "2026-08-31"}
        self.write("dbt_project.yml", {"name": "shop", "profile": "shop", "vars": given})
        self.write("packages.yml", {"packages": [{"local": str(REPOSITORY)}]})
        self.dbt("deps")

    def build(self) -> Ran:
        """Build all on a fresh copy of the raw tables."""
        self.start_anew()
        shutil.copy(self.raw, self.database)
        self.dbt("parse")
        return self.dbt("build", "--exclude-resource-type", "unit_test")


def same_values(databases: list[Path]) -> int:
    """Return how many values of kpi__values there are; AssertionError where they differ."""
    columns = "kpi_id, period_grain, period_start, dimension, dimension_value, round(value, 6)"
    with duckdb.connect() as connection:
        for name, database in zip(("one", "other"), databases, strict=True):
            connection.execute(f"attach '{database}' as {name} (read_only)")
        # the name of a source is a dimension of connectors alone
        one, other = (
            f"select {columns} from {name}.main.kpi__values where dimension != 'source'"
            for name in ("one", "other")
        )
        for left, right in ((one, other), (other, one)):
            different = connection.sql(f"{left} except all {right}").fetchall()
            assert not different, f"{len(different)}: {different[:5]}"
        return len(connection.sql(one).fetchall())


def package(folder: Path, *, has_connectors: bool) -> Scratch:
    """Return a project that installs a copy of the package, with the connectors' models or not."""
    shutil.rmtree(folder, ignore_errors=True)
    copy = folder / "okr_metrics"
    for name in ("macros", "models", "seeds", "snapshots", "tests/invariants"):
        if (REPOSITORY / name).exists():
            shutil.copytree(REPOSITORY / name, copy / name)
    shutil.copy(REPOSITORY / "dbt_project.yml", copy)
    if not has_connectors:
        shutil.rmtree(copy / "models/connectors")
    project = Scratch(folder / "shop", "1GB")
    for name in INPUTS:
        project.write(f"models/my_{name}.sql", "select 1 as one")
    given = WAYS["mapped by hand"]
    project.write("dbt_project.yml", {"name": "shop", "profile": "shop", "vars": given})
    project.write("packages.yml", {"packages": [{"local": str(copy)}]})
    project.dbt("deps")
    return project


def in_turn(calls: list[Callable[[], Ran]], pairs: int) -> list[list[Ran]]:
    """Call both so many times, each first in every other pair."""
    ran = []
    for number in range(pairs):
        order = calls if number % 2 == 0 else calls[::-1]
        pair = [call() for call in order]
        ran.append(pair if number % 2 == 0 else pair[::-1])
        print(*(f"{one.cpu:.1f} s CPU, {one.wall:.1f} s" for one in ran[-1]), sep="; ", flush=True)
    return ran


def rows(pairs: list[list[Ran]], wanted: float) -> str:
    """Return a row of the page for CPU, wall and memory."""
    lines = []
    for name, figure in (
        ("CPU, s", lambda one: one.cpu),
        ("wall, s", lambda one: one.wall),
        ("peak memory, GB", lambda one: one.peak_bytes / 1e9),
    ):
        left, right = ([figure(pair[side]) for pair in pairs] for side in (0, 1))
        ratios = [one / other for one, other in zip(left, right, strict=True)]
        goal = f"at most {wanted}" if name == "CPU, s" else ""
        means = f"{statistics.median(left):.1f} | {statistics.median(right):.1f}"
        middle, low, high = interval(ratios)
        lines.append(f"| {name} | {means} | {middle:.3f} ({low:.3f} to {high:.3f}) | {goal} |")
    return "\n".join(lines)


def main() -> None:
    """Generate, build and parse in turn, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--builds", type=int, default=3, help="pairs of builds")
    parser.add_argument("--parses", type=int, default=7, help="pairs of parses")
    parser.add_argument("--memory", default="6GB", help="DuckDB's memory_limit")
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "target/benchmark_connectors")
    chosen = parser.parse_args()
    folder, load = chosen.folder.resolve(), [os.getloadavg()[0]]
    folder.mkdir(parents=True, exist_ok=True)
    with_them, without = (
        package(folder / name, has_connectors=name == "with") for name in ("with", "without")
    )
    parses = in_turn(
        [lambda: with_them.dbt("parse", "--no-partial-parse")]
        + [lambda: without.dbt("parse", "--no-partial-parse")],
        chosen.parses,
    )
    raw = folder / "raw.duckdb"
    generate(raw, chosen.lines, chosen.events, chosen.memory)
    companies = [
        Company(folder / way.replace(" ", "_"), raw, way, chosen.memory) for way in reversed(WAYS)
    ]
    builds = in_turn([company.build for company in companies], chosen.builds)
    values = same_values([company.database for company in companies])
    page = PAGE.format(
        **vars(chosen),
        values=values,
        build_rows=rows(builds, 1.3),
        parse_rows=rows(parses, 1.03),
        duckdb=version("duckdb"),
        dbt=version("dbt-core"),
        python=platform.python_version(),
        cores=os.cpu_count(),
        load=[*load, os.getloadavg()[0]],
    )
    (HERE / "results.md").write_text(page)
    print(page)


if __name__ == "__main__":
    main()
