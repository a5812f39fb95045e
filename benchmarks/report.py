"""Writes results.md and results.svg from the figures of results.json."""

import math
import random
import statistics
from collections.abc import Callable
from pathlib import Path

import vl_convert

# above this load before a run its wall seconds say nothing
IDLE_LOAD = 0.5
# with fewer pairs an interval says nothing
FEWEST_PAIRS = 3
SERIES = {
    "build": "package, full build",
    "one_day": "package, one more day",
    "null_dag": "null DAG",
    "by_hand": "hand-written script",
}
Interval = tuple[float, float, float]


def interval(values: list[float]) -> Interval:
    """Return the median and its 95% bootstrap interval."""
    drawn = random.Random(1)
    medians = sorted(statistics.median(drawn.choices(values, k=len(values))) for _ in range(2000))
    return statistics.median(values), medians[50], medians[1949]


def ratios(measured: dict, figure: Callable[[dict], float]) -> Interval:
    """Return median and interval of a figure of each pair."""
    return interval([figure(pair) for pair in measured["pairs"]])


def cpu(name: str) -> Callable[[dict], float]:
    """Return what reads a run's CPU seconds off a pair."""
    return lambda pair: pair[name]["cpu"]


def over(upper: str, lower: str, unit: str = "cpu") -> Callable[[dict], float]:
    """Return what divides two runs of a pair."""
    return lambda pair: pair[upper][unit] / pair[lower][unit]


def own_sql(pair: dict) -> float:
    """Return the package's CPU without that of the null DAG, over the hand-written script's."""
    return (pair["build"]["cpu"] - pair["null_dag"]["cpu"]) / pair["by_hand"]["cpu"]


def text(values: Interval, digits: int = 2) -> str:
    """Return `median (low to high)`."""
    middle, low, high = (f"{value:,.{digits}f}" for value in values)
    return f"{middle} ({low} to {high})"


def is_idle(measured: dict) -> bool:
    """Return whether the machine was idle before the size was measured."""
    return measured["load"][0] <= IDLE_LOAD


def slope(results: dict, figure: Callable[[dict], float]) -> float | None:
    """Return the slope of log CPU on log events from S on; None with fewer than three sizes."""
    points = [
        (math.log(size["events"]), math.log(ratios(size, figure)[0]))
        for size in results.values()
        if size["events"] >= 1_000_000
    ]
    if len(points) < 3:
        return None
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def table(header: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def targets(results: dict) -> list[list[str]]:
    """Return [target, wanted, measured, met]; the far end of the interval decides."""
    small, medium, large = (results.get(name) for name in ("S", "M", "L"))
    rows = []

    def add_pairs(name: str, size: dict | None, figure: Callable[[dict], float], limit: float):
        """Add a target on the pairs of a size."""
        if size is None:
            return add(name, None, limit)
        values = ratios(size, figure)
        met = "yes" if values[2] <= limit else "no"
        is_enough = len(size["pairs"]) >= FEWEST_PAIRS
        rows.append([name, f"at most {limit}", text(values), met if is_enough else "too few pairs"])

    def add(name: str, value: float | None, limit: float, *, is_least: bool = False):
        """Add a target on one number."""
        wanted = f"{'at least' if is_least else 'at most'} {limit:,}"
        if value is None:
            return rows.append([name, wanted, "not measured", "-"])
        is_met = value >= limit if is_least else value <= limit
        rows.append([name, wanted, f"{value:,.2f}", "yes" if is_met else "no"])

    built = "full build over the hand-written script, CPU"
    add_pairs(f"M: {built}", medium, over("build", "by_hand"), 1.5)
    add_pairs(f"L: {built}", large, over("build", "by_hand"), 1.15)
    idle = small if small and is_idle(small) else None
    add_pairs(
        "S: full build over the null DAG, wall", idle, over("build", "null_dag", "wall"), 1.15
    )
    days = [ratios(size, cpu("one_day"))[0] for size in (large, small) if size]
    flat = days[0] / days[1] if len(days) == 2 else None
    add("one more day at L over that at S, CPU", flat, 1.15)
    add_pairs("L: one more day over a full build, CPU", large, over("one_day", "build"), 0.05)
    slowest = max(high for size in results.values() for _, high in size["questions"].values())
    add("slowest question, 95th percentile, ms", slowest, 10)
    asked = (medium or {}).get("metricflow", {}).values()
    times = statistics.median(there / here for there, here in asked) if asked else None
    add("M: MetricFlow over kpi__values, median of KPIs", times, 1000, is_least=True)
    package = slope(results, lambda pair: pair["build"]["cpu"] - pair["null_dag"]["cpu"])
    growth = package - slope(results, cpu("by_hand")) if package else None
    add("slope of the package less that of the script", growth, 0.05)
    add_pairs("L: peak memory, GB", large, lambda pair: pair["build"]["peak_bytes"] / 1e9, 16)
    return rows


def sizes_table(results: dict) -> str:
    """Return the table of CPU seconds by size."""
    rows = []
    for name, size in results.items():
        seconds = [text(ratios(size, cpu(series)), 1) for series in SERIES]
        rows.append([name, f"{size['events']:,}", *seconds])
    return table(["size", "events", *SERIES.values()], rows)


def ratios_table(results: dict) -> str:
    """Return the table of ratios, memory and bytes by size."""
    rows = []
    for name, size in results.items():
        walls = text(ratios(size, over("build", "null_dag", "wall"))) if is_idle(size) else "void"
        peak = ratios(size, lambda pair: pair["build"]["peak_bytes"] / 1e9)[0]
        rows.append(
            [
                name,
                text(ratios(size, over("build", "by_hand"))),
                text(ratios(size, own_sql)),
                text(ratios(size, over("build", "null_dag"))),
                text(ratios(size, over("one_day", "build"))),
                walls,
                f"{size['rebuild']['cpu']:.1f}" if "rebuild" in size else "-",
                f"{size['cold_parse']['cpu']:.1f}",
                f"{peak:.1f}",
                f"{size['parquet_bytes'] / 1e6:,.0f}",
                f"{size['database_bytes'] / 1e6:,.0f}",
            ]
        )
    header = [
        "size",
        "build / script",
        "(build - null DAG) / script",
        "build / null DAG",
        "one day / build",
    ]
    header += [
        "wall: build / null DAG",
        "nothing new, CPU s",
        "cold parse, CPU s",
        "peak GB",
        "Parquet MB",
        "database MB",
    ]
    return table(header, rows)


def picture(results: dict) -> str:
    """Return the SVG of CPU seconds against events, both axes logarithmic."""
    points = [
        {"events": size["events"], "cpu": ratios(size, cpu(series))[0], "what": label}
        for size in results.values()
        for series, label in SERIES.items()
    ]
    axis = {"type": "quantitative", "scale": {"type": "log"}}
    return vl_convert.vegalite_to_svg(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "data": {"values": points},
            "width": 560,
            "height": 320,
            "mark": {"type": "line", "point": True},
            "encoding": {
                "x": {"field": "events", "title": "events", **axis},
                "y": {"field": "cpu", "title": "CPU seconds (user and system)", **axis},
                "color": {
                    "field": "what",
                    "type": "nominal",
                    "title": None,
                    "sort": list(SERIES.values()),
                },
            },
        }
    )


