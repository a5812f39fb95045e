"""The tables of section 4 about the OKRs: findings, conflicts, and how good forecasts were."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from okr_metrics.dashboard import View
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.key_results import urgency
from okr_metrics.dashboard.okr import OkrSection
from okr_metrics.marts import Marts

BACKTEST = (
    "key_result_id, elapsed_share, cases, mean_absolute_error, bias, interval_coverage, reds,"
    " reds_met"
)
MAX_ROWS = 50
SEVERITIES = ("error", "warning", "info")


class Tables:
    """Makes the tables of a section from the marts."""

    def __init__(self, marts: Marts, formats: Formats, okr: OkrSection, day: date) -> None:
        """Take the marts, and what is read already."""
        self.marts, self.formats, self.labels = marts, formats, formats.labels
        self.okr, self.day = okr, day

    def table(
        self,
        id_: str,
        headers: str,
        rows: Sequence[Sequence[str | None]],
        empty: str = "",
        more: int = 0,
        **extra: str | int,
    ) -> View:
        """Return a table; `headers` are names of labels, `more` counts the rows left out."""
        return {
            "id": id_,
            "title": self.labels(f"trust.{id_}"),
            "headers": [self.labels(f"trust.{name}") for name in headers.split()],
            "rows": rows,
            "empty": empty and self.labels(f"trust.{empty}"),
            "intro": "",
            "numeric_from": 1,
            "more": more and self.labels("and_more", count=more, table=f"kpi__{id_}"),
        } | extra

    def has(self, table: str) -> bool:
        """Return whether a table that was read is there."""
        return table not in self.marts.absent

    def findings(self) -> View | None:
        """Return the findings of okr__quality, the gravest first."""
        columns = ["severity", "object", "message", "how_to_fix"]
        rows = self.marts.rows("okr__quality", ", ".join(columns))
        if not self.has("okr__quality"):
            return None
        rows.sort(
            key=lambda row: (SEVERITIES.index(row["severity"]), row["object"], row["message"])
        )
        shown = [
            [
                self.labels.of("severity", row["severity"]),
                row["object"],
                self.formats.told(row["message"]),
                # what to write into a seed is as a seed has it
                row["how_to_fix"],
            ]
            for row in rows
        ]
        return self.table(
            "findings",
            "severity object finding mend",
            shown,
            "findings_none",
            numeric_from=9,
        )

    def conflicts(self) -> View | None:
        """Return the pairs of okr__conflicts, open ones first."""
        columns = "key_result_id, other_key_result_id, is_open, message, how_to_fix"
        rows = self.marts.rows("okr__conflicts", columns)
        if not self.has("okr__conflicts"):
            return None
        rows.sort(key=lambda row: (not row["is_open"], row["key_result_id"], row["message"]))
        shown = [
            [
                f"{row['key_result_id']}, {row['other_key_result_id']}",
                self.labels("trust.open_pair" if row["is_open"] else "trust.closed_pair"),
                self.formats.told(row["message"]),
                row["how_to_fix"],
            ]
            for row in rows
        ]
        return self.table(
            "conflicts",
            "object state finding mend",
            shown,
            "conflicts_none",
            numeric_from=9,
        )

    def backtest(self) -> View | None:
        """Return how wrong the forecasts were at the elapsed share nearest to now."""
        rows = self.marts.rows("okr__pace_backtest", BACKTEST)
        by_key_result = defaultdict(list)
        for row in rows:
            by_key_result[row["key_result_id"]].append(row)
        shown = []
        for key_result in sorted(self.okr.running(self.day), key=urgency):
            past = by_key_result[key_result["key_result_id"]]
            if not past:
                continue
            now = key_result["elapsed_share"]
            row = min(past, key=lambda row: (abs(row["elapsed_share"] - now), row["elapsed_share"]))
            unit = key_result["unit"]
            reds = self.labels("none")
            if row["reds"]:
                reds = (
                    f"{self.formats.number(row['reds_met'])} / {self.formats.number(row['reds'])}"
                )
            shown.append(
                [
                    f"{key_result['key_result_id']}, {key_result['key_result_name']}",
                    self.formats.number(row["cases"]),
                    self.formats.value(row["mean_absolute_error"], unit),
                    self.formats.effect(row["bias"], unit),
                    self.formats.share(row["interval_coverage"]),
                    reds,
                ]
            )
        if not shown:
            return None
        return self.table(
            "backtest",
            "key_result cases error bias coverage reds_met",
            shown,
            intro=self.labels("trust.backtest_intro"),
        )
