"""What needs attention first: a few lines with what, since when, what it costs, and who owns it."""

from datetime import date
from typing import Any

from okr_metrics.dashboard import View, wording
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.health import HealthSection
from okr_metrics.dashboard.key_results import urgency
from okr_metrics.dashboard.okr import OkrSection
from okr_metrics.dashboard.ranges import segment
from okr_metrics.marts import Marts, Row

MAX_LINES = 7
# what is lost already, what is about to be, and what is worth a look
LOST, TROUBLE, RISK, NEWS = range(4)
BEHIND = {"missed": LOST, "off_track": LOST, "at_risk": RISK}
ALERTS = (
    "severity, occurred_on, object, owner, key_result_id, kpi_id, dimension,"
    " dimension_value, message"
)


class Attention:
    """Gathers the lines; what is one fact is one line."""

    def __init__(
        self, marts: Marts, formats: Formats, okr: OkrSection, health: HealthSection, day: date
    ) -> None:
        """Take the marts, and what is read already."""
        self.marts, self.formats, self.labels = marts, formats, formats.labels
        self.okr, self.health = okr, health
        # rows of a table come in any order
        running = sorted(okr.running(day), key=urgency)
        self.behind = [row for row in running if row["status"] in BEHIND]
        self.owners = {row["key_result_id"]: row["owner"] for row in okr.key_results.rows}

    def view(self) -> View:
        """Return the lines to show, how many more there are, and what was judged."""
        lines = [*map(self.key_result, self.behind), *self.guardrails(), *self.kpis()]
        lines += self.alerts()
        # the sort is stable: what costs nothing known keeps its order
        lines.sort(key=lambda line: (line["rank"], -(line["money"] or 0)))
        left = len(lines) - MAX_LINES
        return {
            "lines": lines[:MAX_LINES],
            "more": self.labels("attention.more", count=left) if left > 0 else None,
            "judged": self.health.judged_text,
        }

    def line(self, rank: int, shape: str, what: str, **more: Any) -> View:
        """Return a line; what isn't known of it is left open."""
        blank = {"detail": "", "since": None, "money": None, "grain": None, "owner": None}
        found: View = {"rank": rank, "shape": shape, "what": what, "link": "okr"} | blank | more
        money, grain = found["money"], found["grain"]
        cost = self.labels("none")
        if money is not None:
            cost = self.labels(f"attention.cost_{grain}", money=self.formats.money(money))
        return found | {
            "cost": cost,
            "since": found["since"] or self.labels("none"),
            "owner": found["owner"] or self.labels("attention.owner_none"),
        }

    def key_result(self, row: Row) -> View:
        """Return the line of a key result that is behind, with what its KPI in trouble costs."""
        costs = [c for c in self.health.in_trouble if is_of(c, row) and c["money_lost"] is not None]
        history = self.okr.key_results.history[row["key_result_id"]]
        since = row["period_end"]
        for point in reversed(history):
            if point["status"] != row["status"]:
                break
            since = point["period_end"]
        return self.line(
            BEHIND[row["status"]],
            row["status"],
            row["key_result_name"],
            detail=(
                f"{row['key_result_id']} · {self.labels.of('status', row['status'])}"
                f"{self.labels('colon')}{self.formats.told(row['status_reason'])}"
            ),
            since=self.formats.day(since),
            money=max((c["money_lost"] for c in costs), default=None),
            grain=costs[0]["period_grain"] if costs else None,
            owner=row["owner"],
            link=f"kr-{row['key_result_id']}",
        )

    def guardrails(self) -> list[View]:
        """Return the lines of breached guardrails."""
        guardrails = self.okr.key_results.guardrails
        rows = [row for own in guardrails.values() for row in own if row["is_breached"]]
        return [
            self.line(
                LOST,
                "off_track",
                self.okr.key_results.breach(row),
                detail=segment(row, self.labels) or "",
                since=self.formats.day(row["first_breached_date"]),
                owner=self.owners.get(row["key_result_id"]),
                link=f"kr-{row['key_result_id']}",
            )
            for row in sorted(rows, key=lambda row: (row["key_result_id"], row["kpi_name"]))
        ]

    def kpis(self) -> list[View]:
        """Return the lines of the KPIs in trouble that no line of a key result tells already."""
        lines = []
        for row in self.health.in_trouble:
            if any(is_of(row, key_result) for key_result in self.behind):
                continue
            key = (row["kpi_id"], row["dimension"], row["dimension_value"])
            info, series = self.health.info(key), self.health.series.get(key)
            value = self.formats.value(row["value"], info["unit"])
            told = self.formats.told(row["health_reason"])
            if series:
                told = str(wording.health_words(series[-1], info["unit"], self.formats))
                # the words name the end of an agreed range themselves
                ends = (series[-1]["lower_bound"], series[-1]["upper_bound"])
                if row["edge"] is not None and row["edge"] not in ends:
                    edge = self.formats.value(row["edge"], info["unit"])
                    value = self.labels("attention.expected", value=value, expected=edge)
            covering = row["covered_by_key_result_id"]
            what = f"{row['kpi_name']}, {segment(row, self.labels) or self.labels('total')}"
            since, grain = row["in_trouble_since"], row["period_grain"]
            lines.append(
                self.line(
                    TROUBLE,
                    "unhealthy",
                    what,
                    detail=f"{value} · {told}",
                    since=self.formats.period(grain, since) if since else None,
                    money=row["money_lost"],
                    grain=grain,
                    owner=info.get("owner") or self.owners.get(covering),
                    link="health",
                )
            )
        return lines

    def alerts(self) -> list[View]:
        """Return the lines of alerts on what no other line is about."""
        key_results = {row["key_result_id"] for row in self.behind}
        key_results |= {
            row["key_result_id"]
            for own in self.okr.key_results.guardrails.values()
            for row in own
            if row["is_breached"]
        }
        kpis = {row["kpi_id"] for row in self.health.in_trouble}
        alerts = self.marts.rows("okr__alerts", ALERTS)
        alerts.sort(key=lambda row: (row["severity"] != "critical", row["object"], row["message"]))
        return [
            self.line(
                NEWS,
                "at_risk",
                self.formats.told(row["message"]),
                since=self.formats.day(row["occurred_on"]),
                owner=row["owner"],
                link=f"kr-{row['key_result_id']}" if row["key_result_id"] else "health",
            )
            for row in alerts
            if row["severity"] != "info"
            and row["key_result_id"] not in key_results
            and not (row["key_result_id"] is None and row["kpi_id"] in kpis)
        ]


def is_of(candidate: Row, key_result: Row) -> bool:
    """Return whether a KPI in trouble is the one that a key result is about."""
    covering = candidate["covered_by_key_result_id"]
    return bool(
        covering == key_result["key_result_id"] and candidate["kpi_id"] == key_result["kpi_id"]
    )
