"""How numbers and words of a column look in a cell, and what its header is called."""

from decimal import Decimal

# fractions whatever the KPI's unit
SHARES = {
    "progress_raw",
    "score",
    "score_vs_original",
    "cascade_score",
    "expected_score",
    "restated_score",
    "elapsed_share",
    "expected_progress",
    "pace_gap",
    "confidence",
    "probability_met",
    "chance_without_change",
    "movement_share",
    "change_ratio",
    "distance",
    "expected_false_alarm_rate",
    "reject_share",
}
MONEY = {"money_at_stake", "money_lost"}
# numbers of no unit
PLAIN = {"weight", "numerator", "denominator"}
SIGNED = {"pace_gap", "change", "change_ratio", "rate_effect", "mix_effect", "total_effect"}
SIGNED |= {"kpi_change"}
# words of a column's name that aren't written as words are
WRITTEN = {"kpi": "KPI", "kpis": "KPIs", "okr": "OKR", "id": "ID", "mrr": "MRR"}

GOOD, FAIR, BAD, UNKNOWN = "good", "fair", "bad", "unknown"
# told apart by who is colour-blind, too; the word stays in the cell
COLOURS = {
    GOOD: {"bg_color": "#D6E8F7", "font_color": "#0B3D66"},
    FAIR: {"bg_color": "#FFF0C2", "font_color": "#5C4400"},
    BAD: {"bg_color": "#F7C6AC", "font_color": "#7A1F00", "bold": True},
    UNKNOWN: {"bg_color": "#E8E8E8", "font_color": "#404040"},
}
STATUS = {
    "achieved": GOOD,
    "on_track": GOOD,
    "at_risk": FAIR,
    "off_track": BAD,
    "missed": BAD,
    "unreliable": UNKNOWN,
    "no_data": UNKNOWN,
    "not_started": UNKNOWN,
    "closed": UNKNOWN,
}
GRADES = {"green": GOOD, "yellow": FAIR, "red": BAD}
WORDS: dict[str, dict[str, str] | dict[bool, str]] = {
    "status": STATUS,
    "worst_status": STATUS,
    "grade": GRADES,
    "health": {"healthy": GOOD, "watch": FAIR, "unhealthy": BAD, "unknown": UNKNOWN},
    "severity": {"error": BAD, "warning": FAIR, "info": UNKNOWN},
    "guardrail_breached": {True: BAD},
    "is_breached": {True: BAD},
}


def header(column: str) -> str:
    """Return a column's name as a person reads it: key_result_id is Key result ID."""
    words = column.removeprefix("is_").split("_")
    text = " ".join(WRITTEN.get(word, word) for word in words)
    return text[0].upper() + text[1:]


def number_format(column: str, value: Decimal | int, unit: str | None, currency: str | None) -> str:
    """Return Excel's format of a number, by its column and the unit of its row."""
    if isinstance(value, int):
        shown = "#,##0"
    elif column in SHARES or (unit == "ratio" and column not in PLAIN | MONEY):
        shown = "0.0%"
    elif column in MONEY or (unit == "currency" and column not in PLAIN):
        shown = f"{decimals(value, 10, '.00')} [${currency}]"
    else:
        shown = decimals(value, 100, ".0" if column in PLAIN or abs(value) >= 10 else ".00")
    return f"+{shown};-{shown};{shown}" if column in SIGNED else shown


def decimals(value: Decimal, whole_from: int, few: str) -> str:
    """Return a format without decimals for whole and large numbers, else with a few."""
    return "#,##0" if value == round(value) or abs(value) >= whole_from else f"#,##0{few}"
