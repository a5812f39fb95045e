"""Targets, ranges and segments in words."""

from decimal import Decimal

from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.labels import Labels
from okr_metrics.marts import Row


def first_known(*values: Decimal | None) -> Decimal | None:
    """Return the first value that isn't null."""
    return next((value for value in values if value is not None), None)


def segment(row: Row, labels: Labels) -> str | None:
    """Return the segment that a row looks at, such as `channel: partner`; None for the whole."""
    if row["dimension"] == "total":
        return None
    value = labels.of("dimension_value", row["dimension_value"])
    return f"{labels.of('dimension', row['dimension'])}{labels('colon')}{value}"


def range_text(
    low: Decimal | None, high: Decimal | None, unit: str | None, formats: Formats
) -> str:
    """Return a range with one open end, or none."""
    labels = formats.labels
    if low is not None and high is not None:
        return labels("okr.between", low=formats.value(low, unit), high=formats.value(high, unit))
    if low is not None:
        return labels("okr.at_least", low=formats.value(low, unit))
    return labels("okr.at_most", high=formats.value(high, unit))


def target_text(row: Row, formats: Formats) -> str:
    """Return what a key result has to reach: its target or its bounds."""
    if row["metric_type"] == "milestone":
        return formats.labels("okr.milestone")
    if row["metric_type"] == "cumulative_at_most":
        return formats.labels(
            "okr.at_most_in_all", high=formats.value(row["target_value"], row["unit"])
        )
    if row["lower_bound"] is None and row["upper_bound"] is None:
        return formats.value(row["target_value"], row["unit"])
    return range_text(row["lower_bound"], row["upper_bound"], row["unit"], formats)
