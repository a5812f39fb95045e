"""Section 1, OKR: objectives by level with their cascade, and each key result."""

from collections import defaultdict
from decimal import Decimal

from okr_metrics.dashboard import svg, wording
from okr_metrics.dashboard.formats import Formats
from okr_metrics.marts import Marts, Row

OBJECTIVES = (
    "objective_id, objective_name, parent_objective_id, cycle_name, level, owner, objective_type,"
    " priority, origin_kpi_id, score, cascade_score, expected_score, worst_status, grade,"
    " key_results_total, guardrails_breached, status_reason"
)
KEY_RESULTS = (
    "key_result_id, key_result_name, objective_id, owner, kpi_id, kpi_name, unit, dimension,"
    " dimension_value, metric_type, start_date, due_date, period_end, actual_value, value_date,"
    " value_age_days, baseline_value, target_value, original_target_value, lower_bound,"
    " upper_bound, periods_met, periods_measured, progress_raw, score, elapsed_share,"
    " expected_progress, status, status_rule, status_reason, confidence, forecast_value,"
    " forecast_low, forecast_high, probability_met, forecast_reason, chance_without_change,"
    " is_met, first_met_date, is_restated, restated_value, grade, guardrail_breached"
)
PROGRESS = (
    "key_result_id, period_end, actual_value, target_value, progress_raw, expected_progress, status"
)
CLOSED = (
    "objective_id, closed_on, outcome, outcome_reason, key_results_met_at_close, key_results_total"
)
GUARDRAILS = (
    "key_result_id, kpi_name, unit, dimension, dimension_value, value, value_date, lower_bound,"
    " upper_bound, is_breached, reason"
)


class OkrSection:
    """What the first section shows; texts are formatted, None where the project has no OKRs."""

    def __init__(self, marts: Marts, formats: Formats) -> None:
        """Read the marts."""
        self.formats, self.labels = formats, formats.labels
        objectives = marts.rows("okr__objective_attainment", OBJECTIVES)
        serves = marts.rows("okr__objectives", "objective_id, parent_key_result_id")
        self.parent_key_results = {r["objective_id"]: r["parent_key_result_id"] for r in serves}
        self.key_results = marts.rows("okr__key_result_attainment", KEY_RESULTS)
        self.history = by_key(marts.rows("okr__key_result_progress", PROGRESS), "period_end")
        self.guardrails = by_key(marts.rows("okr__guardrails", GUARDRAILS), "kpi_name")
        closed = marts.rows("okr__close_report", CLOSED)
        self.closed = {row["objective_id"]: row for row in closed}
        catalog = marts.rows("kpi__catalog", "kpi_id, kpi_name")
        self.kpi_names = {row["kpi_id"]: row["kpi_name"] for row in catalog}
        self.objectives = cascade(objectives)

    def running(self) -> list[Row]:
        """Return the key results that aren't due yet, or are due today."""
        return [row for row in self.key_results if row["grade"] is None and not self.is_over(row)]

    def is_over(self, key_result: Row) -> bool:
        """Return whether the objective of a key result is closed."""
        return key_result["objective_id"] in self.closed

    def view(self) -> dict:
        """Return the section for its template: open objectives, closed ones, the cascade."""
        shown = [self.objective(row, depth) for depth, row in self.objectives]
        return {
            "open": [entry for entry in shown if not entry["closed"]],
            "closed": [entry for entry in shown if entry["closed"]],
            "has_key_results": bool(self.key_results),
        }

    def objective(self, row: Row, depth: int) -> dict:
        """Return an objective with its key results, those furthest behind first."""
        formats, labels = self.formats, self.labels
        serves = self.parent_key_results.get(row["objective_id"]) or row["parent_objective_id"]
        own = [kr for kr in self.key_results if kr["objective_id"] == row["objective_id"]]
        score = labels("okr.no_score")
        if row["score"] is not None:
            score = labels(
                "okr.score_of",
                score=formats.share(row["score"]),
                expected=formats.share(row["expected_score"]),
            )
        below = row["cascade_score"] is not None and row["cascade_score"] != row["score"]
        closing = self.closed.get(row["objective_id"])
        return row | {
            "depth": depth,
            "serves": serves,
            "origin": self.kpi_names.get(row["origin_kpi_id"], row["origin_kpi_id"]),
            "score_text": score,
            "cascade_text": labels("okr.cascade_score", score=formats.share(row["cascade_score"]))
            if below
            else None,
            "closed": closing is not None,
            "outcome": wording.outcome_words(closing, formats) if closing else None,
            "breaches": [
                self.breach(g)
                for kr in own
                for g in self.guardrails[kr["key_result_id"]]
                if g["is_breached"]
            ],
            "bar": svg.progress_bar(
                score, row["score"], row["expected_score"], row["worst_status"] or "no_data"
            ),
            "key_results": [self.key_result(kr) for kr in sorted(own, key=urgency)],
        }

    def key_result(self, row: Row) -> dict:
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
            "why": wording.status_words(row, formats),
            "no_forecast": wording.forecast_words(row, labels),
            "actual": self.actual(row),
            "target": target_text(row, formats),
            "progress": progress,
            "expected": expected,
            "bar": svg.progress_bar(
                labels(label, progress=progress, expected=expected),
                row["score"],
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
            "history": self.history_rows(row),
        }

    def actual(self, row: Row) -> str:
        """Return the actual value; of a milestone whether it is done."""
        if row["metric_type"] == "milestone" and row["actual_value"] is not None:
            return self.labels("okr.milestone" if row["is_met"] else "okr.milestone_open")
        return self.formats.value(row["actual_value"], row["unit"])

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

    def guardrail(self, row: Row) -> dict:
        """Return a guardrail: its state, and what it says."""
        state = {True: "breached", False: "kept", None: "unknown"}[row["is_breached"]]
        return row | {
            "state": state,
            "value_text": self.formats.value(row["value"], row["unit"]),
            "range": range_text(row["lower_bound"], row["upper_bound"], row["unit"], self.formats),
        }

    def spark(self, row: Row) -> str | None:
        """Return the drawing of the history; None with fewer than two values."""
        points = [p for p in self.history[row["key_result_id"]] if p["actual_value"] is not None]
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


