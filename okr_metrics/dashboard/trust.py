"""Section 4, trust: what was read and rejected, what changed since, what is broken and decides."""

import re
from collections import Counter, defaultdict
from datetime import date

from okr_metrics.dashboard import View
from okr_metrics.dashboard.findings import MAX_ROWS, Tables
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.health import HealthSection
from okr_metrics.dashboard.okr import OkrSection
from okr_metrics.marts import Marts, Row

READ = (
    "source_rows, rows_after_as_of, rows_beyond_lookback, rows_read, rows_accepted, rows_rejected,"
    " duplicates_dropped, rows_with_carried_rate, reject_share"
)
BOOKED = (
    "net_revenue, ledger_revenue, difference, from_refunds, from_exchange_rates, from_timing,"
    " unexplained"
)
MONTHS = 12
RESTATED = (
    "kpi_id, period_grain, period_start, period_end, dimension, dimension_value, restated_at,"
    " first_reported_value, current_value"
)


class TrustSection(Tables):
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
        super().__init__(marts, formats, okr, day)
        self.health = health

    def view(self) -> View:
        """Return the section for its template."""
        tables = [
            self.reconciliation(),
            self.rejected(),
            self.books(),
            self.restatements(),
            self.findings(),
            self.conflicts(),
            self.backtest(),
            self.policies(),
        ]
        return {"facts": self.facts(), "tables": [table for table in tables if table]}

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

    def reconciliation(self) -> View | None:
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

    def rejected(self) -> View | None:
        """Return the reasons of rejected rows with their counts; never a row or its value."""
        rows = self.marts.rows("kpi__rejected_rows", "input, reject_reason")
        if not self.has("kpi__rejected_rows"):
            return None
        # a reason quotes the value behind a colon: one line for all of a kind
        kinds = ((row["input"], re.split(r'\s*: ["«]', row["reject_reason"])[0]) for row in rows)
        counts = Counter(kinds)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        shown = [[name, reason, self.formats.number(n)] for (name, reason), n in ordered]
        return self.table("rejected", "input reason rows", shown, "rejected_none", numeric_from=2)

    def books(self) -> View | None:
        """Return revenue beside that of the books, the last month first; none without books."""
        columns = f"period_start, period_end, difference_share, {BOOKED}"
        rows = [
            row
            for row in self.marts.rows("kpi__ledger_reconciliation", columns)
            if row["difference"] is not None
        ]
        if not rows:
            return None
        rows.sort(key=lambda row: row["period_start"], reverse=True)
        names = [name.strip() for name in BOOKED.split(",")]
        shown = [
            [
                self.formats.period("month", row["period_start"], row["period_end"]),
                *(self.formats.value(row[name], "currency") for name in names),
            ]
            for row in rows[:MONTHS]
        ]
        last = rows[0]
        share = abs(last["difference_share"] or 0)
        intro = self.labels(
            "trust.ledger_intro",
            share=self.formats.share(share, 1),
            period=shown[0][0],
            unexplained=self.formats.value(abs(last["unexplained"]), "currency"),
        )
        headers = " ".join(["period", *names])
        return self.table("ledger_reconciliation", headers, shown, intro=intro)

    def restatements(self) -> View | None:
        """Return the closed periods of the whole that changed, the latest first."""
        rows = self.marts.rows("kpi__restatements", RESTATED, dimension="total")
        if not self.has("kpi__restatements"):
            return None
        order = ("restated_at", "kpi_id", "period_grain", "period_start")
        rows.sort(key=lambda row: [row[name] for name in order], reverse=True)
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

    def policies(self) -> View:
        """Return the policies in force, with the KPIs whose formula names them."""
        users = defaultdict(list)
        for row in self.health.catalog.values():
            for name in policies_of(row):
                users[name].append(row["kpi_name"])
        shown = []
        for name, choice in self.marts.policies.items():
            names = sorted(users[name])
            text = ", ".join(names[:6]) + (f" + {len(names) - 6}" if len(names) > 6 else "")
            shown.append([name, choice, text or self.labels("none")])
        intro = self.labels("trust.policies_intro")
        return self.table("policies", "policy choice used_by", shown, intro=intro, numeric_from=9)


def adds_up(row: Row) -> bool:
    """Return whether the rows read are those accepted, rejected and dropped."""
    parts = ("rows_accepted", "rows_rejected", "duplicates_dropped")
    return bool(row["rows_read"] == sum(row[name] for name in parts))


def policies_of(row: Row) -> list[str]:
    """Return the policies that a formula names in the brackets at its end."""
    bracket = re.search(r"\[([^\[\]]*)\]$", row["formula"] or "")
    return re.findall(r"(\w+): ", bracket[1]) if bracket else []
