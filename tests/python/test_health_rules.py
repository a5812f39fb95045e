"""Health in SQL against a second program, in every cell; and what the rules in force get wrong.

The second program is benchmarks/health/rules.py. The SQL is what dbt compiled for the demo, run on
tables of simulated series. `make bench-health` measures the same on many more companies.
"""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest
from conftest import REPOSITORY

from benchmarks.health.companies import profiles
from benchmarks.health.measure import CHANGES, METHODS, draw, measure
from benchmarks.health.rules import Chart, Rules, Series, chart, natural_limits

MODELS = [
    f"int_kpi__{name}"
    for name in ("predictions", "signals", "trouble_rounds", "troubles", "spells", "healthy_ranges")
]
# KPIs of the demo by (wish, by change, of counts)
STANDS_FOR = {
    (1, False, False): "nps",
    (-1, False, False): "refund_rate",
    (1, False, True): "csat",
    (-1, False, True): "customer_churn_rate",
    (1, True, False): "closing_mrr",
}
RULES = {
    "month": Rules(),
    "week": Rules(window=26, year=52),
    "quarter": Rules(window=12, year=4),
}
# segments of months that fall at the end: KPI, values, and what the last but one and the last are
COLLAPSES = {
    "9001": (
        "closing_mrr",
        [
            900,
            990,
            950,
            1100,
            1180,
            1150,
            1290,
            1380,
            1400,
            1520,
            1500,
            1640,
            1700,
            1840,
            1255,
            175,
        ],
        ["watch", "unhealthy"],
    ),
    "9002": (
        "closing_mrr",
        [1650, 1700, 1790, 1750, 1840, 1800, 1840, 1255, 175],
        ["watch", "unhealthy"],
    ),
    "9003": (
        "customer_churn_rate",
        [0.02, 0.03, 0.025, 0.02, 0.03, 0.03, 0.4],
        ["unknown", "watch"],
    ),
    "9004": ("customer_churn_rate", [0.01, 0.02, 0.01, 0.266], ["healthy", "watch"]),
}
NUMBERS = ("tested", "prediction", "sigma", "z", "lowest", "highest")


