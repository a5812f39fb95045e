"""Section 2, KPI health: a tile for each KPI, those in trouble first."""

from collections import defaultdict
from datetime import date
from functools import cached_property

from okr_metrics.dashboard import View
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.ranges import segment
from okr_metrics.dashboard.tiles import Kpi
from okr_metrics.marts import Marts, Row

HEALTH = (
    "kpi_id, period_grain, period_start, period_end, dimension, dimension_value, value,"
    " center_line, lower_limit, upper_limit, special_cause, variation, lower_bound, upper_bound,"
    " health, health_reason, periods_in_trouble"
)
VALUES = (
    "kpi_id, period_start, dimension, dimension_value, change, change_ratio, previous_value,"
    " year_ago_value"
)
FOCUS = (
    "finding, rank, kpi_id, kpi_name, period_grain, period_start, dimension, dimension_value,"
    " value, edge, in_trouble_since, money_lost, covered_by_key_result_id, health_reason"
)
EVENTS = "event_date, kpi_id, dimension, dimension_value, event, link"
JUDGED = "health, is_judged, lower_limit, upper_limit, expected_false_alarm_rate"
KEYS = "kpi_id, dimension, dimension_value"
GRAINS = ("month", "quarter", "year", "week", "day")
# what one page can hold: 300 KPIs stay readable
MAX_TROUBLE, MAX_TILES = 40, 100

Key = tuple[str, str, str]


