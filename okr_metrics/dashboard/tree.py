"""The tree of KPIs: no public table holds it, so it is what the formulas of kpi__catalog name."""

import re

from okr_metrics.dashboard import View
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.health import HealthSection
from okr_metrics.dashboard.ranges import range_text, target_text
from okr_metrics.marts import Row

MAX_DEPTH, MAX_ROOTS, OPEN_ROOTS = 4, 40, 3
LAST = ("value", "lower_bound", "upper_bound")


def view(formats: Formats, health: HealthSection, key_results: list[Row]) -> View | None:
    """Return the roots with what is below them; a KPI that stands above is named, not repeated.

    The target of a node is that of a key result that runs on the whole, else its healthy range.
    """
    targets = {
        row["kpi_id"]: target_text(row, formats)
        for row in sorted(key_results, key=lambda row: row["key_result_id"], reverse=True)
        if row["dimension"] == "total"
    }
    parts = {kpi: named(row["formula"], kpi, health.catalog) for kpi, row in health.catalog.items()}
    below = {part for found in parts.values() for part in found}
    roots = [kpi for kpi, found in parts.items() if found and kpi not in below]
    if not roots:
        return None
    shown: set[str] = set()

    def node(kpi: str, depth: int) -> View:
        again = kpi in shown and bool(parts[kpi])
        shown.add(kpi)
        children = [] if again or depth == MAX_DEPTH else parts[kpi]
        series = health.series.get((kpi, "total", "total"))
        last: Row = series[-1] if series else dict.fromkeys(LAST) | {"health": "unknown"}
        bounds = (last["lower_bound"], last["upper_bound"])
        info = health.catalog[kpi]
        target = targets.get(kpi)
        if target is None and any(bound is not None for bound in bounds):
            target = range_text(*bounds, info["unit"], formats)
        return {
            "name": info["kpi_name"],
            "formula": plain(info["formula"]),
            "value": formats.value(last["value"], info["unit"]),
            "target": target,
            "state": last["health"],
            "again": again,
            "children": [node(child, depth + 1) for child in children],
        }

    largest_first = sorted(roots, key=lambda kpi: (-size(kpi, parts, 0), kpi))
    roots = [node(kpi, 0) for kpi in largest_first[:MAX_ROOTS]]
    return {"roots": roots[:OPEN_ROOTS], "others": roots[OPEN_ROOTS:]}


def plain(formula: str | None) -> str:
    """Return a formula without the policies in brackets behind it."""
    return (formula or "").split(" [")[0]


def named(formula: str | None, kpi: str, catalog: dict[str, Row]) -> list[str]:
    """Return the KPIs that a formula names, in its order."""
    words = re.findall(r"[A-Za-z_][A-Za-z0-9_]*", plain(formula))
    return [word for word in dict.fromkeys(words) if word in catalog and word != kpi]


def size(kpi: str, parts: dict[str, list[str]], depth: int) -> int:
    """Return how many KPIs hang below one, as far as the tree is shown."""
    if depth == MAX_DEPTH:
        return 0
    return sum(1 + size(part, parts, depth + 1) for part in parts[kpi])
