"""Sentences put together from the marts' columns, with numbers as the language writes them.

The marts say why in English and with four decimals. Of a status the English page takes that
sentence as it is; other languages, and the health of a KPI, are worded here from the columns that
it is made of.
"""

from okr_metrics.dashboard.formats import Formats
from okr_metrics.marts import Row

MART_LANGUAGE = "en"


def status_words(row: Row, formats: Formats) -> str:
    """Return why a key result has its status."""
    labels = formats.labels
    if labels.language == MART_LANGUAGE:
        return row["status_reason"]
    rule = row["status_rule"]
    if row["metric_type"] in ("at_least", "at_most", "range"):
        met = {
            "target_met": "bounds_all",
            "due_date_passed": "bounds_due",
            "pace_on_track": "bounds_some",
            "pace_at_risk": "bounds_some",
            "pace_off_track": "bounds_some",
        }
        rule = met.get(rule, rule)
    if rule == "no_value" and row["metric_type"] == "milestone":
        rule = "no_check_in"
    text = labels(
        f"status_reason.{rule}",
        start=formats.day(row["start_date"]),
        due=formats.day(row["due_date"]),
        day=formats.day(row["period_end"]),
        value_date=formats.day(row["value_date"]),
        age=formats.number(row["value_age_days"]),
        progress=formats.share(row["progress_raw"]),
        expected=formats.share(row["expected_progress"]),
        met=formats.number(row["periods_met"]),
        measured=formats.number(row["periods_measured"]),
    )
    if row["first_met_date"] is not None and not row["is_met"]:
        text += " " + labels("status_reason.lost", date=formats.day(row["first_met_date"]))
    return text


def outcome_words(row: Row, formats: Formats) -> str:
    """Return what became of an objective whose cycle is over."""
    labels = formats.labels
    if labels.language == MART_LANGUAGE:
        return row["outcome_reason"]
    text = labels(
        "outcome.met",
        met=formats.number(row["key_results_met_at_close"]),
        total=formats.number(row["key_results_total"]),
    )
    return f"{text} {labels.of('outcome', row['outcome'])}".strip()


def forecast_words(row: Row, labels) -> str | None:
    """Return why there is no forecast; None where there is one, or where it is due."""
    if row["forecast_value"] is not None or row["forecast_reason"] is None:
        return None
    if labels.language == MART_LANGUAGE:
        return row["forecast_reason"]
    kind = "milestone" if row["metric_type"] == "milestone" else "too_little"
    return labels(f"forecast_reason.{kind}")


def health_words(row: Row, unit: str | None, formats: Formats) -> str:
    """Return why a KPI is in trouble, or isn't; the mart's own words where it has no limits."""
    labels, grain = formats.labels, row["period_grain"]
    told = [part for part in (range_words(row, unit, formats), signal_words(row, formats)) if part]
    periods = row["periods_in_trouble"]
    if periods:
        count = "one" if periods == 1 else "many"
        lead = labels(f"trouble.{grain}_{count}", count=formats.number(periods))
    elif row["health"] == "unknown" or row["center_line"] is None:
        return row["health_reason"]
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
    side = "above" if row["value"] > row["center_line"] else "below"
    return formats.labels(f"beyond.{side}_{cause}")