class HealthSection:
    """What the second section shows; each KPI at the first grain of GRAINS that has its values."""

    def __init__(self, marts: Marts, formats: Formats, day: date) -> None:
        """Read the marts."""
        self.marts = marts
        self.formats, self.labels = formats, formats.labels
        columns = "kpi_id, kpi_name, unit, desired_direction, description, formula, owner"
        catalog = marts.rows("kpi__catalog", columns)
        self.catalog = {row["kpi_id"]: row for row in catalog}
        focus = marts.rows("okr__focus_candidates", FOCUS)
        # rows of a table come in any order, and those on healthy KPIs have no rank
        focus.sort(
            key=lambda row: (row["rank"] or 0, key_of(row), row["covered_by_key_result_id"] or "")
        )
        self.in_trouble = [row for row in focus if row["finding"] == "kpi_in_trouble"]
        self.on_healthy = [row for row in focus if row["finding"] == "key_result_on_healthy_kpi"]
        self.key_results = defaultdict(list)
        key_results = marts.rows("okr__key_results", "key_result_id, kpi_id, due_date, ended_on")
        for row in sorted(key_results, key=lambda row: row["key_result_id"]):
            if row["due_date"] >= day and row["ended_on"] is None:
                self.key_results[row["kpi_id"]].append(row["key_result_id"])
        events = marts.rows("kpi__annotations", EVENTS)
        self.events = sorted(events, key=lambda row: (row["event_date"], row["event"]))
        self.series: dict[Key, list[Row]] = {}
        self.values: dict[Key, Row] = {}
        for grain in GRAINS:
            self.read(marts, grain)
        coverage = (row for row in focus if row["covered_by_key_result_id"])
        self.covered: dict[Key, str] = {
            key_of(row): row["covered_by_key_result_id"] for row in coverage
        }

    def read(self, marts: Marts, grain: str) -> None:
        """Read the series of a grain for the KPIs that have none yet, and how they changed."""
        if self.catalog and {key[0] for key in self.series} >= set(self.catalog):
            return
        rows = marts.rows("kpi__health", HEALTH, period_grain=grain, dimension="total")
        if grain == self.focus_grain():
            rows += marts.rows(
                "kpi__health",
                HEALTH,
                same_keys_as=("okr__focus_candidates", KEYS),
                period_grain=grain,
            )
        found: dict[Key, View] = defaultdict(dict)
        for row in rows:
            found[key_of(row)][row["period_start"]] = row
        new = {
            key: [by_period[start] for start in sorted(by_period)]
            for key, by_period in found.items()
            if key not in self.series
            and any(row["value"] is not None for row in by_period.values())
        }
        if not new:
            return
        last = max(series[-1]["period_start"] for series in new.values())
        period = {"period_grain": grain, "period_start": last}
        values = marts.rows("kpi__values", VALUES, **period, dimension="total")
        if any(key[1] != "total" for key in new):
            same = ("okr__focus_candidates", KEYS)
            values += marts.rows("kpi__values", VALUES, same_keys_as=same, **period)
        self.values |= {key_of(row): row for row in values if key_of(row) in new}
        self.series |= new

    def focus_grain(self) -> str | None:
        """Return the grain that the focus candidates are looked at, where there are any."""
        return self.in_trouble[0]["period_grain"] if self.in_trouble else None

    def last(self) -> Row | None:
        """Return a row of the last complete period of the first grain; None without a series."""
        totals = [series[-1] for key, series in self.series.items() if key[1] == "total"]
        return max(
            totals,
            key=lambda row: (-GRAINS.index(row["period_grain"]), row["period_start"]),
            default=None,
        )

    @cached_property
    def judged_text(self) -> str | None:
        """Return how many series are in trouble, of how many judged, and how many by chance.

        They are counted before what is one fact is folded: chance strikes each of them.
        """
        last = self.last()
        if last is None:
            return None
        period = {name: last[name] for name in ("period_grain", "period_start")}
        rows = [
            row
            for row in self.marts.rows("kpi__health", JUDGED, **period)
            if row["is_judged"]
            and (row["lower_limit"] is not None or row["upper_limit"] is not None)
        ]
        if not rows:
            return None
        text = self.labels(
            "health.judged",
            count=self.formats.number(sum(row["health"] == "unhealthy" for row in rows)),
            judged=self.formats.number(len(rows)),
            period=self.last_period(),
        )
        rates = [row["expected_false_alarm_rate"] for row in rows]
        known = [rate for rate in rates if rate is not None]
        if known:
            expected = self.formats.number(sum(known), 1)
            text += self.labels("health.by_chance", expected=expected)
        return f"{text}."

    def last_period(self) -> str | None:
        """Return the name of the last complete period of the first grain."""
        last = self.last()
        if last is None:
            return None
        return self.formats.period(last["period_grain"], last["period_start"], last["period_end"])

    def view(self) -> View:
        """Return the section for its template: tiles by state, in the order to be read."""
        focus = [key_of(row) for row in self.in_trouble if key_of(row) in self.series]
        totals = sorted(key for key in self.series if key[1] == "total" and key not in set(focus))
        states = defaultdict(list)
        for key in totals:
            states[self.series[key][-1]["health"]].append(key)
        states["unhealthy"].sort(key=lambda key: -self.series[key][-1]["periods_in_trouble"])
        room = MAX_TILES
        groups = {}
        ordered = {"trouble": focus, "others": states["unhealthy"]} | {
            state: states[state] for state in ("watch", "healthy", "unknown")
        }
        for name, keys in ordered.items():
            drawn = keys[: min(room, MAX_TROUBLE if name == "trouble" else room)]
            room -= len(drawn)
            groups[name] = {
                "count": len(keys),
                "tiles": [self.kpi(key).tile() for key in drawn],
                "rows": [self.kpi(key).compact() for key in keys[len(drawn) :]],
            }
        return {
            "groups": groups,
            "has_kpis": bool(self.series),
            "judged": self.judged_text,
            "on_healthy": [
                self.labels(
                    "health.healthy_key_result",
                    key_result=row["covered_by_key_result_id"],
                    kpi=row["kpi_name"],
                    segment=segment(row, self.labels) or self.labels("total"),
                )
                for row in self.on_healthy
            ],
        }

    def kpi(self, key: Key) -> Kpi:
        """Return a KPI with all that is known of it."""
        values = self.values.get(key, {})
        covering, events = self.covering(key), [row for row in self.events if is_about(row, key)]
        return Kpi(self.formats, self.series[key], self.info(key), values, covering, events)

    def covering(self, key: Key) -> str | None:
        """Return the key results that look at a KPI, the mart's choice first; None without one."""
        if key in self.covered:
            return self.covered[key]
        return ", ".join(self.key_results[key[0]]) if self.key_results[key[0]] else None

    def info(self, key: Key) -> Row:
        """Return what the catalogue says of a KPI."""
        unknown = {"kpi_name": key[0], "unit": None, "desired_direction": "none"}
        return self.catalog.get(key[0], unknown)


def key_of(row: Row) -> Key:
    """Return what a series is about: KPI and segment."""
    return row["kpi_id"], row["dimension"], row["dimension_value"]


def is_about(event: Row, key: Key) -> bool:
    """Return whether an event is about a KPI and segment; what it leaves empty is about all."""
    named = (event["kpi_id"], event["dimension"], event["dimension_value"])
    return all(one in (None, other) for one, other in zip(named, key, strict=True))
