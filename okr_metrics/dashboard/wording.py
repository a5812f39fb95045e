"""The health of a KPI in words as short as a tile needs them, by the page's own labels.

Of a status, an outcome, a forecast and a finding the page takes the marts' sentence.
"""

from okr_metrics.dashboard.formats import Formats
from okr_metrics.marts import Row


def health_words(row: Row, unit: str | None, formats: Formats) -> str | None:
    """Return why a KPI is in trouble, or isn't; the mart's own words where it has no limits."""
    labels, grain = formats.labels, row["period_grain"]
    told = [part for part in (range_words(row, unit, formats), signal_words(row, formats)) if part]
    periods = row["periods_in_trouble"]
    if periods:
        count = "one" if periods == 1 else "many"
        lead = labels(f"trouble.{grain}_{count}", count=formats.number(periods))
    elif row["health"] == "unknown" or row["center_line"] is None:
        return str(row["health_reason"])
    elif row["variation"] in ("improvement", "neutral"):
        lead = labels(f"variation.{row['variation']}")
    else:
        return labels("variation.common_cause")
    return f"{lead}{labels('colon')}{', '.join(told)}" if told else lead


def range_words(row: Row, unit: str | None, formats: Formats) -> str | None:
    """Return which end of the healthy range a value is beyond; None where it isn't."""
    value, low, high = row["value"], row["lower_bound"], row["upper_bound"]
    if low is not None and value < low:
        return formats.labels("beyond.below_range", edge=formats.value(low, unit))
    if high is not None and value > high:
        return formats.labels("beyond.above_range", edge=formats.value(high, unit))
    return None


def signal_words(row: Row, formats: Formats) -> str | None:
    """Return the signal of a value and its side; None without one."""
    cause = row["special_cause"]
    if cause in (None, "none"):
        return None
    # a young series has no center line, and a signal by its history alone
    if row["center_line"] is None:
        return formats.labels("health.beyond_history")
    side = "above" if row["value"] > row["center_line"] else "below"
    return formats.labels(f"beyond.{side}_{cause}")
