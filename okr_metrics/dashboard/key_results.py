"""The key results of section 1: each text and drawing of a row of their table."""

from collections import defaultdict
from decimal import Decimal

from okr_metrics.dashboard import View, svg
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.ranges import first_known, range_text, segment, target_text
from okr_metrics.marts import Marts, Row

KEY_RESULTS = (
    "key_result_id, key_result_name, objective_id, owner, kpi_id, kpi_name, unit, dimension,"
    " dimension_value, metric_type, start_date, due_date, period_end, actual_value, value_date,"
    " value_age_days, baseline_value, target_value, original_target_value, lower_bound,"
    " upper_bound, periods_met, periods_measured, progress_raw, score, elapsed_share,"
    " expected_progress, status, status_rule, status_reason, confidence, forecast_value,"
    " forecast_low, forecast_high, probability_met, forecast_reason, chance_without_change,"
    " movement_evidence, actual_low, actual_high,"
    " is_met, first_met_date, is_restated, restated_value, grade, guardrail_breached"
)
PROGRESS = (
    "key_result_id, period_end, value_date, actual_value, progress_raw, expected_progress, status"
)
GUARDRAILS = (
    "key_result_id, guardrail_kpi_id, kpi_name, unit, dimension, dimension_value, value,"
    " value_date, lower_bound, upper_bound, is_breached, first_breached_date"
)


