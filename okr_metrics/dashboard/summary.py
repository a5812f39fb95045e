"""Figures that count: of the OKRs below the headline, of the data in section 4."""

from collections import Counter
from datetime import date

from okr_metrics.dashboard import View
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.key_results import STATUSES
from okr_metrics.dashboard.okr import OkrSection
from okr_metrics.marts import Marts


def summary(marts: Marts, formats: Formats, okr: OkrSection, day: date) -> list[View]:
    """Return the figures of the OKRs and of health: label, value, parts, link."""
    labels = formats.labels
    found: list[View] = []
    if okr.key_results.rows:
        running = okr.running(day)
        counts = Counter(row["status"] for row in running)
        found.append(
            {
                "link": "okr",
                "label": labels("summary.key_results"),
                "value": formats.number(len(running)),
                "parts": [
                    {"status": status, "text": f"{counts[status]} {labels.of('status', status)}"}
                    for status in reversed(STATUSES)
                    if counts[status]
                ],
            }
        )
    trouble = marts.rows(
        "okr__focus_candidates",
        "kpi_id, covered_by_key_result_id",
        finding="kpi_in_trouble",
    )
    if "okr__focus_candidates" not in marts.absent:
        uncovered = sum(row["covered_by_key_result_id"] is None for row in trouble)
        note = labels("summary.uncovered", count=uncovered) if uncovered else None
        found.append(
            {
                "link": "health",
                "label": labels("summary.kpis"),
                "value": formats.number(len(trouble)),
                "parts": [{"status": None, "text": note or labels("summary.covered")}],
            }
        )
    return found


def of_data(marts: Marts, formats: Formats) -> list[View]:
    """Return the figures of the data and of the seeds: label, value, parts, link."""
    labels = formats.labels
    found: list[View] = []
    inputs = marts.rows("kpi__reconciliation", "rows_read, rows_rejected")
    if inputs:
        read = sum(row["rows_read"] for row in inputs)
        rejected = sum(row["rows_rejected"] for row in inputs)
        text = labels("summary.rows_of", count=formats.number(read))
        found.append(
            {
                "link": "reconciliation",
                "label": labels("summary.rows"),
                "value": formats.number(rejected),
                "parts": [{"status": None, "text": text}],
            }
        )
    findings = marts.rows("okr__quality", "severity")
    if "okr__quality" not in marts.absent:
        warnings = sum(row["severity"] == "warning" for row in findings)
        found.append(
            {
                "link": "findings",
                "label": labels("summary.findings"),
                "value": formats.number(warnings),
                "parts": [{"status": None, "text": labels("summary.findings_of")}],
            }
        )
    return found
