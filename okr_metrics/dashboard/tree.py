"""The tree of KPIs: no public table holds it, so it is what the formulas of kpi__catalog name."""

import re

from okr_metrics.dashboard import View
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.health import HealthSection
from okr_metrics.marts import Row

MAX_DEPTH, MAX_ROOTS = 4, 40


def view(formats: Formats, health: HealthSection) -> View | None:
    """Return the roots with what is below them; a KPI that stands above is named, not repeated."""
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
        last: Row = series[-1] if series else {"value": None, "health": "unknown"}
        info = health.catalog[kpi]
        return {
            "name": info["kpi_name"],
            "formula": plain(info["formula"]),
            "value": formats.value(last["value"], info["unit"]),
            "state": last["health"],
            "again": again,
            "children": [node(child, depth + 1) for child in children],
        }

    largest_first = sorted(roots, key=lambda kpi: (-size(kpi, parts, 0), kpi))
    return {"roots": [node(kpi, 0) for kpi in largest_first[:MAX_ROOTS]]}


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
