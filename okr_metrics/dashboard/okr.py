"""Section 1, OKR: objectives by level with their cascade, and each key result."""

from collections import defaultdict
from datetime import date

from okr_metrics.dashboard import View, svg
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.key_results import KeyResults
from okr_metrics.marts import Marts, Row

OBJECTIVES = (
    "objective_id, objective_name, parent_objective_id, cycle_name, level, owner, objective_type,"
    " priority, origin_kpi_id, score, cascade_score, expected_score, worst_status, grade,"
    " key_results_total, guardrails_breached"
)
CLOSED = "objective_id, outcome_reason"


class OkrSection:
    """What the first section shows; texts are formatted, None where the project has no OKRs."""

    def __init__(self, marts: Marts, formats: Formats) -> None:
        """Read the marts."""
        self.formats, self.labels = formats, formats.labels
        objectives = marts.rows("okr__objective_attainment", OBJECTIVES)
        serves = marts.rows("okr__objectives", "objective_id, parent_key_result_id")
        self.parent_key_results = {r["objective_id"]: r["parent_key_result_id"] for r in serves}
        self.key_results = KeyResults(marts, formats)
        closed = marts.rows("okr__close_report", CLOSED)
        self.closed = {row["objective_id"]: row for row in closed}
        catalog = marts.rows("kpi__catalog", "kpi_id, kpi_name")
        self.kpi_names = {row["kpi_id"]: row["kpi_name"] for row in catalog}
        self.objectives = cascade(objectives)

    def running(self, day: date) -> list[Row]:
        """Return the key results that go on: not due yet, or due on a day, and not ended early."""
        return [
            row
            for row in self.key_results.rows
            if row["due_date"] >= day and row["status"] != "closed"
        ]

    def view(self) -> View:
        """Return the section for its template: open objectives, closed ones, the cascade."""
        shown = [self.objective(row, depth) for depth, row in self.objectives]
        return {
            "open": [entry for entry in shown if not entry["closed"]],
            "closed": [entry for entry in shown if entry["closed"]],
            "has_key_results": bool(self.key_results.rows),
        }

    def objective(self, row: Row, depth: int) -> View:
        """Return an objective with its key results, those furthest behind first."""
        formats, labels = self.formats, self.labels
        serves = self.parent_key_results.get(row["objective_id"]) or row["parent_objective_id"]
        own = self.key_results.of(row["objective_id"])
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
            "outcome": closing["outcome_reason"] if closing else None,
            "breaches": [
                text for kr in own for text in self.key_results.breaches(kr["key_result_id"])
            ],
            "bar": svg.progress_bar(
                score, row["score"], row["expected_score"], row["worst_status"] or "no_data"
            ),
            "key_results": [self.key_results.view(kr) for kr in own],
        }


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