def cascade(objectives: list[Row]) -> list[tuple[int, Row]]:
    """Return the objectives with their depth, each after the one that it serves."""
    known = {row["objective_id"] for row in objectives}
    children = defaultdict(list)
    for row in sorted(objectives, key=lambda row: (row["priority"] or 99, row["objective_id"])):
        parent = row["parent_objective_id"]
        children[parent if parent in known else None].append(row)
    order: list[tuple[int, Row]] = []

    def visit(parent: str | None, depth: int) -> None:
        for row in children.pop(parent, []):
            order.append((depth, row))
            visit(row["objective_id"], depth + 1)

    visit(None, 0)
    return order


def by_key(rows: list[Row], order: str) -> defaultdict[str, list[Row]]:
    """Return the rows of each key result, in order of a column."""
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row[order])):
        found[row["key_result_id"]].append(row)
    return found


STATUSES = [
    "missed",
    "off_track",
    "at_risk",
    "unreliable",
    "no_data",
    "not_started",
    "on_track",
    "achieved",
]


def urgency(row: Row) -> tuple:
    """Return where a key result stands in its objective: the worst status first."""
    return STATUSES.index(row["status"]), row["key_result_id"]


def first_known(*values: Decimal | None) -> Decimal | None:
    """Return the first value that isn't null."""
    return next((value for value in values if value is not None), None)


def segment(row: Row, labels) -> str | None:
    """Return the segment that a row looks at, such as `channel: partner`; None for the whole."""
    if row["dimension"] == "total":
        return None
    return f"{labels.of('dimension', row['dimension'])}: {row['dimension_value']}"


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
    if row["lower_bound"] is None and row["upper_bound"] is None:
        return formats.value(row["target_value"], row["unit"])
    return range_text(row["lower_bound"], row["upper_bound"], row["unit"], formats)