class KeyResults:
    """The key results of the marts, with what is known of each."""

    def __init__(self, marts: Marts, formats: Formats) -> None:
        """Read the marts."""
        self.formats, self.labels = formats, formats.labels
        self.rows = marts.rows("okr__key_result_attainment", KEY_RESULTS)
        self.history = by_key(marts.rows("okr__key_result_progress", PROGRESS), "period_end")
        self.guardrails = by_key(marts.rows("okr__guardrails", GUARDRAILS), "kpi_name")

    def of(self, objective_id: str) -> list[Row]:
        """Return the key results of an objective, the worst status first."""
        own = (row for row in self.rows if row["objective_id"] == objective_id)
        return sorted(own, key=urgency)

    def breaches(self, key_result_id: str) -> list[str]:
        """Return what the breached guardrails of a key result say."""
        return [self.breach(row) for row in self.guardrails[key_result_id] if row["is_breached"]]

    def view(self, row: Row) -> View:
        """Return a key result with each text that its row of the table shows."""
        formats, labels, unit = self.formats, self.labels, row["unit"]
        progress, expected = (
            formats.share(row["progress_raw"]),
            formats.share(row["expected_progress"]),
        )
        label = "okr.bar_label" if row["progress_raw"] is not None else "okr.bar_label_none"
        notes = []
        if row["is_restated"]:
            now = formats.value(row["restated_value"], unit)
            notes.append(labels("okr.restated", value=now))
        revised = row["original_target_value"] not in (None, row["target_value"])
        if revised:
            first = formats.value(row["original_target_value"], unit)
            notes.append(labels("okr.original_target", value=first))
        return row | {
            "segment": segment(row, labels),
            "why": row["status_reason"],
            "no_forecast": row["forecast_reason"] if row["forecast_value"] is None else None,
            "actual": self.actual(row),
            "actual_interval": self.actual_interval(row),
            "baseline": self.baseline(row),
            "target": target_text(row, formats),
            "progress": progress,
            "expected": expected,
            "bar": svg.progress_bar(
                labels(label, progress=progress, expected=expected),
                filled(row),
                row["expected_progress"],
                row["status"],
            ),
            "forecast": formats.value(row["forecast_value"], unit),
            "forecast_interval": self.interval_text(row),
            "forecast_drawing": self.interval_drawing(row),
            "odds": formats.share(row["probability_met"]),
            "luck": formats.share(row["chance_without_change"]),
            "confidence_text": formats.share(row["confidence"]),
            "guardrails": [self.guardrail(g) for g in self.guardrails[row["key_result_id"]]],
            "notes": notes,
            "due": formats.day(row["due_date"]),
            "spark": self.spark(row),
            "points": len(self.points(row)),
            "history": self.history_rows(row),
        }

    def actual(self, row: Row) -> str:
        """Return the actual value; of a milestone whether it is done."""
        if row["metric_type"] == "milestone" and row["actual_value"] is not None:
            return self.labels("okr.milestone" if row["is_met"] else "okr.milestone_open")
        return self.formats.value(row["actual_value"], row["unit"])

    def actual_interval(self, row: Row) -> str | None:
        """Return how well the actual value of a ratio of counts is known; None of any other."""
        if row["actual_low"] is None:
            return None
        low, high = (
            self.formats.value(row[f"actual_{end}"], row["unit"]) for end in ("low", "high")
        )
        return self.labels("okr.actual_interval", low=low, high=high)

    def baseline(self, row: Row) -> str:
        """Return the value that a key result starts from; a milestone has none."""
        if row["metric_type"] == "milestone":
            return self.labels("none")
        return self.formats.value(row["baseline_value"], row["unit"])

    def interval_text(self, row: Row) -> str | None:
        """Return the interval of a forecast in words; None without a forecast."""
        if row["forecast_value"] is None:
            return None
        if row["forecast_low"] is None:
            return self.labels("okr.no_interval")
        low, high = (
            self.formats.value(row[end], row["unit"]) for end in ("forecast_low", "forecast_high")
        )
        return self.labels("okr.interval", low=low, high=high)

    def interval_drawing(self, row: Row) -> str | None:
        """Return the drawing of a forecast's interval against one edge of the target."""
        edge = first_known(row["target_value"], row["lower_bound"], row["upper_bound"])
        if row["forecast_low"] is None or edge is None:
            return None
        value, low, high = (row[f"forecast_{end}"] for end in ("value", "low", "high"))
        name = self.labels(
            "okr.forecast_label",
            value=self.formats.value(value, row["unit"]),
            low=self.formats.value(low, row["unit"]),
            high=self.formats.value(high, row["unit"]),
            target=target_text(row, self.formats),
        )
        return svg.interval(name, value, low, high, edge)

    def breach(self, row: Row) -> str:
        """Return what a breached guardrail says."""
        formats, unit = self.formats, row["unit"]
        return self.labels(
            "okr.breach",
            key_result=row["key_result_id"],
            kpi=row["kpi_name"],
            value=formats.value(row["value"], unit),
            range=range_text(row["lower_bound"], row["upper_bound"], unit, formats),
        )

    def guardrail(self, row: Row) -> View:
        """Return a guardrail: its state, and what it says."""
        state = {True: "breached", False: "kept", None: "unknown"}[row["is_breached"]]
        return row | {
            "state": state,
            "value_text": self.formats.value(row["value"], row["unit"]),
            "range": range_text(row["lower_bound"], row["upper_bound"], row["unit"], self.formats),
        }

    def spark(self, row: Row) -> str | None:
        """Return the drawing of the history; None with fewer than two values."""
        points = self.points(row)
        if len(points) < 2:
            return None
        first, last = points[0], points[-1]
        name = self.labels(
            "okr.spark_label",
            key_result=row["key_result_name"],
            first=self.formats.value(first["actual_value"], row["unit"]),
            start=self.formats.day(first["period_end"]),
            last=self.formats.value(last["actual_value"], row["unit"]),
            end=self.formats.day(last["period_end"]),
            target=target_text(row, self.formats),
        )
        edge = first_known(row["target_value"], row["lower_bound"], row["upper_bound"])
        return svg.sparkline(name, [p["actual_value"] for p in points], edge)

    def points(self, row: Row) -> list[Row]:
        """Return the history with each measurement once: until the next one its value is old."""
        found: list[Row] = []
        for point in self.history[row["key_result_id"]]:
            is_old = found and point["value_date"] == found[-1]["value_date"] is not None
            if point["actual_value"] is not None and not is_old:
                found.append(point)
        return found

    def history_rows(self, row: Row) -> list[list[str]]:
        """Return the data behind the drawings of a key result."""
        formats, unit = self.formats, row["unit"]
        return [
            [
                formats.day(point["period_end"]),
                formats.value(point["actual_value"], unit),
                formats.share(point["progress_raw"]),
                formats.share(point["expected_progress"]),
                self.labels.of("status", point["status"]),
            ]
            for point in self.history[row["key_result_id"]]
        ]


def by_key(rows: list[Row], order: str) -> defaultdict[str, list[Row]]:
    """Return the rows of each key result, in order of a column."""
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row[order])):
        found[row["key_result_id"]].append(row)
    return found


def filled(row: Row) -> Decimal | None:
    """Return how far the bar is filled: the score; of a ceiling the share of it that is used."""
    score: Decimal | None = row["score"]
    used: Decimal | None = row["progress_raw"]
    if row["metric_type"] != "cumulative_at_most" or used is None:
        return score
    return min(max(used, Decimal(0)), Decimal(1))


STATUSES = [
    "missed",
    "off_track",
    "at_risk",
    "unreliable",
    "no_data",
    "not_started",
    "on_track",
    "achieved",
    "closed",
]


def urgency(row: Row) -> tuple[int, str]:
    """Return where a key result stands in its objective: the worst status first."""
    return STATUSES.index(row["status"]), row["key_result_id"]
