"""The benchmark compares what it says it does; it prints ratios of times and asserts none."""

from pathlib import Path

import duckdb
import pytest
from oracle_kpis import kpi_values
from test_oracle import differences

from benchmarks.check import differences_by_hand, differences_from_oracle
from benchmarks.generate import LAST_DAY, SIZES, generate
from benchmarks.handwritten import handwritten
from benchmarks.report import interval, report
from benchmarks.run import Benchmark

GRAINS = ("week", "month", "quarter", "year")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of XS: a folder of Parquet for each input, of the history alone."""
    folder = tmp_path_factory.mktemp("tiny")
    generate(folder, SIZES["XS"])
    for file in (folder / "history").iterdir():
        (folder / "inputs" / file.stem).mkdir(parents=True)
        file.rename(folder / "inputs" / file.stem / file.name)
    return folder / "inputs"


def rows(folder: Path, name: str, sql: str) -> list[tuple]:
    """Return the rows of a query on `input`."""
    with duckdb.connect() as connection:
        connection.execute(f"create view input as from '{folder}/{name}/*.parquet'")
        return connection.execute(sql).fetchall()


def test_the_generator_gives_the_same_rows_for_a_seed(tiny: Path, tmp_path: Path) -> None:
    for seed in (1, 2):
        generate(tmp_path / str(seed), SIZES["XS"], seed)
        for name in ("product_events", "subscriptions"):
            same = f"from input except from '{tmp_path}/{seed}/history/{name}.parquet'"
            assert (rows(tiny, name, same) == []) == (seed == 1)


def test_the_generated_rows_are_bursty_late_and_sent_again(tmp_path: Path) -> None:
    generate(tmp_path, 200_000)
    events = f"'{tmp_path}/history/product_events.parquet'"
    with duckdb.connect() as connection:
        again, late, burst, least, most = connection.execute(f"""
            with one as (select distinct on (event_id) * from {events}),
            days as (select user_id, occurred_at::date as day, count(*) as events from one
                where user_id is not null group by all)
            select
                (select count(*) - count(distinct event_id) from {events}) / count(*),
                (select avg(if(occurred_at::date < '{LAST_DAY}'::date + 1, 1, 0))
                    from '{tmp_path}/next_day/product_events.parquet'),
                (select avg(events) from days where events between 5 and 20),
                (select quantile_disc(events, 0.01) from days),
                (select quantile_disc(events, 0.9) from days)
            from one""").fetchall()[0]
    assert 0.0007 < again < 0.0013
    assert 0 < late < 0.1
    assert 12 < burst < 13
    assert (least, most) >= (5, 18)


def test_the_hand_written_script_agrees_with_plain_python(tiny: Path, tmp_path: Path) -> None:
    """Every KPI, grain and segment that the oracle of the other tests knows."""
    handwritten(tiny, tmp_path / "by_hand.duckdb", LAST_DAY, "1GB")
    tables = {}
    for path in tiny.iterdir():
        with duckdb.connect() as connection:
            found = connection.execute(f"select columns(*)::varchar from '{path}/*.parquet'")
            names = [column[0] for column in found.description]
            tables[path.name] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    expected = kpi_values(
        tables,
        as_of=LAST_DAY,
        currency="USD",
        zone="UTC",
        grains=GRAINS,
        settings={"activation_event": "published"},
    )
    with duckdb.connect(str(tmp_path / "by_hand.duckdb")) as connection:
        values = connection.execute(
            "select kpi_id, period_grain, period_start, dimension, dimension_value, value"
            " from kpi_values where dimension in"
            " ('total', 'country', 'segment', 'acquisition_channel')"
        ).fetchall()
    known = {key[0] for key in expected}
    by_hand = {row[:5]: (None, None, row[5]) for row in values if row[0] in known}
    # the script leaves out what is null, and has no parts
    expected = {
        key: (None, None, figure[2])
        for key, figure in expected.items()
        if figure[2] is not None and key[3] != "plan"
    }
    assert len(by_hand) > 65_000
    assert differences(by_hand, expected) == []


def test_all_programs_agree_at_size_s(tmp_path: Path) -> None:
    """A million events; then a value that is changed or missing is found."""
    benchmark = Benchmark("S", tmp_path, "4GB")
    built, by_hand = benchmark.build(), benchmark.run_by_hand()
    assert benchmark.check() > 100_000
    ratio = built.cpu / by_hand.cpu
    print(f"S: package {built.cpu:.1f} s, by hand {by_hand.cpu:.1f} s of CPU, ratio {ratio:.1f}")
    database = tmp_path / "s/by_hand.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "update kpi_values set value = value * 1.001 where kpi_id = 'net_revenue'"
            " and period_grain = 'year' and period_start = '2025-01-01' and dimension = 'total'"
        )
        connection.execute(
            "delete from kpi_values where kpi_id = 'orders' and period_grain = 'year'"
            " and period_start = '2024-01-01' and dimension = 'total'"
        )
        connection.execute("update reconciliation set duplicates_dropped = 0")
    _, found = differences_by_hand(benchmark.shop.database, database)
    assert {row[0] for row in found} >= {"net_revenue", "orders", "product_events"}
    # Polars read as of the day before
    data, day = benchmark.shop.folder / "data", LAST_DAY.replace(day=LAST_DAY.day - 1)
    assert differences_from_oracle(benchmark.shop.database, data, day)[1] != []


def pair(build: float, by_hand: float) -> dict:
    """Return the figures of one pair, with CPU as given."""
    seconds = {"build": build, "by_hand": by_hand, "null_dag": 1.0, "one_day": 2.0}
    return {name: {"cpu": cpu, "wall": cpu, "peak_bytes": 1e9} for name, cpu in seconds.items()}


def size(events: int, pairs: list[dict], load: float) -> dict:
    """Return the figures of a size."""
    return {
        "events": events,
        "pairs": pairs,
        "load": [load, 1.5],
        "questions": {"key results": [1.0, 9.0]},
        "metricflow": {"orders": [3000.0, 2.0]},
        "seconds_by_model": {"kpi__values": 1.0},
        "values_compared": 10,
        "parquet_bytes": 1e6,
        "database_bytes": 2e6,
        "cold_parse": {"cpu": 1.0},
        "machine": {"versions": {}, "cores": 2, "memory_limit": "1GB", "python": "3.11"},
    }


def line(page: str, start: str) -> str:
    """Return the row of a table that starts so."""
    return next(row for row in page.splitlines() if row.startswith(f"| {start}"))


def test_the_far_end_of_the_interval_decides_and_a_busy_machine_has_no_wall_seconds() -> None:
    assert interval([2.0, 2.0, 2.0]) == (2.0, 2.0, 2.0)
    medium = size(10_000_000, [pair(14, 10), pair(14, 10), pair(16, 10)], load=0.2)
    large = size(100_000_000, [pair(20, 20)], load=0.2)
    page = report({"S": size(1_000_000, [pair(4, 2)], load=3.0), "M": medium, "L": large})
    assert line(page, "M: full build over the hand").endswith("| 1.40 (1.40 to 1.60) | no |")
    assert line(page, "L: full build over the hand").endswith("| too few pairs |")
    # of 3, 13 and 19 s without the null DAG, and 2, 10 and 20 s
    assert line(page, "slope of the package").endswith("| -0.10 | yes |")
    assert line(page, "S: full build over the null DAG, wall").endswith("| not measured | - |")
    assert line(page, "M: MetricFlow over").endswith("| 1,500.00 | yes |")
    assert line(page, "slowest question").endswith("| 9.00 | yes |")
    idle = report({"S": size(1_000_000, [pair(1.1, 2)] * 3, load=0.1)})
    assert line(idle, "S: full build over the null").endswith("| 1.10 (1.10 to 1.10) | yes |")
