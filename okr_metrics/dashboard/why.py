"""Section 3, why: the bridge, the cohorts, acquisition, margin, drivers and the tree of KPIs."""

from datetime import date
from decimal import Decimal

from okr_metrics.dashboard import View, cohorts, drivers, tree, vega
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.health import HealthSection
from okr_metrics.dashboard.okr import OkrSection
from okr_metrics.marts import Marts, Row

# movements with the sign that they have in the bridge
MOVEMENTS = {
    "new_mrr": 1,
    "expansion_mrr": 1,
    "reactivation_mrr": 1,
    "transferred_mrr": 1,
    "contraction_mrr": -1,
    "churned_mrr": -1,
}
# steps of the margin: what is left, and what is taken away
MARGIN = {
    "net_revenue": 0,
    "cost_of_revenue": -1,
    "gross_profit": 0,
    "marketing_spend": -1,
    "variable_costs": -1,
    "contribution_profit": 0,
    "operating_expenses": -1,
    "operating_income": 0,
}
ZERO = Decimal(0)
PERIOD = "period_start, period_end"


class WhySection:
    """What the third section shows: a list of figures, each with title, unit, drawing and data."""

    def __init__(
        self, marts: Marts, formats: Formats, okr: OkrSection, health: HealthSection, day: date
    ) -> None:
        """Take the marts, and what is read already."""
        self.okr = okr
        self.marts, self.formats, self.labels = marts, formats, formats.labels
        self.health, self.day = health, day

    def view(self) -> View:
        """Return the section for its template; tables that aren't there are named."""
        figures = [
            self.bridge(),
            self.margin(),
            self.acquisition(),
            cohorts.figure(self.marts, self.formats),
        ]
        figures += drivers.figures(self.marts, self.formats, self.health)
        tables = ("kpi__subscriptions", "kpi__margin", "kpi__acquisition", "kpi__retention_cohorts")
        return {
            "figures": [figure for figure in figures if figure],
            "absent": [table for table in tables if table in self.marts.absent],
            "tree": tree.view(self.formats, self.health, self.okr.running(self.day)),
        }

    def last_complete(self, table: str, columns: str, grain: str, dimension: str) -> list[Row]:
        """Return the rows of the last complete period of a grain."""
        columns = f"{PERIOD}, {columns}"
        rows = self.marts.rows(table, columns, period_grain=grain, dimension=dimension)
        complete = [row for row in rows if row["period_end"] <= self.day]
        last = max((row["period_start"] for row in complete), default=None)
        return [row for row in complete if row["period_start"] == last]

    def bridge(self) -> View | None:
        """Return the MRR bridge of the last complete month."""
        columns = ", ".join(["opening_mrr", *MOVEMENTS, "closing_mrr"])
        rows = self.last_complete("kpi__subscriptions", columns, "month", dimension="total")
        if not rows or rows[0]["closing_mrr"] is None:
            return None
        row, money, labels = rows[0], self.formats.money, self.labels
        level = opening = row["opening_mrr"] or ZERO
        steps = [bar(labels("why.opening_mrr"), ZERO, opening, money(opening), "total")]
        for column, sign in MOVEMENTS.items():
            change = sign * (row[column] or ZERO)
            if change or column != "transferred_mrr":
                text = ("+" if change > 0 else "") + money(change)
                kind = "up" if change >= 0 else "down"
                steps.append(bar(labels(f"why.{column}"), level, level + change, text, kind))
            level += change
        closing = row["closing_mrr"]
        steps.append(bar(labels("why.closing_mrr"), ZERO, closing, money(closing), "total"))
        period = self.formats.period("month", row["period_start"])
        moved = labels("why.rose" if closing >= opening else "why.fell")
        title = labels("why.bridge_flat", to=money(closing), period=period)
        if closing != opening:
            known = {"from": money(opening), "to": money(closing)}
            title = labels("why.bridge", moved=moved, period=period, **known)
        unit, start = labels("why.bridge_unit", currency=self.currency), cut_axis(steps)
        if start:
            unit = labels("why.bridge_cut", unit=unit, start=money(start))
        return self.figure("bridge", title, unit, steps, start=start)

    def margin(self) -> View | None:
        """Return the margin waterfall of the last complete quarter."""
        rows = self.last_complete("kpi__margin", ", ".join(MARGIN), "quarter", dimension="total")
        if not rows or rows[0]["net_revenue"] is None:
            return None
        row, labels, money = rows[0], self.labels, self.formats.money
        steps, level = [], ZERO
        for column, sign in MARGIN.items():
            value = row[column]
            if value is None:
                continue
            name = labels(f"why.{column}")
            share = self.formats.share(value / row["net_revenue"]) if row["net_revenue"] else "–"
            if sign:
                step = bar(name, level, level - value, f"{money(-value)}", "down")
                level -= value
            else:
                step = bar(name, ZERO, value, money(value), "total")
                level = value
            steps.append(step | {"more": [share]})
        revenue, income = row["net_revenue"], row["operating_income"]
        period = self.formats.period("quarter", row["period_start"], row["period_end"])
        said = {"revenue": money(revenue), "period": period}
        title = (
            labels("why.margin_unknown", **said)
            if income is None
            else labels("why.margin", income=money(income), **said)
        )
        unit = labels("why.margin_unit", currency=self.currency)
        return self.figure("margin", title, unit, steps, [labels("why.margin_share")])

    def acquisition(self) -> View | None:
        """Return CAC by channel, with the months until it is paid back, of the last quarter."""
        columns = "dimension_value, new_customers, marketing_spend, cac, cac_payback_months"
        where = {"grain": "quarter", "dimension": "acquisition_channel"}
        rows = self.last_complete("kpi__acquisition", columns, **where)
        rows = [row for row in rows if row["new_customers"] or row["marketing_spend"]]
        rows.sort(key=lambda row: (row["cac"] is None, -(row["cac"] or 0), row["dimension_value"]))
        if not rows:
            return None
        labels, formats = self.labels, self.formats
        steps = []
        for row in rows:
            months = row["cac_payback_months"]
            paid = formats.number(months, 1) if months is not None else labels("none")
            text = formats.value(row["cac"], "currency")
            if months is not None:
                text += f" · {labels('why.payback_short', months=paid)}"
            low = None if row["cac"] is None else ZERO
            customers = formats.value(row["new_customers"], "count")
            more = [paid, customers, formats.value(row["marketing_spend"], "currency")]
            name = labels.of("dimension_value", row["dimension_value"])
            steps.append(bar(name, low, row["cac"], text, "up") | {"more": more})
        period = formats.period("quarter", rows[0]["period_start"], rows[0]["period_end"])
        costly = [row for row in rows if row["cac"]]
        title = labels("why.acquisition_plain", period=period)
        if len(costly) > 1:
            title = labels(
                "why.acquisition",
                dear=labels.of("dimension_value", costly[0]["dimension_value"]),
                most=formats.money(costly[0]["cac"]),
                cheap=labels.of("dimension_value", costly[-1]["dimension_value"]),
                least=formats.money(costly[-1]["cac"]),
                period=period,
            )
        headers = [labels(f"why.{name}") for name in ("payback", "customers", "spend")]
        unit = labels("why.acquisition_unit", currency=self.currency)
        figure = self.figure("acquisition", title, unit, steps, headers)
        notes = []
        if any(row["cac_payback_months"] is None for row in rows):
            notes.append(labels("why.payback_why"))
        whole = self.last_complete(
            "kpi__acquisition", "cac_payback_months", "quarter", dimension="total"
        )
        if whole and whole[0]["cac_payback_months"] is not None:
            months = formats.number(whole[0]["cac_payback_months"], 1)
            notes.append(labels("why.payback_total", months=months))
        return figure | {"note": " ".join(notes)}

    @property
    def currency(self) -> str:
        """Return the reporting currency."""
        return self.formats.currency

    def figure(
        self,
        id_: str,
        title: str,
        unit: str,
        steps: list[View],
        more: list[str] | None = None,
        start: Decimal = ZERO,
    ) -> View:
        """Return a figure of bars, with the data that it shows as a table."""
        return {
            "id": id_,
            "title": title,
            "unit": unit,
            "drawing": vega.bars(title, steps, float(start)),
            "headers": [self.labels("why.step"), self.labels("value"), *(more or [])],
            "rows": [[step["label"], step["amount"], *step.get("more", [])] for step in steps],
            "note": "",
            "wide": False,
        }


def bar(label: str, low: Decimal | None, high: Decimal | None, text: str, kind: str) -> View:
    """Return a bar of vega.bars, with its text as amount for the table."""
    amount = text.split(" · ")[0]
    return {
        "label": label,
        "low": low,
        "high": high,
        "text": text,
        "kind": kind,
        "amount": amount,
    }


def cut_axis(steps: list[View]) -> Decimal:
    """Return where to start the axis of a bridge whose movements are small beside its ends."""
    levels = [level for step in steps for level in (step["low"], step["high"]) if level]
    low, high = min(levels, default=ZERO), max(levels, default=ZERO)
    if low <= (high - low) * 2:
        return ZERO
    start = low - (high - low) / 2
    step = Decimal(10) ** (start.adjusted() - 1)
    return start // step * step
