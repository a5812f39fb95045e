"""Renders the demo company into raw tables, as the loaders of its sources would have landed them.

What it sold, spent and was asked is that of seeds/demo, without the rows that are wrong on purpose
(staging's tests have those): Stripe bills it by the calendar of each subscription, changes within a
period by the days that are left of it.
"""

import importlib.util
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random
from types import ModuleType
from typing import Any

from conftest import REPOSITORY

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]
FOREVER = "9999-12-31 23:59:59"
# Stripe's own list has no shop that closed: who says nothing else has asked for the end
STRIPE_REASONS = {"price": "too_expensive", "missing_feature": "missing_features", "other": "other"}
STRIPE_REASONS |= {"closed_shop": "cancellation_requested"}
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


def generator() -> ModuleType:
    """Return the program that makes the demo company."""
    spec = importlib.util.spec_from_file_location(
        "generate_demo", REPOSITORY / "seeds/demo/generate_demo.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DEMO = generator()
TODAY = str(DEMO.LAST_DAY)


def grouped(rows: Rows, key: str) -> dict[Any, Rows]:
    """Return rows by one of their columns."""
    groups = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def company(one_in: int) -> Tables:
    """Return the demo's inputs with one customer in so many, all that it spent, no wrong row."""
    random, tables = Random(20260913), {name: [] for name in DEMO.COLUMNS}
    for name in ("customers", "subscriptions", "orders", "spend", "ledger", "rates"):
        getattr(DEMO, f"add_{name}")(random, tables)
    for add in (DEMO.add_touches, DEMO.add_events, DEMO.add_surveys, DEMO.add_tickets):
        add(Random(add.__name__), tables)
    kept = {row["customer_id"] for row in tables["customers"][::one_in]}
    for name, rows in tables.items():
        if rows and "customer_id" in rows[0]:
            tables[name] = [row for row in rows if row["customer_id"] in kept]
    orders = {row["order_id"] for row in tables["orders"]}
    for name in ("order_lines", "refunds"):
        tables[name] = [row for row in tables[name] if row["order_id"] in orders]
    return tables


def as_sources_know_it(tables: Tables) -> Tables:
    """Return the inputs without what no raw table of these sources holds, each with its reason."""
    known = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for row in known["customers"]:
        # neither Stripe nor Shopify knows where a customer came from
        row["acquisition_channel"] = ""
    for row in known["subscriptions"]:
        row["churn_reason"] = STRIPE_REASONS.get(row["churn_reason"], "")
        # Stripe bills a trial at nothing
        if row["status"] == "trialing":
            row["amount"] = "0.00"
        # what ends after today hasn't ended
        if row["ended_at"] > TODAY:
            row["ended_at"] = ""
    return known


# STRIPE ----------------------------------------------------------------------------------------


def months_after(day: date, number: int) -> date:
    """Return the day so many months later, or the last one of that month."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def time_of(day: object) -> str:
    """Return the first moment of a day, nothing for none."""
    return f"{day} 00:00:00" if day else ""


def price_of(version: dict) -> str:
    """Return the id of the price that a version has: an amount of its own is another price."""
    return "price_" + "_".join(
        str(version[name]) for name in ("plan", "billing_interval", "amount", "currency_code")
    )


def cents(amount: object) -> int:
    """Return an amount in hundredths, as Stripe has those of these currencies."""
    return round(float(str(amount)) * 100)


class Billed:
    """A subscription with one item, as Stripe has it after its versions."""

    def __init__(self, versions: Rows) -> None:
        """Take the versions in order: a trial perhaps, paid ones, a pause perhaps."""
        self.versions = versions
        self.item = versions[0]["subscription_id"]
        self.id = f"sub_{self.item}"
        self.trial = versions[0] if versions[0]["status"] == "trialing" else None
        self.pause = versions[-1] if versions[-1]["status"] == "paused" else None
        self.paid = [row for row in versions if row["status"] in ("active", "cancelled")]
        self.ended_at = versions[-1]["ended_at"]
        if self.ended_at > TODAY:
            self.ended_at = ""
        self.reason = STRIPE_REASONS.get(versions[-1]["churn_reason"], "")

    def now(self) -> dict:
        """Return the subscription's row, as it was today."""
        status = "canceled" if self.ended_at else "active" if self.paid else "trialing"
        return {
            "id": self.id,
            "customer_id": self.versions[0]["customer_id"],
            "status": status,
            "created": time_of(self.versions[0]["started_at"]),
            "start_date": time_of(self.versions[0]["started_at"]),
            "ended_at": time_of(self.ended_at),
            "trial_start": time_of(self.trial["started_at"]) if self.trial else "",
            "trial_end": time_of(self.trial["ended_at"]) if self.trial else "",
            "pause_collection_behavior": "void" if self.pause else "",
            "cancellation_details_reason": "cancellation_requested" if self.reason else "",
            "cancellation_details_feedback": self.reason.replace("cancellation_requested", ""),
            "livemode": True,
        }

    def history(self) -> Rows:
        """Return a row for each state that it was in, as Fivetran keeps them."""
        states = [("trialing", self.trial["started_at"], "")] if self.trial else []
        states += [("active", self.paid[0]["started_at"], "")] if self.paid else []
        states += [("active", self.pause["started_at"], "void")] if self.pause else []
        states += [("canceled", self.ended_at, "")] if self.ended_at else []
        then = {"ended_at": "", "cancellation_details_reason": ""}
        then |= {"cancellation_details_feedback": ""}
        rows = []
        for number, (status, start, behavior) in enumerate(states):
            is_last = number == len(states) - 1
            rows.append(
                self.now()
                | {"status": status, "pause_collection_behavior": behavior}
                | (then if status != "canceled" else {})
                | {"_fivetran_start": time_of(start), "_fivetran_active": is_last}
                | {"_fivetran_end": FOREVER if is_last else time_of(states[number + 1][1])}
            )
        return rows

    def line(self, version: dict, start: date, end: date, **changed: object) -> dict:
        """Return a line of an invoice for a time of a version."""
        amount, quantity = cents(version["amount"]), int(version["quantity"])
        return {
            "id": f"il_{self.item}_{start}_{changed.get('amount', '')}",
            "invoice_id": f"in_{self.item}_{start}",
            "subscription_id": self.id,
            "subscription_item_id": self.item,
            "price_id": price_of(version),
            "quantity": quantity,
            "amount": amount * quantity,
            "unit_amount_excluding_tax": str(amount),
            "proration": False,
            "type": "subscription",
            "period_start": time_of(start),
            "period_end": time_of(end),
            "livemode": True,
            "status": "paid",
        } | changed

    def lines(self) -> Iterator[dict]:
        """Yield the lines of its invoices, each with the status of its invoice."""
        if self.trial:
            days = [date.fromisoformat(self.trial[name]) for name in ("started_at", "ended_at")]
            yield self.line(self.trial, *days, amount=0, unit_amount_excluding_tax="0")
        if not self.paid:
            return
        starts = [date.fromisoformat(row["started_at"]) for row in self.paid]
        length = MONTHS_OF[self.paid[0]["billing_interval"]]
        last = min(date.fromisoformat(self.ended_at or TODAY), DEMO.LAST_DAY)
        paused_at = self.pause["started_at"] if self.pause else "9999"
        number, period = 0, starts[0]
        while period < last or number == 0:
            following = months_after(starts[0], (number + 1) * length)
            version = [row for row, day in zip(self.paid, starts, strict=True) if day <= period][-1]
            status = "void" if str(period) >= paused_at else "paid"
            yield self.line(version, period, following, status=status)
            for old, new, day in zip(self.paid, self.paid[1:], starts[1:], strict=False):
                if period < day < following:
                    share = (following - day) / (following - period)
                    for row, sign in ((old, -1), (new, 1)):
                        unit = round(cents(row["amount"]) * share)
                        yield self.line(
                            *(row, day, following),
                            amount=sign * unit * int(row["quantity"]),
                            unit_amount_excluding_tax=str(sign * unit),
                            proration=True,
                        )
            number, period = number + 1, following


def stripe(tables: Tables, is_history_kept: bool = True) -> Tables:
    """Return Stripe's tables as Fivetran lands them."""
    billed = [Billed(rows) for rows in grouped(tables["subscriptions"], "subscription_id").values()]
    prices = {price_of(row): row for row in tables["subscriptions"]}
    lines = [line for one in billed for line in one.lines()]
    raw = {
        "customer": [
            {
                "id": row["customer_id"],
                "created": row["created_at"],
                "address_country": row["country"],
                "shipping_address_country": "",
                "metadata": f'{{"segment": "{row["segment"]}"}}',
                "livemode": True,
                "is_deleted": False,
            }
            for row in tables["customers"]
        ],
        "product": [{"id": f"prod_{plan}", "name": plan} for plan in DEMO.PLAN_PRICES],
        "price": [
            {
                "id": name,
                "product_id": f"prod_{row['plan']}",
                "nickname": "",
                "currency": row["currency_code"].lower(),
                "unit_amount": cents(row["amount"]),
                "recurring_interval": row["billing_interval"].replace("quarter", "month"),
                "recurring_interval_count": 3 if row["billing_interval"] == "quarter" else 1,
                "recurring_usage_type": "licensed",
            }
            for name, row in prices.items()
        ],
        "subscription_item": [
            {
                "id": one.item,
                "subscription_id": one.id,
                "price_id": price_of(one.versions[-1]),
                "quantity": one.versions[-1]["quantity"],
                "created": time_of(one.versions[0]["started_at"]),
                "_fivetran_deleted": False,
                "_fivetran_synced": time_of(TODAY),
            }
            for one in billed
        ],
        "invoice": [
            {"id": name, "status": rows[0]["status"]}
            for name, rows in grouped(lines, "invoice_id").items()
        ],
        "invoice_line_item": [
            {name: value for name, value in row.items() if name != "status"} for row in lines
        ],
    }
    if is_history_kept:
        return raw | {"subscription_history": [row for one in billed for row in one.history()]}
    return raw | {"subscription": [one.now() for one in billed]}
