"""The figures at the top of the page: what the company lives by, each beside the period before."""

from okr_metrics.dashboard import View, svg
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.health import HealthSection
from okr_metrics.dashboard.tiles import change_kind

KPIS = ("net_revenue", "closing_mrr", "gross_margin", "customer_churn_rate", "cac")
# a year, and its month before
POINTS = 13


def headline(formats: Formats, health: HealthSection) -> list[View]:
    """Return a figure for each of KPIS that the project has a last value of."""
    labels = formats.labels
    found = []
    for kpi in KPIS:
        key = (kpi, "total", "total")
        series = health.series.get(key)
        if not series or series[-1]["value"] is None:
            continue
        last, info, values = series[-1], health.info(key), health.values.get(key, {})
        grain, unit = last["period_grain"], info["unit"]
        change = values.get("change")
        text = formats.change(change, values.get("change_ratio"), unit)
        told = None
        if change is not None and len(series) > 1:
            before = formats.period(grain, series[-2]["period_start"], series[-2]["period_end"])
            told = labels("headline.against", change=text, period=before)
        points = [row for row in series if row["value"] is not None][-POINTS:]
        value = formats.value(last["value"], unit)
        spark = None
        if len(points) > 1:
            name = labels(
                "headline.spark",
                kpi=info["kpi_name"],
                first=formats.value(points[0]["value"], unit),
                start=formats.short_period(grain, points[0]["period_start"]),
                last=value,
                end=formats.short_period(grain, last["period_start"]),
            )
            spark = svg.sparkline(name, [row["value"] for row in points], None)
        found.append(
            {
                "kpi_id": kpi,
                "label": info["kpi_name"],
                "period": formats.period(grain, last["period_start"], last["period_end"]),
                "value": value,
                "change": told,
                "change_kind": change_kind(change, info["desired_direction"]),
                "spark": spark,
            }
        )
    return found
