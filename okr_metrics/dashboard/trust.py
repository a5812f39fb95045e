"""Section 4, trust: what was read and rejected, what changed since, what is broken and decides."""

import re
from collections import Counter, defaultdict
from datetime import date

from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.health import HealthSection
from okr_metrics.dashboard.okr import STATUSES, OkrSection
from okr_metrics.marts import Marts, Row

READ = (
    "source_rows, rows_after_as_of, rows_beyond_lookback, rows_read, rows_accepted, rows_rejected,"
    " duplicates_dropped, rows_with_carried_rate, reject_share"
)
RESTATED = (
    "kpi_id, period_grain, period_start, period_end, dimension, dimension_value, restated_at,"
    " first_reported_value, current_value"
)
BACKTEST = (
    "key_result_id, elapsed_share, cases, mean_absolute_error, bias, interval_coverage, reds,"
    " reds_met"
)
MAX_ROWS = 50
SEVERITIES = ("error", "warning", "info")


class TrustSection:
    """What the fourth section shows: tables, or a sentence where one is empty."""

    def __init__(
        self,
        marts: Marts,
        formats: Formats,
        okr: OkrSection,
        health: HealthSection,
        day: date,
    ) -> None:
        """Take the marts, and what is read already."""
        self.marts, self.formats, self.labels = marts, formats, formats.labels
        self.okr, self.health, self.day = okr, health, day

    def view(self) -> dict:
        """Return the section for its template."""
        tables = [
            self.reconciliation(),
            self.rejected(),
            self.restatements(),
            self.findings(),
            self.conflicts(),
            self.backtest(),
            self.policies(),
        ]
        return {"facts": self.facts(), "tables": [table for table in tables if table]}

    def table(
        self, id_: str, headers: str, rows: list[list[str]], empty: str = "", more: int = 0, **extra
    ) -> dict:
        """Return a table; `headers` are names of labels, `more` counts the rows left out."""
        return {
            "id": id_,
            "title": self.labels(f"trust.{id_}"),
            "headers": [self.labels(f"trust.{name}") for name in headers.split()],
            "rows": rows,
            "empty": empty and self.labels(f"trust.{empty}"),
            "intro": "",
            "numeric_from": 1,
            "mart_words": (),
            "more": more and self.labels("and_more", count=more, table=f"kpi__{id_}"),
        } | extra

    def facts(self) -> list[tuple[str, str]]:
        """Return what the build was made with."""
        settings, labels = self.marts.settings, self.labels
        facts = [
            (labels("trust.as_of_date"), self.formats.day(self.day)),
            (labels("trust.reporting_currency"), settings["reporting_currency"]),
            (labels("trust.reporting_timezone"), settings["reporting_timezone"]),
        ]
        period = self.health.last_period()
        if period:
            facts.insert(1, (labels("trust.last_period"), period))
        return facts

    def has(self, table: str) -> bool:
        """Return whether a table that was read is there."""
        return table not in self.marts.absent

    def findings(self) -> dict | None:
        """Return the findings of okr__quality, the gravest first."""
        columns = ["severity", "object", "message", "how_to_mend"]
        rows = self.marts.rows("okr__quality", ", ".join(columns))
        if not self.has("okr__quality"):
            return None
        rows.sort(key=lambda row: (SEVERITIES.index(row["severity"]), row["object"]))
        shown = [
            [self.labels.of("severity", row["severity"]), *(row[name] for name in columns[1:])]
            for row in rows
        ]
        return self.table(
            "findings",
            "severity object finding mend",
            shown,
            "findings_none",
            numeric_from=9,
            mart_words=(2, 3),
        )

    def conflicts(self) -> dict | None:
        """Return the pairs of okr__conflicts, open ones first."""
        columns = "key_result_id, other_key_result_id, is_open, message, how_to_mend"
        rows = self.marts.rows("okr__conflicts", columns)
        if not self.has("okr__conflicts"):
            return None
        rows.sort(key=lambda row: (not row["is_open"], row["key_result_id"]))
        shown = [
            [
                f"{row['key_result_id']}, {row['other_key_result_id']}",
                self.labels("trust.open_pair" if row["is_open"] else "trust.closed_pair"),
                row["message"],
                row["how_to_mend"],
            ]
            for row in rows
        ]
        return self.table(
            "conflicts",
            "object state finding mend",
            shown,
            "conflicts_none",
            numeric_from=9,
            mart_words=(2, 3),
        )

    def reconciliation(self) -> dict | None:
        """Return what became of the rows of each input, and whether they add up."""
        rows = self.marts.rows("kpi__reconciliation", f"input, {READ}")
        if not rows:
            return None
        rows.sort(key=lambda row: row["input"])
        names = [name.strip() for name in READ.split(",")]
        shown = [
            [row["input"], *(self.formats.number(row[name]) for name in names[:-1])]
            + [self.formats.share(row["reject_share"], 2)]
            for row in rows
        ]
        wrong = [row["input"] for row in rows if not adds_up(row)]
        outcome = self.labels("trust.reconciles")
        if wrong:
            outcome = self.labels("trust.not_reconciles", inputs=", ".join(wrong))
        intro = self.labels("trust.reconciliation_intro", outcome=outcome)
        return self.table("reconciliation", " ".join(["input", *names]), shown, intro=intro)

    def rejected(self) -> dict | None:
        """Return the reasons of rejected rows with their counts; never a row itself."""
        rows = self.marts.rows("kpi__rejected_rows", "input, reject_reason")
        if not self.has("kpi__rejected_rows"):
            return None
        counts = Counter((row["input"], row["reject_reason"]) for row in rows)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        shown = [[name, reason, self.formats.number(n)] for (name, reason), n in ordered]
        return self.table(
            "rejected", "input reason rows", shown, "rejected_none", numeric_from=2, mart_words=(1,)
        )

    def restatements(self) -> dict | None:
        """Return the closed periods of the whole that changed, the latest first."""
        rows = self.marts.rows("kpi__restatements", RESTATED, dimension="total")
        if not self.has("kpi__restatements"):
            return None
        rows.sort(key=lambda row: (row["restated_at"], row["kpi_id"]), reverse=True)
        shown = []
        for row in rows[:MAX_ROWS]:
            info = self.health.info((row["kpi_id"], "total", "total"))
            period = (row["period_grain"], row["period_start"], row["period_end"])
            values = (row["first_reported_value"], row["current_value"])
            shown.append(
                [
                    info["kpi_name"],
                    self.formats.period(*period),
                    *(self.formats.value(value, info["unit"]) for value in values),
                    self.formats.day(row["restated_at"]),
                ]
            )
        return self.table(
            "restatements",
            "kpi period first_reported now restated_at",
            shown,
            "restatements_none",
            more=max(len(rows) - MAX_ROWS, 0),
            numeric_from=2,
        )

    def backtest(self) -> dict | None:
        """Return how wrong the forecasts were at the elapsed share nearest to now."""
        rows = self.marts.rows("okr__pace_backtest", BACKTEST)
        by_key_result = defaultdict(list)
        for row in rows:
            by_key_result[row["key_result_id"]].append(row)
        shown = []
        for key_result in sorted(self.okr.running(), key=order):
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

    def policies(self) -> dict:
        """Return the policies in force, with the KPIs whose formula names them."""
        users = defaultdict(list)
        for row in self.health.catalog.values():
            for name in policies_of(row):
                users[name].append(row["kpi_name"])
        shown = []
        for name, choice in self.marts.settings["policies"].items():
            names = sorted(users[name])
            text = ", ".join(names[:6]) + (f" + {len(names) - 6}" if len(names) > 6 else "")
            shown.append([name, choice, text or self.labels("none")])
        intro = self.labels("trust.policies_intro")
        return self.table("policies", "policy choice used_by", shown, intro=intro, numeric_from=9)


def adds_up(row: Row) -> bool:
    """Return whether the rows read are those accepted, rejected and dropped."""
    parts = ("rows_accepted", "rows_rejected", "duplicates_dropped")
    return row["rows_read"] == sum(row[name] for name in parts)


def policies_of(row: Row) -> list[str]:
    """Return the policies that a formula names in the brackets at its end."""
    bracket = re.search(r"\[([^\[\]]*)\]$", row["formula"] or "")
    return re.findall(r"(\w+): ", bracket[1]) if bracket else []


def order(row: Row) -> tuple:
    """Return where a key result stands in a list: the worst status first."""
    return STATUSES.index(row["status"]), row["key_result_id"]