def report(results: dict) -> str:
    """Return results.md."""
    parts = ["# Benchmark", INTRODUCTION]
    parts += ["## Targets", table(["target", "wanted", "measured", "met"], targets(results))]
    parts += ["## CPU seconds", sizes_table(results), "![CPU seconds against events](results.svg)"]
    parts += ["## Ratios, of each pair", ratios_table(results)]
    for name, size in results.items():
        parts.append(f"## {name}: questions and models")
        asked = {
            question: f"{low:.1f} | {high:.1f}"
            for question, (low, high) in size["questions"].items()
        }
        parts.append(
            table(
                ["question", "median ms", "95th percentile ms"],
                [list(row) for row in asked.items()],
            )
        )
        if size["metricflow"]:
            rows = [
                [kpi, f"{there:,.0f}", f"{here:.2f}", f"{there / here:,.0f}"]
                for kpi, (there, here) in sorted(
                    size["metricflow"].items(), key=lambda item: -item[1][0]
                )
            ]
            parts.append(table(["KPI by month", "MetricFlow ms", "kpi__values ms", "times"], rows))
        rows = [[node, f"{seconds:.1f}"] for node, seconds in size["seconds_by_model"].items()]
        parts.append(table(["longest nodes of the build", "seconds, two at a time"], rows))
    parts.append("## Runs")
    for name, size in results.items():
        versions = ", ".join(f"{key} {value}" for key, value in size["machine"]["versions"].items())
        loads = size["load"]
        state = "idle" if is_idle(size) else "not idle: wall seconds are void, CPU seconds too high"
        parts.append(
            f"{name}: {len(size['pairs'])} pairs; {size['values_compared']:,} values compared; load"
            f" {loads[0]:.1f} before, up to {max(loads):.1f} after a pair ({state});"
            f" {size['machine']['cores']} cores, memory_limit {size['machine']['memory_limit']},"
            f" Python {size['machine']['python']}, {versions}."
        )
    return "\n\n".join(parts) + "\n"


INTRODUCTION = """\
`make bench` writes this page; `make bench SIZES="M L"` adds sizes. Before a time counts, every
value of `kpi__values` and the counts of `kpi__reconciliation` must be those of `handwritten.sql`,
the KPIs by month and quarter those of `oracle.py` (Polars, from the definitions). CPU seconds
are user and system time of the child process; medians of pairs, with their 95% bootstrap interval.

- package: `dbt build` with its tests, parsed before, on a fresh database; one more day: the next
  `dbt build`, after the files of a day.
- null DAG: the same nodes and edges, every body `select 1`: what dbt takes by itself.
- hand-written script: one process, every trick allowed. It gives the values of `kpi__values` and
  the counts of `kpi__reconciliation`; not cohorts, health, drivers, restatements, rejected rows and
  OKRs, which the package builds too.
- questions: on one open read-only connection, 200 times each. MetricFlow reads the same facts, in a
  process that has started already. Both are wall time: too high on a busy machine.

Why targets are missed, and what changes brought: [profile.md](profile.md)."""


def write_report(results: dict, folder: Path) -> None:
    """Write results.md and results.svg to a folder."""
    results = dict(sorted(results.items(), key=lambda item: item[1]["events"]))
    (folder / "results.md").write_text(report(results))
    (folder / "results.svg").write_text(picture(results))
