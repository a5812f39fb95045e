"""What moved the KPIs in trouble: each segment's part of the change, by kpi__drivers."""

from collections import defaultdict
from decimal import Decimal
from itertools import islice

from okr_metrics.dashboard import View, vega
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.health import HealthSection
from okr_metrics.dashboard.tiles import change_kind
from okr_metrics.marts import Marts, Row

COLUMNS = (
    "kpi_id, dimension, dimension_value, previous_value, value, rate_effect, mix_effect,"
    " total_effect, kpi_change"
)
MAX_KPIS, MAX_SEGMENTS = 4, 8
# the colour of a bar says what its effect is worth, not where it points
KINDS = {"improvement": "up", "concern": "down", "neutral": "total"}


def figures(marts: Marts, formats: Formats, health: HealthSection) -> list[View]:
    """Return a figure for each of the first KPIs in trouble, or to watch, that have drivers."""
    kpis = kpis_to_explain(health)
    periods = {kpi: health.series[kpi, "total", "total"][-1] for kpi in kpis}
    found = defaultdict(list)
    for grain, start in sorted({(p["period_grain"], p["period_start"]) for p in periods.values()}):
        for row in marts.rows("kpi__drivers", COLUMNS, period_grain=grain, period_start=start):
            found[row["kpi_id"]].append(row)
    drawn = (figure(formats, health, kpi, found[kpi]) for kpi in kpis if found[kpi])
    return list(islice(filter(None, drawn), MAX_KPIS))


def kpis_to_explain(health: HealthSection) -> list[str]:
    """Return the KPIs in trouble, those to watch and those of key results, each once."""
    wanted = [row["kpi_id"] for row in health.in_trouble]
    wanted += [key[0] for key, series in health.series.items() if series[-1]["health"] == "watch"]
    return [kpi for kpi in dict.fromkeys(wanted) if (kpi, "total", "total") in health.series]


def figure(formats: Formats, health: HealthSection, kpi: str, rows: list[Row]) -> View | None:
    """Return the drivers of a KPI by the dimension whose segments differ most."""
    labels = formats.labels
    parts = defaultdict(list)
    for row in rows:
        if row["total_effect"] is not None:
            parts[row["dimension"]].append(row)
    by_dimension = {name: found for name, found in parts.items() if is_known(found)}
    if not by_dimension or not rows[0]["kpi_change"]:
        return None
    dimension = max(by_dimension, key=lambda name: (largest(by_dimension[name]), name))
    segments = sorted(
        by_dimension[dimension],
        key=lambda row: (-abs(row["total_effect"]), row["dimension_value"]),
    )
    segments = segments[:MAX_SEGMENTS]
    info = health.info((kpi, "total", "total"))
    unit, change = info["unit"], rows[0]["kpi_change"]
    last = health.series[kpi, "total", "total"][-1]
    same_way = [row for row in segments if row["total_effect"] * change > 0] or segments
    title = labels(
        "why.drivers",
        kpi=info["kpi_name"],
        moved=labels("why.driver_rose" if change > 0 else "why.driver_fell"),
        change=formats.effect(abs(change), unit).removeprefix("+"),
        period=formats.period(last["period_grain"], last["period_start"], last["period_end"]),
        segment=labels.of("dimension_value", same_way[0]["dimension_value"]),
    )
    name = labels.of("dimension", dimension)
    bars = [
        {
            "label": labels.of("dimension_value", row["dimension_value"]),
            "low": Decimal(0),
            "high": row["total_effect"],
            "text": formats.effect(row["total_effect"], unit),
            "kind": KINDS[change_kind(row["total_effect"], info["desired_direction"])],
        }
        for row in segments
    ]
    table = [
        [
            labels.of("dimension_value", row["dimension_value"]),
            formats.value(row["previous_value"], unit),
            formats.value(row["value"], unit),
            formats.effect(row["rate_effect"], unit),
            formats.effect(row["mix_effect"], unit),
            formats.effect(row["total_effect"], unit),
        ]
        for row in segments
    ]
    headers = ["before", "now", "rate_effect", "mix_effect", "total_effect"]
    shown = labels("points") if unit == "ratio" else formats.unit(unit)
    return {
        "id": f"drivers-{kpi}",
        "title": title,
        "unit": labels("why.drivers_unit", unit=shown, dimension=name),
        "drawing": vega.bars(title, bars),
        "headers": [name, *(labels(f"why.{header}") for header in headers)],
        "rows": table,
        "note": "",
        "wide": False,
    }


def is_known(rows: list[Row]) -> bool:
    """Return whether a dimension tells segments apart: one that isn't mapped is all unknown."""
    return any(row["dimension_value"] != "unknown" for row in rows)


def largest(rows: list[Row]) -> Decimal:
    """Return the greatest effect of a dimension's segments, either way."""
    effects: list[Decimal] = [abs(row["total_effect"]) for row in rows]
    return max(effects)
