"""A KPI of section 2: its tile with an XmR chart, or one row of a table."""

from decimal import Decimal

from okr_metrics.dashboard import View, svg, wording
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.ranges import range_text, segment
from okr_metrics.marts import Row

MAX_POINTS, MAX_EVENTS = 24, 3


class Kpi:
    """A KPI and segment: its series of kpi__health, and what else is known of it."""

    def __init__(
        self,
        formats: Formats,
        series: list[Row],
        info: Row,
        values: Row,
        covered_by: str | None,
        events: list[Row],
    ) -> None:
        """Take the series in order, the rows of kpi__catalog and kpi__values, the key result.

        `events` are the rows of kpi__annotations about it, in order of their days.
        """
        self.events = events
        self.formats, self.labels = formats, formats.labels
        self.series, self.last = series, series[-1]
        self.info, self.values, self.covered_by = info, values, covered_by

    def tile(self) -> View:
        """Return a KPI's tile: value, change, chart, range, and the key result that covers it."""
        formats, labels = self.formats, self.labels
        last, info, values = self.last, self.info, self.values
        bounds = (last["lower_bound"], last["upper_bound"])
        has_range = any(bound is not None for bound in bounds)
        points = [row for row in self.series if row["value"] is not None][-MAX_POINTS:]
        noted = self.noted(points)
        return {
            "kpi_id": last["kpi_id"],
            "name": info["kpi_name"],
            "segment": segment(last, labels) or labels("total"),
            "state": last["health"],
            "value": formats.value(last["value"], info["unit"]),
            "period": formats.period(last["period_grain"], last["period_start"]),
            "change": formats.change(
                values.get("change"), values.get("change_ratio"), info["unit"]
            ),
            "change_kind": change_kind(values.get("change"), info["desired_direction"]),
            "why": wording.health_words(last, info["unit"], formats),
            "mart_says": last["health_reason"],
            "range": labels(
                "health.healthy_range", range=range_text(*bounds, info["unit"], formats)
            )
            if has_range
            else None,
            "limits": self.limits(last, info["unit"]),
            "covered_by": self.covered_by,
            "chart": self.chart(points, info, {place for place, _ in noted}) if points else None,
            "events": [
                {
                    "text": labels(
                        "health.event", day=formats.day(row["event_date"]), event=row["event"]
                    ),
                    # no address runs anything
                    "link": row["link"]
                    if str(row["link"]).startswith(("https://", "http://"))
                    else None,
                }
                for _, row in noted
            ],
            "rows": [self.data_row(row, info["unit"]) for row in points],
        }

    def compact(self) -> list[str]:
        """Return a KPI as one row of a table: name, segment, state, reason, value, change."""
        last, info, values = self.last, self.info, self.values
        return [
            info["kpi_name"],
            segment(last, self.labels) or self.labels("total"),
            self.labels.of("state", last["health"]),
            wording.health_words(last, info["unit"], self.formats),
            self.formats.value(last["value"], info["unit"]),
            self.formats.change(values.get("change"), values.get("change_ratio"), info["unit"]),
        ]

    def limits(self, last: Row, unit: str | None) -> str:
        """Return the natural limits in words."""
        if last["center_line"] is None:
            return self.labels("health.no_limits")
        return self.labels(
            "health.limits",
            low=self.formats.value(last["lower_limit"], unit),
            high=self.formats.value(last["upper_limit"], unit),
            center=self.formats.value(last["center_line"], unit),
        )

    def noted(self, points: list[Row]) -> list[tuple[int, Row]]:
        """Return the last events in the periods of points, with the places of these."""
        return [
            (place, event)
            for event in self.events
            for place, point in enumerate(points)
            if point["period_start"] <= event["event_date"] <= point["period_end"]
        ][-MAX_EVENTS:]

    def chart(self, points: list[Row], info: Row, noted: set[int]) -> str:
        """Return the XmR chart of the last points, with marks at the places of events."""
        formats, unit = self.formats, info["unit"]
        last, grain = points[-1], points[-1]["period_grain"]
        start, end = (formats.short_period(grain, p["period_start"]) for p in (points[0], last))
        signals = sum(row["special_cause"] not in (None, "none") for row in points)
        name = self.labels(
            "health.chart_label",
            kpi=info["kpi_name"],
            unit=formats.unit(unit),
            start=start,
            end=end,
            value=formats.value(last["value"], unit),
            limits=self.limits(last, unit),
            signals=signals,
            points=len(points),
        )
        ends = {
            "upper": formats.value(last["upper_limit"], unit),
            "lower": formats.value(last["lower_limit"], unit),
            "highest": formats.value(max(row["value"] for row in points), unit),
            "lowest": formats.value(min(row["value"] for row in points), unit),
            "start": start,
            "end": end,
        }
        return svg.xmr(name, points, ends, (last["lower_bound"], last["upper_bound"]), noted)

    def data_row(self, row: Row, unit: str | None) -> list[str]:
        """Return a point of a chart as a row of its data table."""
        cause = row["special_cause"]
        return [
            self.formats.short_period(row["period_grain"], row["period_start"]),
            self.formats.value(row["value"], unit),
            self.formats.value(row["lower_limit"], unit),
            self.formats.value(row["upper_limit"], unit),
            self.labels("health.no_signal" if cause in (None, "none") else f"health.{cause}"),
        ]


def change_kind(change: Decimal | None, direction: str | None) -> str:
    """Return whether a change goes with the wish, against it, or neither."""
    if not change or direction not in ("up", "down"):
        return "neutral"
    return "improvement" if (change > 0) == (direction == "up") else "concern"