def start(grain: str, period: int) -> date:
    """Return the first day of a period."""
    if grain == "week":
        return date(2020, 1, 6) + timedelta(weeks=period)
    month = period * (3 if grain == "quarter" else 1)
    return date(2015 + month // 12, month % 12 + 1, 1)


def made_up(periods: int, seed: int) -> Series:
    """Return series of every wish with gaps, steps, slopes, seasons, wanderings and constants."""
    rng = np.random.default_rng(seed)
    rows = []
    x = np.arange(periods)
    for step, slope, season, wanders, noise in rng.choice([0, 0, 1], (60, 5)):
        y = 20 + 0.3 * slope * x + 6 * season * (x % 12 == 3) + 4.0 * step * (x > periods * 0.6)
        y = (
            y
            + rng.normal(0, 1 if noise else 0.2, periods)
            + wanders * rng.normal(0, 1, periods).cumsum()
        )
        y[rng.random(periods) < 0.05] = np.nan
        rows.append(y)
    rows += [np.full(periods, 0.23), np.zeros(periods), np.where(x > 40, 3.0, 0.0), x * 0.1]
    value = np.round(np.tile(rows, (len(STANDS_FOR), 1)), 6)
    kinds = np.repeat(np.arange(len(STANDS_FOR)), len(rows))
    wish, by_change, of_counts = np.array(list(STANDS_FOR), dtype=int)[kinds].T
    denominator = np.where(np.isnan(value), np.nan, rng.integers(20, 60, value.shape).astype(float))
    share = np.clip(np.nan_to_num(value) / 40, 0, 1)
    numerator = np.where(np.isnan(value), np.nan, np.round(share * denominator))
    value = np.where(of_counts[:, None] > 0, np.round(numerator / denominator, 9), value)
    return Series(value, wish, by_change > 0, numerator, denominator, of_counts > 0)


def rounded(series: Series) -> Series:
    """Return series whose numbers a decimal of twelve places holds."""
    parts = (np.round(part, 9) for part in (series.value, series.numerator, series.denominator))
    value, numerator, denominator = parts
    by = (series.wish, series.by_change)
    return Series(value, *by, numerator, denominator, series.of_counts)


@pytest.fixture(scope="module")
def series() -> dict[str, Series]:
    """Return series by grain: of simulated companies by month, made up by week and quarter."""
    companies = draw([profile for profile in profiles() if profile.number % 4 in (0, 1)], 1)
    judged = [(wish, change) for wish, change, _ in STANDS_FOR]
    kept = [
        (wish, change) in judged and (wish, change, counts) in STANDS_FOR
        for wish, change, counts in zip(
            companies.series.wish,
            companies.series.by_change,
            companies.series.of_counts,
            strict=True,
        )
    ]
    some = np.flatnonzero(kept)[::5]
    by_month = companies.series
    of_companies = Series(
        by_month.value[some],
        by_month.wish[some],
        by_month.by_change[some],
        by_month.numerator[some],
        by_month.denominator[some],
        by_month.of_counts[some],
    )
    return {
        "month": rounded(of_companies),
        "week": made_up(150, 1),
        "quarter": made_up(44, 2),
    }


@pytest.fixture(scope="module")
def warehouse(
    demo: Path, series: dict[str, Series], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return what the compiled models make of the series."""
    folder = tmp_path_factory.mktemp("health")
    with (folder / "values.csv").open("w") as file:
        writer = csv.writer(file)
        writer.writerow(["grain", "number", "row", "start", "kpi_id", "top", "bottom", "value"])
        for grain, of_grain in series.items():
            kinds = zip(of_grain.wish, of_grain.by_change, of_grain.of_counts, strict=True)
            for row, kind in enumerate(kinds):
                for period, value in enumerate(of_grain.value[row]):
                    parts = (of_grain.numerator[row, period], of_grain.denominator[row, period])
                    numbers = ("" if np.isnan(x) else f"{x:.9f}" for x in (*parts, value))
                    day = start(grain, period)
                    kpi = STANDS_FOR[tuple(map(int, kind))]
                    writer.writerow([grain, period, row, day, kpi, *numbers])
        for segment, (kpi, values, _) in COLLAPSES.items():
            for period, value in enumerate(values):
                writer.writerow(
                    ["month", period, segment, start("month", period), kpi, "", "", value]
                )
    folder_of_sql = demo.parent / "duckdb/compiled/okr_metrics/models/health"
    with duckdb.connect(str(folder / "demo.duckdb")) as connection:
        connection.execute(
            f"""
            create schema main_okr_metrics_internal;
            attach '{demo}' as built (read_only);
            create table main_okr_metrics_internal.int_kpi__judgement as
            from built.main_okr_metrics_internal.int_kpi__judgement;
            create table main_okr_metrics_internal.int_kpi__noted_changes as
            from built.main_okr_metrics_internal.int_kpi__noted_changes limit 0;
            create table given as from read_csv('{folder}/values.csv', types = {{
                'top': 'decimal(38, 12)', 'bottom': 'decimal(38, 12)', 'value': 'decimal(38, 12)'
            }});
            create table kpi__values as
            select
                kpi_id, kpi_id as kpi_name, 'count' as unit, grain as period_grain,
                start as period_start, start as period_end, start::varchar as period_label,
                'row' as dimension, row::varchar as dimension_value, top as numerator,
                bottom as denominator, value, true as is_complete_period, 'no_data' as null_reason
            from given;
            create table main_okr_metrics_internal.int_kpi__periods as
            select distinct grain as period_grain, start as period_start, number as period_number
            from given;
            create table main_okr_metrics_internal.stg_kpi__kpi_targets (
                kpi_id varchar, dimension varchar, dimension_value varchar, period_grain varchar,
                lower_bound decimal(28, 6), upper_bound decimal(28, 6), provenance varchar,
                valid_from date, row_status varchar
            );
            insert into main_okr_metrics_internal.stg_kpi__kpi_targets
            values (
                'customer_churn_rate', 'row', '9004', 'month', null, 0.02, 'agreed',
                '2015-01-01', 'accepted'
            );
            """
        )
        for name in MODELS:
            sql = (folder_of_sql / f"{name}.sql").read_text()
            connection.execute(f"create table main_okr_metrics_internal.{name} as {sql}")
        health = (folder_of_sql / "kpi__health.sql").read_text()
        connection.execute(f"create table kpi__health as {health}")
        yield connection


@pytest.fixture(scope="module")
def charts(series: dict[str, Series]) -> dict[str, Chart]:
    """Return what the second program says of the series."""
    return {grain: chart(of_grain, RULES[grain]) for grain, of_grain in series.items()}


def cells(
    connection: duckdb.DuckDBPyConnection, sql: str, chart: Chart, empty: float
) -> np.ndarray:
    """Return a query's (row, number of the period, cell) as an array like those of the chart."""
    found = np.full(chart.z.shape, empty)
    for row, period, value in connection.execute(sql).fetchall():
        if value is not None and str(row) not in COLLAPSES:
            found[row, period] = value
    return found


@pytest.mark.parametrize("grain", RULES)
@pytest.mark.parametrize("name", NUMBERS)
def test_sql_predicts_what_the_second_program_does(
    grain: str, name: str, warehouse: duckdb.DuckDBPyConnection, charts: dict[str, Chart]
) -> None:
    column = {"lowest": "lowest_before", "highest": "highest_before"}.get(name, name)
    found = cells(
        warehouse,
        f"""
        select dimension_value::int, period_number, {column}
        from main_okr_metrics_internal.int_kpi__signals
        inner join main_okr_metrics_internal.int_kpi__periods using (period_grain, period_start)
        where period_grain = '{grain}'
        """,
        charts[grain],
        np.nan,
    )
    expected = getattr(charts[grain], name)
    assert np.isfinite(expected).sum() > 500
    # beyond a million sigmas it is a constant that changes: by how much is of no matter
    close = np.isclose(
        found, expected, rtol=1e-6, atol=1e-6 if name == "z" else 1e-9, equal_nan=True
    )
    far = (np.abs(found) > 1e6) & (np.abs(expected) > 1e6) if name == "z" else False
    different = np.argwhere(~(close | far))
    assert not len(different), [
        (tuple(at), found[tuple(at)], expected[tuple(at)]) for at in different[:5]
    ]


@pytest.mark.parametrize("grain", RULES)
@pytest.mark.parametrize("side", [1, -1])
def test_sql_finds_the_same_signals_and_troubles(
    grain: str,
    side: int,
    warehouse: duckdb.DuckDBPyConnection,
    charts: dict[str, Chart],
    series: dict[str, Series],
) -> None:
    keys = """
        from main_okr_metrics_internal.int_kpi__signals as signals
        inner join main_okr_metrics_internal.int_kpi__periods using (period_grain, period_start)
    """
    points = "points_above" if side > 0 else "points_below"
    asked = f"select dimension_value::int, period_number, {points} {keys}"
    made, where = charts[grain], f" where period_grain = '{grain}'"
    signals = cells(warehouse, asked + where, made, 0)
    assert (made.signal[side] == 2).any() and (made.signal[side] == 3).any()
    assert (signals == made.signal[side]).all()
    lasting = cells(
        warehouse,
        f"""
        select signals.dimension_value::int, period_number, point_number - first_point + 1 {keys}
        inner join main_okr_metrics_internal.int_kpi__troubles as troubles
            using (kpi_id, period_grain, dimension, dimension_value)
        where period_grain = '{grain}' and side = {side} and point_number >= found_at
            and point_number < end_point
        """,
        made,
        0,
    )
    assert (lasting == made.since[side]).all()
    ended_by_age = made.since[side].max() == RULES[grain].window // 2
    assert ended_by_age


def test_a_trouble_is_unhealthy_and_an_improvement_is_not(
    warehouse: duckdb.DuckDBPyConnection, charts: dict[str, Chart], series: dict[str, Series]
) -> None:
    for grain, made in charts.items():
        asked = """
            select dimension_value::int, period_number, {}
            from kpi__health
            inner join main_okr_metrics_internal.int_kpi__periods using (period_grain, period_start)
            where period_grain = '{}'
        """
        wish = series[grain].wish[:, None]
        worse = np.where(wish > 0, made.since[-1], made.since[1])
        unhealthy = asked.format("if(health = 'unhealthy', periods_in_trouble, 0)", grain)
        assert (cells(warehouse, unhealthy, made, 0) == worse).all()
        better = np.where(wish > 0, made.since[1], made.since[-1]) > 0
        improving = asked.format("(variation = 'improvement')::int", grain)
        told = cells(warehouse, improving, made, 0) > 0
        # unless it is in trouble too, or has just fallen from where it was
        assert (told | (worse > 0))[better].mean() > 0.9
        assert not (told & (worse > 0)).any()


@pytest.mark.parametrize("segment", COLLAPSES)
def test_a_collapse_is_told_at_once_and_is_no_improvement(
    warehouse: duckdb.DuckDBPyConnection, segment: str
) -> None:
    rows = warehouse.sql(
        "select health, variation from kpi__health where period_grain = 'month'"
        f" and dimension_value = '{segment}' order by period_start"
    ).fetchall()
    assert [health for health, _ in rows[-2:]] == COLLAPSES[segment][2]
    assert "improvement" not in {variation for _, variation in rows[-2:]}


def test_a_small_run_of_the_benchmark_stays_within_wide_bounds() -> None:
    chosen = [profile for profile in profiles() if profile.number % 4 == 1]
    figures = measure(draw(chosen, 1), {"in force": METHODS["in force"]})["in force"]
    assert figures["all: all"]["false alarms"] < 0.015
    for change, least in zip(CHANGES, (0.8, 0.8, 0.85), strict=True):
        assert figures["all: all"][change] > least, change
    assert max(figures["in trouble at total"].values()) < 2


def test_the_expected_rate_is_what_the_benchmark_measured() -> None:
    results = json.loads((REPOSITORY / "benchmarks/health/results.json").read_text())
    in_force = results["methods"]["in force"]
    (rate,) = re.findall(
        r"cast\(([\d.]+) as numeric\(38, 12\)\)\s+end as expected_false_alarm_rate",
        (REPOSITORY / "models/health/kpi__health.sql").read_text(),
    )
    assert float(rate) == pytest.approx(in_force["all: all"]["false alarms"], abs=1e-9)
    kinds = [figures for name, figures in in_force.items() if name.startswith("kind of company")]
    assert max(figures["false alarms"] for figures in kinds) <= 0.01
    assert in_force["all: all"]["3 sigma within 3"] >= 0.85
    assert in_force["all: all"]["4 sigma within 2"] >= 0.88
    assert in_force["all: all"]["drift of 0.7 within 6"] >= 0.85
    assert in_force["in trouble at total"]["steady"] <= 0.5
    assert results["companies"] >= 200


def test_natural_limits_are_those_that_were_published(shared: Path) -> None:
    with (shared / "data/okr_checks/xmr_limit_cases.csv").open() as file:
        for case in csv.DictReader(file):
            points = np.array([float(value) for value in case["values"].split("|")])
            published = (
                case[f"published_{name}"] for name in ("mean", "lower_limit", "upper_limit")
            )
            for limit, number in zip(natural_limits(points), map(float, published), strict=True):
                assert limit == pytest.approx(number, abs=0.06), case["case_id"]
