"""Independent oracle for the KPIs: plain loops over the raw rows, standard library only.

Written from docs/kpi-definitions.md and the raw files alone. Everything is kept as exact
``Fraction`` until the last step, so that equal MRR is equal and sums carry no noise.

Units: money is in the reporting currency, days are days of the reporting zone, rates are
fractions (0.05 = 5 %), save NPS (-100 to 100); durations are hours or months as named.
A *segment* is a pair (dimension, dimension value); ``TOTAL`` is the whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from statistics import median
from zoneinfo import ZoneInfo

Row = dict[str, str | None]
Segment = tuple[str, str]
Number = Fraction | int | None
# numerator, denominator, value
Parts = tuple[Number, Number, Number]
Figure = tuple[float | None, float | None, float | None]
Key = tuple[str, str, date, str, str]

TOTAL: Segment = ("total", "total")
ATTRIBUTES = ("country", "segment", "acquisition_channel")
UNKNOWN = "unknown"
UNATTRIBUTED = "unattributed"
ONE_DAY = timedelta(days=1)
EPOCH = date(1970, 1, 1)
MONTHS_IN = {
    "day": Fraction(12, 365),
    "week": Fraction(12, 52),
    "month": Fraction(1),
    "quarter": Fraction(3),
    "year": Fraction(12),
}
# MRR of one unit of amount, by billing interval
MONTHLY = {
    "day": Fraction(365, 12),
    "week": Fraction(52, 12),
    "month": Fraction(1),
    "quarter": Fraction(1, 3),
    "year": Fraction(1, 12),
}
COUNTED_ORDERS = {
    *("paid", "completed", "complete", "closed", "fulfilled", "partially_fulfilled", "shipped"),
    *("delivered", "invoiced", "placed", "authorized", "refunded", "partially_refunded", ""),
}
UNCOUNTED_ORDERS = {
    *("cancelled", "canceled", "voided", "void", "failed", "declined", "expired", "draft", "test"),
    *("abandoned", "pending", "pending_payment", "on_hold"),
}
# in the order of a life: of two copies the later status counts
STATUSES = ["incomplete", "trialing", "active", "past_due", "paused", "unpaid"]
STATUSES += ["incomplete_expired", "expired", "cancelled"]
SCORES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
STANDARD = {
    "churn_denominator": "opening",
    "same_period_churn": "ignore",
    "reactivation_window_days": None,
    "nrr_reactivation": "exclude",
    "past_due": "active",
    "churn_recognition": "access_end",
    "attribution": "first_touch",
    "ad_spend_in_ledger": False,
    "cac_lag_periods": 0,
    "negative_amounts": "credit",
}
PROFILES = {
    "standard": {},
    "chartmogul": {"nrr_reactivation": "include"},
    "stripe": {"churn_denominator": "opening_plus_new", "same_period_churn": "count"},
    "recurly": {"churn_recognition": "day_after"},
}
CLOCK = r"\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?"
OFFSET = r"Z|[+-]\d{2}(?::?\d{2})?"
WHEN = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})(?:[ T]({CLOCK}) ?({OFFSET})?)?")
MIDNIGHT = re.compile(r"00:00(:00(\.0*)?)?")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")


# Reading ---------------------------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Moment:
    """A point in time: its UTC instant, its day in the reporting zone, whether it has an hour."""

    instant: datetime
    day: date
    is_timed: bool = field(default=True, compare=False)


def clean(text: str | None) -> str | None:
    """Return the trimmed text, None when nothing is left."""
    return (text or "").strip() or None


def moment(text: str | None, zone: ZoneInfo) -> Moment | None:
    """Parse an ISO date or timestamp (UTC unless it has an offset); None if not readable.

    A bare date is that day of the reporting calendar, its instant the zone's midnight.
    """
    match = WHEN.fullmatch(text or "")
    if match is None:
        return None
    day_text, time_text, offset = match.groups()
    try:
        if time_text is None:
            local = datetime.fromisoformat(day_text).replace(tzinfo=zone)
            return Moment(local.astimezone(UTC), local.date(), is_timed=False)
        parsed = datetime.fromisoformat(f"{day_text}T{time_text}{offset or '+00:00'}")
        return Moment(parsed.astimezone(UTC), parsed.astimezone(zone).date())
    except (ValueError, OverflowError):
        return None


def with_days(rows: list[dict]) -> list[dict]:
    """Return an input's rows with days in the columns that have no time but bare midnights."""
    times = {
        column: [WHEN.fullmatch(clean(row.get(column)) or "") for row in rows]
        for column in (rows[0] if rows else {})
        if column is not None and column.endswith(("_at", "_date"))
    }
    days = {
        column: found
        for column, found in times.items()
        if all(not when or not when[2] or MIDNIGHT.fullmatch(when[0][11:]) for when in found)
    }
    return [
        row | {column: found[place][1] for column, found in days.items() if found[place]}
        for place, row in enumerate(rows)
    ]


def number(text: str | None, *, signed: bool = False) -> Fraction | None:
    """Parse a number, not negative unless signed; None for anything else."""
    if text is None or NUMBER.fullmatch(text) is None:
        return None
    value = Fraction(text)
    return value if signed or value >= 0 else None


def order_status(row: Row) -> str:
    """Return the word of an order's status; its case, spaces and hyphens don't matter."""
    return re.sub(r"[ -]", "_", (row.get("status") or "").lower())


def optional_number(text: str | None, default: Fraction | None) -> tuple[bool, Fraction | None]:
    """Return (readable, number) of an optional column; an empty one has the default."""
    if text is None:
        return True, default
    value = number(text)
    return value is not None, value


def keep_latest(candidates: Iterable[tuple[Hashable, tuple, object]]) -> list:
    """Return one item per key, that of the greatest rank, from (key, rank, item) triples."""
    best: dict[Hashable, tuple[tuple, object]] = {}
    for key, rank, item in candidates:
        if key not in best or rank > best[key][0]:
            best[key] = (rank, item)
    return [item for _, item in best.values()]


class Reader:
    """Raw tables with what every input needs: the as-of day, zone, rates, known customers."""

    def __init__(self, tables: dict[str, list[dict]], as_of: date, currency: str, zone: str):
        """Read rates and customers; ``customers`` is {customer_id: row}, None if not mapped."""
        self.tables = {name: with_days(rows) for name, rows in tables.items()}
        self.as_of, self.currency = as_of, currency.upper()
        self.zone = ZoneInfo(zone)
        # {currency: ([days, ascending], [reporting units for one unit])}
        self.rates: dict[str, tuple[list[date], list[Fraction]]] = {}
        self._read_rates()
        self.customers: dict[str, Row] | None = None
        if "customers" in tables:
            rows = keep_latest(
                (row["customer_id"], (when.instant, rank), row)
                for row, when, rank in self.dated("customers", "customer_id", "created_at")
            )
            self.customers = {row["customer_id"]: row for row in rows}

    def rows(self, name: str, key: str | None) -> Iterator[tuple[Row, tuple]]:
        """Yield (trimmed row, rank among equals) of the rows that have the key."""
        for raw in self.tables.get(name, []):
            row = {column: clean(text) for column, text in raw.items() if column is not None}
            if key is None or row.get(key) is not None:
                yield row, tuple(text or "" for text in row.values())

    def dated(self, name: str, key: str | None, column: str) -> Iterator[tuple[Row, Moment, tuple]]:
        """Yield (row, moment, rank) of the rows dated from 1970 to the as-of day."""
        for row, rank in self.rows(name, key):
            when = moment(row.get(column), self.zone)
            if when is not None and EPOCH <= when.day <= self.as_of:
                yield row, when, rank

    def _read_rates(self) -> None:
        found = keep_latest(
            ((code := row["currency_code"].upper(), when.day), rank, (code, when.day, rate))
            for row, when, rank in self.dated("exchange_rates", "currency_code", "rate_date")
            if (rate := number(row.get("rate")))
        )
        for code, day, rate in sorted(found):
            days, values = self.rates.setdefault(code, ([], []))
            days.append(day)
            values.append(rate)

    def rate(self, code: str | None, day: date) -> Fraction | None:
        """Return reporting units for one unit of a currency, carried forward to the day."""
        code = (code or "").upper()
        if code == self.currency:
            return Fraction(1)
        days, values = self.rates.get(code, ([], []))
        place = bisect_right(days, day)
        return values[place - 1] if place else None

    def amount(self, row: Row, day: date, *, signed: bool = False) -> Fraction | None:
        """Return the row's amount in the reporting currency at a day's rate; None if unusable."""
        amount = number(row.get("amount"), signed=signed)
        rate = self.rate(row.get("currency_code"), day)
        return None if amount is None or rate is None else amount * rate

    def knows(self, row: Row, *, required: bool) -> bool:
        """Say whether the row's customer is acceptable: known, or absent where that is right."""
        customer = row.get("customer_id")
        if customer is None:
            return not required
        return self.customers is None or customer in self.customers


# The book: accepted rows ------------------------------------------------------------------


@dataclass(slots=True)
class Order:
    """An accepted order; lines are (revenue, cost or None), both in the reporting currency."""

    day: date
    moment: Moment
    customer: str | None
    rate: Fraction
    currency: str | None
    is_cancelled: bool
    lines: list[tuple[Fraction, Fraction | None]] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class State:
    """Days [start, end) on which a customer has this MRR; ``plan`` has most of it."""

    start: date
    end: date
    mrr: Fraction
    plan: str


@dataclass(slots=True)
class Book:
    """All accepted rows. Days are reporting days; money is in the reporting currency.

    ``refunds``: (day, customer, amount, whether refund_rate counts it);
    ``states``: {customer: paid states, ascending};
    ``spend``: (day, channel, amount); ``ledger``: (day, category, amount);
    ``touches``: {customer: [(moment, channel), in order]}; ``events``: (day, customer, user,
    name); ``answers``: (moment, response id, customer, type, score); ``tickets``: (opened
    day, solved day or None, hours or None, customer); ``first_date``: {customer: day}.
    """

    segments_of: Callable[[str | None], tuple[Segment, ...]]
    orders: list[Order]
    refunds: list[tuple[date, str | None, Fraction, bool]]
    states: dict[str, list[State]]
    version_days: list[date]
    spend: list[tuple[date, str, Fraction]]
    ledger: list[tuple[date, str, Fraction]]
    touches: dict[str, list[tuple[Moment, str]]]
    events: list[tuple[date, str | None, str, str]]
    answers: list[tuple[Moment, str, str | None, str, int]]
    tickets: list[tuple[date, date | None, Fraction | None, str | None]]
    first_date: dict[str, date]
    first_moment: dict[str, datetime | None]
    order_days: dict[str, list[date]]


def read_orders(reader: Reader, policy: dict) -> dict[str, Order]:
    """Return {order_id: order} of the accepted orders with their lines, cancelled included."""
    rows = keep_latest(
        (row["order_id"], (when.instant, rank), (row, when))
        for row, when, rank in reader.dated("orders", "order_id", "ordered_at")
        if reader.knows(row, required=False)
        and reader.rate(row.get("currency_code"), when.day)
        and order_status(row) in COUNTED_ORDERS | UNCOUNTED_ORDERS
    )
    orders = {
        row["order_id"]: Order(
            day=when.day,
            moment=when,
            customer=row.get("customer_id"),
            rate=reader.rate(row["currency_code"], when.day),
            currency=row["currency_code"],
            is_cancelled=order_status(row) in UNCOUNTED_ORDERS,
        )
        for row, when in rows
    }
    lines = []
    for row, rank in reader.rows("order_lines", "order_line_id"):
        signed = policy["negative_amounts"] == "credit"
        quantity = number(row.get("quantity"), signed=signed)
        price = number(row.get("unit_price"), signed=signed)
        good_discount, discount = optional_number(row.get("discount_amount"), Fraction(0))
        good_cost, cost = optional_number(row.get("unit_cost"), None)
        order = orders.get(row.get("order_id") or "")
        if None in (quantity, price, order) or not (good_discount and good_cost):
            continue
        if quantity < 0 and price < 0:
            continue
        revenue = (quantity * price - discount) * order.rate
        line = (revenue, None if cost is None else quantity * cost * order.rate)
        lines.append((row["order_line_id"], rank, (order, line)))
    for order, line in keep_latest(lines):
        order.lines.append(line)
    return orders


def read_refunds(
    reader: Reader, orders: dict[str, Order], subscriptions: dict[str, str], policy: dict
) -> list:
    """Return (day, customer, amount, of an order) per accepted refund of what stands.

    The first that it names decides: an order, a subscription ({id: customer}), a customer.
    """
    signed = policy["negative_amounts"] == "credit"
    found = []
    for row, when, rank in reader.dated("refunds", "refund_id", "refunded_at"):
        stands, of_order = True, False
        if row.get("order_id"):
            order = orders.get(row["order_id"])
            if order is None:
                continue
            stands, of_order = not order.is_cancelled, True
            priced = {**row, "currency_code": row.get("currency_code") or order.currency}
            customer, amount = order.customer, reader.amount(priced, order.day, signed=signed)
        elif row.get("subscription_id"):
            customer = subscriptions.get(row["subscription_id"])
            if customer is None:
                continue
            amount = reader.amount(row, when.day, signed=signed)
        elif reader.knows(row, required=True):
            customer, amount = row["customer_id"], reader.amount(row, when.day, signed=signed)
            of_order = "subscriptions" not in reader.tables
        else:
            continue
        if amount is not None:
            refund = (stands, (when.day, customer, amount, of_order))
            found.append((row["refund_id"], (when.instant, rank), refund))
    return [refund for stands, refund in keep_latest(found) if stands]


@dataclass(slots=True, frozen=True)
class Version:
    """An accepted version of a subscription, before it is cut."""

    subscription: str
    customer: str
    started: Moment
    ended: Moment | None
    plan: str
    mrr: Fraction
    has_no_day: bool
    is_end: bool


def read_versions(reader: Reader, policy: dict) -> list[tuple[str, str, date, date, str, Fraction]]:
    """Return (subscription, customer, start, end, plan, MRR), cut; end is the first day off."""
    paid = {"active", "cancelled"} | ({"past_due"} if policy["past_due"] == "active" else set())
    grace = ONE_DAY if policy["churn_recognition"] == "day_after" else timedelta(0)
    never = reader.as_of + ONE_DAY
    found = []
    for row, started, _ in reader.dated("subscriptions", "subscription_id", "started_at"):
        status = (row.get("status") or "").lower().replace("canceled", "cancelled")
        interval = (row.get("billing_interval") or "").lower()
        amount = reader.amount(row, started.day, signed=policy["negative_amounts"] == "credit")
        good_quantity, quantity = optional_number(row.get("quantity"), Fraction(1))
        ended = moment(row.get("ended_at"), reader.zone)
        if (
            not reader.knows(row, required=True)
            or status not in STATUSES
            or interval not in MONTHLY
            or amount is None
            or not good_quantity
            or (row.get("ended_at") is not None and ended is None)
            or (ended is not None and ended.day < started.day)
            or (ended is not None and is_timed(row) and ended.instant < started.instant)
            or (ended is None and status == "cancelled")
        ):
            continue
        plan = row.get("plan") or UNKNOWN
        mrr = amount * quantity * MONTHLY[interval] if status in paid else Fraction(0)
        has_no_day = ended is not None and ended.day == started.day
        version = Version(
            *(row["subscription_id"], row["customer_id"], started, ended, plan, mrr),
            *(has_no_day, has_no_day and status in ("cancelled", "expired")),
        )
        key = (
            *(version.subscription, version.customer, plan, row.get("currency_code"), amount),
            *(quantity, interval, started, has_no_day),
        )
        last = (ended is not None, (ended or started).instant, STATUSES.index(status))
        found.append((key, last, version))
    of_subscription: dict[str, list[Version]] = defaultdict(list)
    for version in keep_latest(found):
        of_subscription[version.subscription].append(version)
    cut = []
    for versions in of_subscription.values():
        for version in versions:
            days = [never] if version.ended is None else [version.ended.day + grace, never]
            days += [other.started.day for other in versions if cuts(other, version)]
            days_of = (version.started.day, min(days))
            cut.append(
                (version.subscription, version.customer, *days_of, version.plan, version.mrr)
                + (version.started,)
            )
    return sorted(cut, key=lambda version: (version[0], version[2]))


def is_timed(row: Row) -> bool:
    """Say whether both start and end of a version have a time of day."""
    return all(len(row.get(column) or "") > 10 for column in ("started_at", "ended_at"))


def cuts(other: Version, version: Version) -> bool:
    """Say whether a version ends where another of its subscription starts.

    What has no day cuts nothing, unless it says that the subscription ended; things of one moment
    run side by side, but for what has no day.
    """
    if version.has_no_day:
        return not other.has_no_day and other.started >= version.started
    if other.has_no_day and not (other.is_end and version.ended is None):
        return False
    return other.started > version.started


def paid_states(versions: Iterable[tuple]) -> dict[str, list[State]]:
    """Return {customer: [State, ascending]}: the sum of the customer's versions, if paid."""
    of_customer: dict[str, list[tuple]] = defaultdict(list)
    for _, customer, start, end, plan, mrr, _ in versions:
        if mrr != 0 and end > start:
            of_customer[customer].append((start, end, plan, mrr))
    states: dict[str, list[State]] = {}
    for customer, pieces in of_customer.items():
        bounds = sorted({day for start, end, _, _ in pieces for day in (start, end)})
        states[customer] = []
        for left, right in zip(bounds, bounds[1:], strict=False):
            by_plan: dict[str, Fraction] = defaultdict(Fraction)
            for start, end, plan, mrr in pieces:
                if start <= left < end:
                    by_plan[plan] += mrr
            if sum(by_plan.values()) > 0:
                plan = min(by_plan, key=lambda name: (-by_plan[name], name))
                states[customer].append(State(left, right, sum(by_plan.values()), plan))
    return states


def read_costs(reader: Reader, policy: dict) -> tuple[list, list]:
    """Return spend as (day, channel, amount) and the ledger as (day, category, amount)."""
    spend, ledger = [], []
    for row, when, rank in reader.dated("marketing_spend", None, "spend_date"):
        amount = reader.amount(row, when.day, signed=policy["negative_amounts"] == "credit")
        if amount is not None:
            # it has no key: what is the same in all is a copy, the rest is added up
            spend.append((rank, rank, (when.day, row.get("channel") or UNKNOWN, amount)))
    for row, when, rank in reader.dated("operating_expenses", "expense_id", "expense_date"):
        category = (row.get("category") or UNKNOWN).lower()
        amount = reader.amount(row, when.day, signed=True)
        if amount is not None:
            line = (when.day, category, amount)
            ledger.append((row["expense_id"], (when.instant, rank), line))
    return keep_latest(spend), keep_latest(ledger)


def read_touches(reader: Reader) -> dict[str, list[tuple[Moment, str]]]:
    """Return {customer: [(moment, channel)]} in the order of UTC time, then touch id."""
    kept = keep_latest(
        (row["touch_id"], (when.instant, rank), (when.instant, row["touch_id"], when, row))
        for row, when, rank in reader.dated("marketing_touches", "touch_id", "touched_at")
        if reader.knows(row, required=True)
    )
    touches: dict[str, list[tuple[Moment, str]]] = defaultdict(list)
    for _, _, when, row in sorted(kept, key=lambda touch: touch[:2]):
        touches[row["customer_id"]].append((when, row.get("channel") or UNKNOWN))
    return touches


def read_events(reader: Reader) -> list[tuple[date, str | None, str, str]]:
    """Return (day, customer, user, event name) per accepted event."""
    return keep_latest(
        (
            row["event_id"],
            (when.instant, rank),
            (when.day, row.get("customer_id"), row["user_id"], row["event_name"]),
        )
        for row, when, rank in reader.dated("product_events", "event_id", "occurred_at")
        if row.get("user_id") and row.get("event_name") and reader.knows(row, required=False)
    )


def read_answers(reader: Reader) -> list[tuple[Moment, str, str | None, str, int]]:
    """Return (moment, response id, customer, survey type, score) per accepted answer."""
    found = []
    for row, when, rank in reader.dated("survey_responses", "response_id", "responded_at"):
        kind, score = (row.get("survey_type") or "").lower(), number(row.get("score"))
        low, high = SCORES.get(kind, (1, 0))
        if (
            score is None
            or score.denominator != 1
            or not low <= score <= high
            or not reader.knows(row, required=False)
        ):
            continue
        answer = (when, row["response_id"], row.get("customer_id"), kind, int(score))
        found.append((row["response_id"], (when.instant, rank), answer))
    return keep_latest(found)


def read_tickets(reader: Reader) -> list[tuple[date, date | None, Fraction | None, str | None]]:
    """Return (opened day, solved day, hours to solve, customer); solved after as-of is open."""
    found = []
    for row, opened, rank in reader.dated("support_tickets", "ticket_id", "opened_at"):
        solved = moment(row.get("solved_at"), reader.zone)
        unreadable = row.get("solved_at") is not None and solved is None
        backwards = solved is not None and solved.instant < opened.instant
        if unreadable or backwards or not reader.knows(row, required=False):
            continue
        ticket, order = (opened.day, None, None, row.get("customer_id")), (0,)
        if solved is not None and solved.day <= reader.as_of:
            hours = Fraction(round((solved.instant - opened.instant).total_seconds()), 3600)
            ticket, order = (opened.day, solved.day, hours, row.get("customer_id")), (1, solved)
        found.append((row["ticket_id"], (*order, rank), ticket))
    return keep_latest(found)


def read_book(reader: Reader, policy: dict) -> Book:
    """Read every mapped input; an absent one gives an empty list."""

    @cache
    def segments_of(customer: str | None) -> tuple[Segment, ...]:
        row = (reader.customers or {}).get(customer or "", {})
        return TOTAL, *((name, row.get(name) or UNKNOWN) for name in ATTRIBUTES)

    all_orders = read_orders(reader, policy)
    # an order without a usable line is none, though its refunds are paid
    orders = [order for order in all_orders.values() if order.lines and not order.is_cancelled]
    versions = read_versions(reader, policy)
    states = paid_states(versions)
    spend, ledger = read_costs(reader, policy)
    order_days: dict[str, list[date]] = defaultdict(list)
    for order in sorted(orders, key=lambda item: item.day):
        if order.customer is not None:
            order_days[order.customer].append(order.day)
    first_date = {customer: days[0] for customer, days in order_days.items()}
    for customer, paid in states.items():
        first_date[customer] = min(first_date.get(customer, date.max), paid[0].start)
    starts: dict[str, list[Moment]] = defaultdict(list)
    for customer, when in [
        *((order.customer, order.moment) for order in orders if order.customer is not None),
        *((version[1], version[6]) for version in versions if version[5] > 0),
    ]:
        if when.day == first_date.get(customer):
            starts[customer].append(when)
    # known where every order and version of the first day has an hour
    first_moment = {
        customer: min(when.instant for when in found)
        for customer, found in starts.items()
        if all(when.is_timed for when in found)
    }
    return Book(
        segments_of=segments_of,
        orders=orders,
        refunds=read_refunds(
            reader, all_orders, {version[0]: version[1] for version in versions}, policy
        ),
        states=states,
        version_days=[version[2] for version in versions],
        spend=spend,
        ledger=ledger,
        touches=read_touches(reader),
        events=read_events(reader),
        answers=read_answers(reader),
        tickets=read_tickets(reader),
        first_date=first_date,
        first_moment=first_moment,
        order_days=order_days,
    )


# Periods and sums -------------------------------------------------------------------------


@dataclass(frozen=True)
class Period:
    """A calendar period; ``closing`` is its last day that is not after the as-of day."""

    start: date
    end: date
    closing: date

    @property
    def is_complete(self) -> bool:
        """Say whether the as-of day has reached the period's end."""
        return self.closing == self.end

    def days(self) -> list[date]:
        """Return every day of the period up to ``closing``."""
        return [self.start + i * ONE_DAY for i in range((self.closing - self.start).days + 1)]


class Timeline:
    """The periods of one grain from the first with data to the one that holds the as-of day."""

    def __init__(self, grain: str, first: date, as_of: date, week_start: str = "monday"):
        """Lay out the periods; weeks start on monday, sunday or saturday."""
        self.grain, self.as_of = grain, as_of
        self._week_shift = {"monday": 0, "sunday": 1, "saturday": 2}[week_start]
        self.start_of = cache(self._start_of)
        self.periods: list[Period] = []
        start = self.start_of(first)
        while start <= as_of:
            end = self.shift(start, 1) - ONE_DAY
            self.periods.append(Period(start, end, min(end, as_of)))
            start = end + ONE_DAY

    def _start_of(self, day: date) -> date:
        """Return the first day of the period that holds a day."""
        if self.grain == "day":
            return day
        if self.grain == "week":
            return day - timedelta(days=(day.weekday() + self._week_shift) % 7)
        months = int(MONTHS_IN[self.grain])
        return date(day.year, (day.month - 1) // months * months + 1, 1)

    def shift(self, start: date, count: int) -> date:
        """Return the start of the period that comes ``count`` periods after (before if < 0)."""
        if self.grain in ("day", "week"):
            return start + timedelta(days=count * (7 if self.grain == "week" else 1))
        return add_months(start, count * int(MONTHS_IN[self.grain]))

    def year_ago(self, start: date) -> date:
        """Return the start of the same period a year before (52 weeks for a week)."""
        if self.grain in ("day", "week"):
            return start - timedelta(days=364 if self.grain == "week" else 365)
        return add_months(start, -12)


def add_months(start: date, count: int) -> date:
    """Return the first day of the month ``count`` months after that of ``start``."""
    months = start.year * 12 + start.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


class Cube:
    """Sums and distinct sets of one grain, by (measure, period start, segment)."""

    def __init__(self) -> None:
        """Start empty: what was never added is 0."""
        self._sums: dict[tuple, Fraction | int] = defaultdict(int)
        self._sets: dict[tuple, set] = defaultdict(set)

    def add(
        self, measure: str, start: date, segments: Iterable[Segment], by: Fraction | int = 1
    ) -> None:
        """Add an amount to a measure of every segment given."""
        for segment in segments:
            self._sums[measure, start, segment] += by

    def mark(self, measure: str, start: date, segments: Iterable[Segment], item: Hashable) -> None:
        """Put an item into the distinct set of every segment given."""
        for segment in segments:
            self._sets[measure, start, segment].add(item)

    def get(self, measure: str, start: date, segment: Segment) -> Fraction | int:
        """Return a sum, 0 when nothing was added."""
        return self._sums.get((measure, start, segment), 0)

    def set_of(self, measure: str, start: date, segment: Segment) -> set:
        """Return a distinct set, empty when nothing was marked."""
        return self._sets.get((measure, start, segment), set())

    def count(self, measure: str, start: date, segment: Segment) -> int:
        """Return the size of a distinct set."""
        return len(self.set_of(measure, start, segment))


# Measures ----------------------------------------------------------------------------------


def measure_orders(book: Book, line: Timeline, cube: Cube) -> None:
    """Sum orders, their lines and refunds; mark who ordered, and who had ordered before."""
    for order in book.orders:
        start, segments = line.start_of(order.day), book.segments_of(order.customer)
        cube.add("orders", start, segments)
        for revenue, cost in order.lines:
            cube.add("order_revenue", start, segments, revenue)
            cube.add("lines", start, segments)
            if cost is not None:
                cube.add("costed_lines", start, segments)
                cube.add("line_cost", start, segments, cost)
        if order.customer is not None:
            cube.mark("ordering", start, segments, order.customer)
            cube.mark("active", start, segments, order.customer)
            if book.order_days[order.customer][0] < start:
                cube.mark("repeating", start, segments, order.customer)
    for day, customer, amount, of_order in book.refunds:
        start, segments = line.start_of(day), book.segments_of(customer)
        cube.add("refunds", start, segments, amount)
        if of_order:
            cube.add("order_refunds", start, segments, amount)


def measure_lapses(book: Book, line: Timeline, cube: Cube, lapse_days: int) -> None:
    """Mark customers in the period of their lapse day, and those not lapsed at opening."""
    reach = timedelta(days=lapse_days)
    for customer, days in book.order_days.items():
        segments = book.segments_of(customer)
        for day, following in zip(days, [*days[1:], date.max], strict=True):
            if following > day + reach and day + reach <= line.as_of:
                cube.mark("lapsed", line.start_of(day + reach), segments, customer)
        for period in line.periods:
            place = bisect_left(days, period.start - reach)
            if place < len(days) and days[place] < period.start:
                cube.mark("unlapsed_at_opening", period.start, segments, customer)


def measure_accrual(book: Book, line: Timeline, cube: Cube) -> None:
    """Add MRR / days of the calendar month for every customer and paid day."""
    for customer, states in book.states.items():
        for state in states:
            # {(period start, days of the calendar month): paid days}
            paid_days: dict[tuple[date, int], int] = defaultdict(int)
            day = state.start
            while day < state.end:
                paid_days[line.start_of(day), monthrange(day.year, day.month)[1]] += 1
                day += ONE_DAY
            for (start, month_days), days in paid_days.items():
                revenue = state.mrr * days / month_days
                cube.add("subscription_revenue", start, book.segments_of(customer), revenue)


def state_on(states: list[State], day: date) -> State | None:
    """Return the customer's paid state on a day, None without MRR."""
    place = bisect_right(states, day, key=lambda state: state.start)
    return states[place - 1] if place and states[place - 1].end > day else None


def measure_movements(book: Book, line: Timeline, cube: Cube, policy: dict) -> None:
    """Classify every subscriber in every period; attributes and plan give the segments."""
    for customer, states in book.states.items():
        own = book.segments_of(customer)
        for period in line.periods:
            opening = state_on(states, period.start - ONE_DAY)
            closing = state_on(states, period.closing)
            add_movement(cube, period, own, states, opening, closing, policy)
            if closing is not None:
                cube.mark("active", period.start, own, customer)


def add_movement(
    cube: Cube,
    period: Period,
    own: tuple[Segment, ...],
    states: list[State],
    opening: State | None,
    closing: State | None,
    policy: dict,
) -> None:
    """Add one customer's opening, closing and movement, as MRR and as subscribers."""

    def add(name: str, state: State, mrr: Fraction, subscribers: int = 1) -> None:
        segments = (*own, ("plan", state.plan))
        cube.add(f"{name}_mrr", period.start, segments, mrr)
        cube.add(f"{name}_subscribers", period.start, segments, subscribers)

    if opening is not None:
        add("opening", opening, opening.mrr)
    if closing is not None:
        add("closing", closing, closing.mrr)
    if opening is not None and closing is not None:
        add("kept", opening, min(opening.mrr, closing.mrr))
        if closing.mrr > opening.mrr:
            add("expansion", opening, closing.mrr - opening.mrr)
        elif closing.mrr < opening.mrr:
            add("contraction", opening, opening.mrr - closing.mrr)
        add("transferred", opening, -closing.mrr, -1)
        add("transferred", closing, closing.mrr, 1)
    elif opening is not None:
        add("churned", opening, opening.mrr)
        add("opening_churned", opening, opening.mrr)
    else:
        before = [state for state in states if state.start < period.start]
        inside = [state for state in states if period.start <= state.start <= period.closing]
        if not inside:
            return
        window = policy["reactivation_window_days"]
        gap = (inside[0].start - before[-1].end).days if before else 0
        is_back = before and (window is None or gap <= int(window))
        if closing is not None:
            add("reactivation" if is_back else "new", closing, closing.mrr)
        elif policy["same_period_churn"] == "count" and not is_back:
            add("new", inside[-1], inside[-1].mrr)
            add("churned", inside[-1], inside[-1].mrr)


def measure_daily_churn(book: Book, line: Timeline, cube: Cube) -> None:
    """Add, over the days, subscribers lost that day / subscribers at the start of that day."""
    lost: dict[tuple[date, Segment], int] = defaultdict(int)
    held: dict[tuple[date, Segment], int] = defaultdict(int)
    for customer, states in book.states.items():
        starts = {state.start for state in states}
        for state in states:
            segments = (*book.segments_of(customer), ("plan", state.plan))
            day = state.start + ONE_DAY
            while day <= state.end:
                for segment in segments:
                    held[day, segment] += 1
                day += ONE_DAY
            if state.end not in starts and state.end <= line.as_of:
                for segment in segments:
                    lost[state.end, segment] += 1
    for (day, segment), count in lost.items():
        rate = Fraction(count, held[day, segment])
        cube.add("daily_churn_rate", line.start_of(day), [segment], rate)
    for day, segment in held:
        if day <= line.as_of:
            cube.add("days_at_risk", line.start_of(day), [segment], 1)


def measure_costs(book: Book, line: Timeline, cube: Cube) -> None:
    """Sum spend (total and channel) and the ledger (total alone), by category and in all."""
    for day, channel, amount in book.spend:
        segments = (TOTAL, ("acquisition_channel", channel))
        cube.add("marketing_spend", line.start_of(day), segments, amount)
    for day, category, amount in book.ledger:
        cube.add(f"ledger {category}", line.start_of(day), [TOTAL], amount)
        if category != "cost_of_revenue":
            cube.add("ledger opex", line.start_of(day), [TOTAL], amount)


def attributed_channels(book: Book, customer: str, attribution: str) -> dict[str, Fraction]:
    """Return {channel: share of the customer}, shares adding up to 1."""
    first = book.first_moment.get(customer)
    channels = [
        channel
        for when, channel in book.touches.get(customer, [])
        if when.day <= book.first_date[customer]
        and (first is None or not when.is_timed or when.instant <= first)
    ]
    if not channels:
        return {UNATTRIBUTED: Fraction(1)}
    if attribution == "linear":
        shares: dict[str, Fraction] = defaultdict(Fraction)
        for channel in channels:
            shares[channel] += Fraction(1, len(channels))
        return shares
    return {channels[-1 if attribution == "last_touch" else 0]: Fraction(1)}


def measure_new_customers(
    book: Book, line: Timeline, cube: Cube, policy: dict, settings: dict, has_touches: bool
) -> None:
    """Count new customers (by channel as attributed), their cohorts and their activation."""
    activation_days = timedelta(days=setting(settings, "activation_days", 14))
    activated: dict[str | None, date] = {}
    for day, customer, _, name in book.events:
        if name == settings.get("activation_event"):
            activated[customer] = min(day, activated.get(customer, day))
    for customer, first in book.first_date.items():
        start, segments = line.start_of(first), book.segments_of(customer)
        cube.mark("cohort", start, segments, customer)
        if has_touches:
            cube.add("new_customers", start, [s for s in segments if s[0] != ATTRIBUTES[2]])
            shares = attributed_channels(book, customer, policy["attribution"])
            for channel, share in shares.items():
                cube.add("new_customers", start, [(ATTRIBUTES[2], channel)], share)
        else:
            cube.add("new_customers", start, segments)
        if first + activation_days <= line.as_of:
            cube.add("activation_due", start, segments)
            if activated.get(customer, date.max) <= first + activation_days:
                cube.add("activated", start, segments)


def measure_usage(book: Book, line: Timeline, cube: Cube, settings: dict) -> None:
    """Mark users by period, by calendar month, and by day (item: day and user)."""
    wanted = settings.get("usage_events")
    for day, customer, user, name in book.events:
        if wanted and name not in wanted:
            continue
        start, segments = line.start_of(day), book.segments_of(customer)
        cube.mark("users", start, segments, user)
        cube.mark("user_days", start, segments, (day, user))
        cube.mark("month_users", day.replace(day=1), segments, user)


def measure_satisfaction(book: Book, line: Timeline, cube: Cube) -> None:
    """Count the latest answer per customer, type and period; mark tickets and their hours."""
    one_each = keep_latest(
        (
            (line.start_of(when.day), kind, customer, identity if customer is None else None),
            (when.instant, identity),
            (line.start_of(when.day), customer, kind, score),
        )
        for when, identity, customer, kind, score in book.answers
    )
    for start, customer, kind, score in one_each:
        segments = book.segments_of(customer)
        cube.add(f"{kind} answers", start, segments)
        if kind == "nps":
            cube.add("nps balance", start, segments, (score >= 9) - (score <= 6))
        if kind == "csat" and score >= 4:
            cube.add("csat satisfied", start, segments)
    for place, (opened, solved, hours, customer) in enumerate(book.tickets):
        segments = book.segments_of(customer)
        cube.add("tickets_opened", line.start_of(opened), segments)
        if solved is not None:
            cube.mark("resolutions", line.start_of(solved), segments, (place, hours))


# Figures -----------------------------------------------------------------------------------


def quotient(numerator: Number, denominator: Number) -> Number:
    """Return numerator / denominator; None when a part is absent or the denominator is 0."""
    return None if numerator is None or not denominator else Fraction(numerator) / denominator


def ratio(numerator: Number, denominator: Number) -> Parts:
    """Return the parts and value of a ratio KPI."""
    return numerator, denominator, quotient(numerator, denominator)


def plain(value: Number) -> Parts:
    """Return a flow or stock: numerator and value are the figure."""
    return value, None, value


def derived(value: Number) -> Parts:
    """Return a formula over other KPIs, which has no parts."""
    return None, None, value


def less(left: Number, *others: Number) -> Number:
    """Return left minus the others; None when any is absent."""
    return None if None in (left, *others) else left - sum(others)


def product(*factors: Number) -> Number:
    """Return the product; None when any factor is absent."""
    result: Number = Fraction(1)
    for factor in factors:
        result = None if result is None or factor is None else result * factor
    return result


class Assembly:
    """Turns the cube of one grain into KPIs: a dict of Parts per period and segment."""

    def __init__(self, line: Timeline, cube: Cube, mapped: set[str], policy: dict, settings: dict):
        """Note which groups of inputs are mapped."""
        self.line, self.cube, self.policy, self.settings = line, cube, policy, settings
        self.has = {name: name in mapped for name in ("orders", "subscriptions", "refunds")}
        self.has["lines"] = {"orders", "order_lines"} <= mapped
        self.has["revenue"] = self.has["lines"] or self.has["subscriptions"]
        self.has["customers"] = self.has["orders"] or self.has["subscriptions"]
        self.has["spend"] = "marketing_spend" in mapped
        self.has["ledger"] = "operating_expenses" in mapped
        self.has["events"] = "product_events" in mapped
        self.has["answers"] = "survey_responses" in mapped
        self.has["tickets"] = "support_tickets" in mapped
        self.ad_in_ledger = policy["ad_spend_in_ledger"] in (True, "true", "yes", "included")

    def spend(self, start: date, segment: Segment) -> Number:
        """Return marketing spend of total or a channel; no other segment carries it."""
        if self.has["spend"] and segment[0] not in ("total", "acquisition_channel"):
            return None
        return self.cube.get("marketing_spend", start, segment)

    def loaded_spend(self, start: date, segment: Segment) -> Number:
        """Return spend plus the ledger's sales and marketing, which stands at total alone."""
        ledger = self.cube.get("ledger sales_and_marketing", start, TOTAL)
        if segment != TOTAL and (ledger or self.ad_in_ledger):
            return None
        spend = 0 if self.ad_in_ledger else self.spend(start, segment)
        return less(spend, -ledger)

    def money(self, start: date, segment: Segment) -> dict[str, Number]:
        """Return the amounts of the margin domain, None where not known or not allocated."""

        def get(measure: str, where: Segment = segment) -> Fraction | int:
            return self.cube.get(measure, start, where)

        revenue = get("order_revenue") - get("refunds") + get("subscription_revenue")
        ledger_cost, variable = get("ledger cost_of_revenue", TOTAL), get("ledger variable", TOTAL)
        cost: Number = get("line_cost")
        if segment == TOTAL:
            cost += ledger_cost
        # revenue without any known cost has an unknown margin (DECISIONS.md)
        has_revenue = get("lines") or get("subscription_revenue")
        has_no_cost = has_revenue and not get("costed_lines")
        if (segment != TOTAL) if ledger_cost else has_no_cost:
            cost = None
        spend = self.spend(start, segment)
        profit = less(revenue, cost)
        unallocated = segment != TOTAL and variable
        opex = None
        if segment == TOTAL:
            opex = get("ledger opex") + (0 if self.ad_in_ledger else spend)
        return {
            "net_revenue": revenue,
            "cost_of_revenue": cost,
            "gross_profit": profit,
            "contribution_profit": None if unallocated else less(profit, spend, variable),
            "operating_expenses": opex,
            "operating_income": less(profit, opex),
        }

    def margin(self, start: date, segment: Segment) -> dict[str, Parts]:
        """Return the KPIs of the margin domain."""
        money, kpis = self.money(start, segment), {}
        order_revenue = self.cube.get("order_revenue", start, segment)
        refunds = self.cube.get("refunds", start, segment)
        orders = self.cube.get("orders", start, segment)
        if self.has["orders"]:
            kpis["orders"] = plain(orders)
        if self.has["lines"]:
            kpis["order_revenue"] = plain(order_revenue)
            kpis["average_order_value"] = ratio(order_revenue, orders)
        if self.has["refunds"]:
            kpis["refunds"] = plain(refunds)
        if self.has["lines"] and self.has["refunds"]:
            order_refunds = self.cube.get("order_refunds", start, segment)
            kpis["refund_rate"] = ratio(order_refunds, order_revenue)
        if self.has["subscriptions"]:
            accrued = self.cube.get("subscription_revenue", start, segment)
            kpis["subscription_revenue"] = plain(accrued)
        if self.has["spend"]:
            kpis["marketing_spend"] = plain(self.spend(start, segment))
        if not self.has["revenue"]:
            return kpis
        for name in ("net_revenue", "cost_of_revenue", "gross_profit", "contribution_profit"):
            kpis[name] = plain(money[name])
        kpis["gross_margin"] = ratio(money["gross_profit"], money["net_revenue"])
        kpis["contribution_margin"] = ratio(money["contribution_profit"], money["net_revenue"])
        if self.has["ledger"]:
            kpis["operating_expenses"] = plain(money["operating_expenses"])
            kpis["operating_income"] = plain(money["operating_income"])
            kpis["operating_margin"] = ratio(money["operating_income"], money["net_revenue"])
        return kpis

    def subscriptions(self, start: date, segment: Segment) -> dict[str, Parts]:
        """Return the KPIs of recurring revenue: stocks, movements and rates."""
        if not self.has["subscriptions"]:
            return {}

        def mrr(name: str) -> Fraction | int:
            return self.cube.get(f"{name}_mrr", start, segment)

        def subscribers(name: str) -> int:
            return self.cube.get(f"{name}_subscribers", start, segment)

        kpis = {
            f"{kpi}_subscribers": plain(subscribers(movement))
            for kpi, movement in (
                *((name, name) for name in ("opening", "new", "churned", "closing", "transferred")),
                ("reactivated", "reactivation"),
            )
        }
        movements = ("new", "expansion", "reactivation", "contraction", "churned", "transferred")
        for name in ("opening", "closing", *movements):
            kpis[f"{name}_mrr"] = plain(mrr(name))
        shrunk = mrr("contraction") + mrr("churned")
        kept = mrr("opening") + mrr("expansion") - mrr("contraction") - mrr("opening_churned")
        if self.policy["nrr_reactivation"] == "include":
            kept += mrr("reactivation")
        kpis["arr"] = plain(mrr("closing") * 12)
        kpis["customer_churn_rate"] = self.churn(start, segment)
        kpis["gross_mrr_churn_rate"] = ratio(shrunk, mrr("opening"))
        kpis["gross_revenue_retention"] = ratio(mrr("kept"), mrr("opening"))
        kpis["net_revenue_retention"] = ratio(kept, mrr("opening"))
        kpis["quick_ratio"] = ratio(mrr("new") + mrr("expansion") + mrr("reactivation"), shrunk)
        return kpis

    def churn(self, start: date, segment: Segment) -> Parts:
        """Return customer churn by the policy's denominator; summed daily rates lack parts."""
        opening = self.cube.get("opening_subscribers", start, segment)
        joined = self.cube.get("new_subscribers", start, segment)
        if self.policy["churn_denominator"] == "daily":
            # at risk is who is there on the morning of a day, be it by an upgrade inside the period
            is_at_risk = self.cube.get("days_at_risk", start, segment)
            rate = self.cube.get("daily_churn_rate", start, segment)
            return derived(rate if is_at_risk else None)
        plus_new = self.policy["churn_denominator"] == "opening_plus_new"
        churned = self.cube.get("churned_subscribers", start, segment)
        return ratio(churned, opening + (joined if plus_new else 0))

    def acquisition(self, start: date, segment: Segment) -> dict[str, Parts]:
        """Return the KPIs of acquisition; cac of spend ``cac_lag_periods`` before."""
        if not self.has["customers"]:
            return {}
        new = self.cube.get("new_customers", start, segment)
        active = self.cube.count("active", start, segment)
        kpis = {"new_customers": plain(new), "active_customers": plain(active)}
        earlier = self.line.shift(start, -int(self.policy["cac_lag_periods"] or 0))
        is_known = earlier >= self.line.periods[0].start
        nobody = segment[0] == "acquisition_channel" and segment[1] in (UNKNOWN, UNATTRIBUTED)
        cac = ratio(self.spend(earlier, segment) if is_known else None, new)
        loaded = ratio(self.loaded_spend(earlier, segment) if is_known else None, new)
        if nobody:
            cac, loaded = (*cac[:2], None), (*loaded[:2], None)
        if self.has["spend"]:
            kpis["cac"] = cac
            if self.has["ledger"]:
                # the ledger has no segments
                kpis["fully_loaded_cac"] = loaded if segment == TOTAL else (None, None, None)
        if not self.has["revenue"]:
            return kpis
        money, months = self.money(start, segment), MONTHS_IN[self.line.grain]
        if self.has["subscriptions"]:
            closing_mrr = self.cube.get("closing_mrr", start, segment)
            arpa = ratio(closing_mrr, self.cube.get("closing_subscribers", start, segment))
        else:
            arpa = ratio(money["net_revenue"] / months, active)
        kpis["arpa"] = arpa
        monthly_profit = product(arpa[2], quotient(money["gross_profit"], money["net_revenue"]))
        if self.has["spend"]:
            kpis["cac_payback_months"] = derived(quotient(cac[2], monthly_profit))
        if self.has["subscriptions"]:
            monthly_churn = quotient(self.churn(start, segment)[2], months)
            ltv = quotient(monthly_profit, monthly_churn)
            kpis["ltv"] = derived(ltv)
            if self.has["spend"]:
                kpis["ltv_to_cac"] = derived(quotient(ltv, cac[2]))
        return kpis

    def retention(self, period: Period, segment: Segment) -> dict[str, Parts]:
        """Return repeat purchase, lapses, and (months) how many of a cohort are left."""
        kpis, start = {}, period.start
        if self.has["orders"]:
            buyers = self.cube.count("ordering", start, segment)
            repeating = self.cube.count("repeating", start, segment)
            kpis["repeat_purchase_rate"] = ratio(repeating, buyers)
            lapsed = self.cube.set_of("lapsed", start, segment)
            unlapsed = self.cube.set_of("unlapsed_at_opening", start, segment)
            kpis["lapsed_customer_rate"] = ratio(len(lapsed & unlapsed), len(unlapsed))
            kpis["lapsed_customers"] = plain(len(lapsed))
        if self.has["customers"] and self.line.grain == "month":
            active = self.cube.set_of("active", start, segment)
            for age in (1, 3, 6, 12):
                cohort = self.cube.set_of("cohort", self.line.shift(start, -age), segment)
                parts = ratio(len(cohort & active), len(cohort))
                missing = (None, None, None)
                kpis[f"retention_month_{age}"] = parts if period.is_complete else missing
        return kpis

    def growth(self, start: date, segment: Segment) -> dict[str, Parts]:
        """Return change / previous value; absent in the first period."""

        def grown(value_at: Callable[[date], Number]) -> Parts:
            previous = self.line.shift(start, -1)
            if previous < self.line.periods[0].start:
                return None, None, None
            return ratio(less(value_at(start), value_at(previous)), value_at(previous))

        kpis = {}
        if self.has["revenue"]:
            revenue = grown(lambda day: self.money(day, segment)["net_revenue"])
            kpis["net_revenue_growth"] = revenue
        if self.has["subscriptions"]:
            kpis["mrr_growth"] = grown(lambda day: self.cube.get("closing_mrr", day, segment))
        if self.has["customers"]:
            active = grown(lambda day: self.cube.count("active", day, segment))
            kpis["active_customers_growth"] = active
        return kpis

    def usage(self, period: Period, segment: Segment) -> dict[str, Parts]:
        """Return users, their daily mean, its share of monthly users, and activation."""
        kpis, start = {}, period.start
        if not self.has["events"]:
            return kpis
        daily = ratio(self.cube.count("user_days", start, segment), len(period.days()))
        kpis["active_users"] = plain(self.cube.count("users", start, segment))
        kpis["average_daily_active_users"] = daily
        if self.line.grain in ("month", "quarter", "year"):
            months = sorted({day.replace(day=1) for day in period.days()})
            monthly = sum(self.cube.count("month_users", month, segment) for month in months)
            kpis["stickiness"] = ratio(daily[2], Fraction(monthly, len(months)))
        if self.has["customers"] and self.settings.get("activation_event"):
            due = self.cube.get("activation_due", start, segment)
            kpis["activation_rate"] = ratio(self.cube.get("activated", start, segment), due)
        return kpis

    def satisfaction(self, start: date, segment: Segment) -> dict[str, Parts]:
        """Return survey scores, tickets, and the median hours of tickets solved."""
        kpis = {}
        if self.has["answers"]:
            balance = self.cube.get("nps balance", start, segment)
            answers = {kind: self.cube.get(f"{kind} answers", start, segment) for kind in SCORES}
            kpis["nps"] = ratio(100 * balance, answers["nps"])
            satisfied = self.cube.get("csat satisfied", start, segment)
            kpis["csat"] = ratio(satisfied, answers["csat"])
        if self.has["tickets"]:
            kpis["tickets_opened"] = plain(self.cube.get("tickets_opened", start, segment))
            hours = [hours for _, hours in self.cube.set_of("resolutions", start, segment)]
            kpis["median_resolution_hours"] = derived(median(hours) if hours else None)
        return kpis

    def efficiency(self, start: date) -> dict[str, Parts]:
        """Return the KPIs of efficiency, which exist at total alone."""
        kpis, money = {}, self.money(start, TOTAL)
        first = self.line.periods[0].start
        opening = self.cube.get("opening_mrr", start, TOTAL)
        added = (self.cube.get("closing_mrr", start, TOTAL) - opening) * 12
        has_costs = self.has["spend"] or self.has["ledger"]
        if self.has["subscriptions"] and has_costs and self.line.grain == "quarter":
            previous = self.line.shift(start, -1)
            cost = self.loaded_spend(previous, TOTAL) if previous >= first else None
            kpis["magic_number"] = ratio(added, cost)
        if self.has["subscriptions"] and self.has["ledger"]:
            kpis["burn_multiple"] = ratio(product(money["operating_income"], -1), added)
        if self.has["revenue"] and self.has["ledger"]:
            then = self.line.year_ago(start)
            before = self.money(then, TOTAL)["net_revenue"] if then >= first else None
            growth = quotient(less(money["net_revenue"], before), before)
            margin = quotient(money["operating_income"], money["net_revenue"])
            kpis["rule_of_40"] = derived(None if None in (growth, margin) else growth + margin)
        return kpis


def segments_in(book: Book, reader: Reader, policy: dict, has_touches: bool) -> list[Segment]:
    """Return every segment that a customer, a row without one, spend or a touch holds."""
    segments = {TOTAL}
    holders: set[str | None] = set(reader.customers or ()) | set(book.first_date)
    holders |= {order.customer for order in book.orders} | {event[1] for event in book.events}
    holders |= {refund[1] for refund in book.refunds}
    holders |= {answer[2] for answer in book.answers} | {ticket[3] for ticket in book.tickets}
    for customer in holders:
        segments.update(book.segments_of(customer))
    segments |= {("acquisition_channel", channel) for _, channel, _ in book.spend}
    if has_touches:
        for customer in book.first_date:
            channels = attributed_channels(book, customer, policy["attribution"])
            segments |= {("acquisition_channel", channel) for channel in channels}
    return sorted(segments)


# the inputs that a KPI's value is made of, beside those of subscriptions alone
SOLD = ("orders", "subscriptions")
EXPENSES = ("operating_expenses", "spend unless in ledger")
NEEDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(["orders", "order_revenue", "average_order_value"], ("orders",)),
    **dict.fromkeys(["refunds"], ("refunds",)),
    **dict.fromkeys(["refund_rate"], ("orders", "refunds")),
    **dict.fromkeys(
        ["ordering_customers", "repeat_customers", "repeat_purchase_rate"], ("orders",)
    ),
    **dict.fromkeys(["lapsed_customers", "lapsed_customer_rate"], ("orders",)),
    "variable_costs": ("operating_expenses",),
    **dict.fromkeys(["net_revenue", "new_customers", "active_customers"], SOLD),
    **{f"retention_month_{month}": SOLD for month in (1, 3, 6, 12)},
    **dict.fromkeys(["net_revenue_growth", "active_customers_growth"], SOLD),
    "cost_of_revenue": ("orders", "operating_expenses"),
    **dict.fromkeys(["gross_profit", "gross_margin", "ltv"], (*SOLD, "operating_expenses")),
    **dict.fromkeys(
        ["contribution_profit", "contribution_margin"],
        (*SOLD, "operating_expenses", "marketing_spend"),
    ),
    "operating_expenses": EXPENSES,
    **dict.fromkeys(["operating_income", "operating_margin"], (*SOLD, *EXPENSES)),
    **dict.fromkeys(["burn_multiple", "rule_of_40"], (*SOLD, *EXPENSES)),
    "marketing_spend": ("marketing_spend",),
    **dict.fromkeys(["cac", "fully_loaded_cac"], SOLD),
    **dict.fromkeys(["cac_payback_months", "ltv_to_cac"], (*SOLD, "operating_expenses")),
    **dict.fromkeys(
        ["active_users", "average_daily_active_users", "stickiness"], ("product_events",)
    ),
    "activation_rate": (*SOLD, "product_events"),
    **dict.fromkeys(["nps", "csat"], ("survey_responses",)),
    **dict.fromkeys(["tickets_opened", "median_resolution_hours"], ("support_tickets",)),
}
# what a KPI needs of an earlier period: by how many, None a year
NEEDS_BEFORE: dict[str, tuple[int | None, tuple[str, ...]]] = {
    "net_revenue_growth": (1, SOLD),
    "active_customers_growth": (1, SOLD),
    "mrr_growth": (1, ("subscriptions",)),
    "magic_number": (1, EXPENSES),
    "rule_of_40": (None, SOLD),
}
SPENT = {
    **dict.fromkeys(["cac", "cac_payback_months", "ltv_to_cac"], ("marketing_spend",)),
    "fully_loaded_cac": EXPENSES,
}


class Coverage:
    """Since when each input is known: what isn't known isn't nought."""

    def __init__(self, reader: Reader, book: Book, policy: dict):
        """Find the first accepted row of each input, whatever it counts for."""
        self.policy = policy
        days = {
            "orders": [order.day for order in read_orders(reader, policy).values()],
            "subscriptions": book.version_days,
            "marketing_spend": [row[0] for row in book.spend],
            "operating_expenses": [row[0] for row in book.ledger],
            "product_events": [row[0] for row in book.events],
            "survey_responses": [row[0].day for row in book.answers],
            "support_tickets": [row[0] for row in book.tickets],
        }
        self.first = {name: min(found) for name, found in days.items() if found}
        # a refund is known where what it belongs to is
        owners = ["orders"] if "orders" in reader.tables else ["subscriptions"]
        if any(row.get("order_id") is None for row, _ in reader.rows("refunds", None)):
            owners.append("subscriptions")
        known = [self.first[name] for name in owners if name in self.first]
        if known and "refunds" in reader.tables:
            self.first["refunds"] = min(known)

    def since(self, needs: tuple[str, ...]) -> date:
        """Return the day from which on all inputs are known."""
        if not self.policy["ad_spend_in_ledger"]:
            needs = tuple("marketing_spend" if name in EXPENSES[1:] else name for name in needs)
        return max((self.first[name] for name in needs if name in self.first), default=date.min)

    def knows(self, kpi_id: str, line: Timeline, period: Period) -> bool:
        """Return whether a KPI is known in a period, and in the one that it looks back at."""
        if period.end < self.since(NEEDS.get(kpi_id, ("subscriptions",))):
            return False
        if kpi_id == "arpa" and "subscriptions" not in self.first:
            return period.end >= self.since(SOLD)
        back, needs = NEEDS_BEFORE.get(kpi_id, (0, ()))
        if kpi_id in SPENT:
            back, needs = self.policy["cac_lag_periods"], SPENT[kpi_id]
            if back == 0:
                return period.end >= self.since(needs)
        if back is None:
            return line.year_ago(period.start) >= self.since(needs)
        if back == 0 or self.since(needs) == date.min:
            return True
        earlier = line.shift(period.start, -back)
        return earlier >= max(self.since(needs), line.periods[0].start)


def first_day(book: Book) -> date | None:
    """Return the earliest day of a row that is measured; None without any."""
    days = [order.day for order in book.orders] + book.version_days
    for rows in (book.refunds, book.spend, book.ledger, book.events, book.tickets):
        days += [row[0] for row in rows]
    days += [answer[0].day for answer in book.answers]
    return min(days, default=None)


def policy_of(overrides: dict | None) -> dict:
    """Return every policy: overrides of the profile named under ``profile``."""
    overrides = dict(overrides or {})
    return {**STANDARD, **PROFILES[overrides.pop("profile", None) or "standard"], **overrides}


def setting(settings: dict, name: str, default: int) -> int:
    """Return a whole-number setting, the default when it is absent or None."""
    value = settings.get(name)
    return default if value is None else int(value)


def as_float(value: Number) -> float | None:
    """Return a figure as float; None stays None."""
    return None if value is None else float(value)


def kpi_values(
    tables: dict[str, list[dict[str, str]]],
    *,
    as_of: date,
    currency: str,
    zone: str,
    grains: tuple[str, ...] = ("month", "quarter"),
    policies: dict | None = None,
    settings: dict | None = None,
) -> dict[Key, Figure]:
    """Return {(kpi_id, grain, period start, dimension, value): (numerator, denominator, value)}.

    ``tables`` holds the raw rows by input; one that is missing isn't mapped. ``policies`` are
    overrides of the profile named under ``profile``; ``settings`` may hold lapse_days,
    activation_event, activation_days, usage_events and week_start.
    """
    policy, settings = policy_of(policies), settings or {}
    reader = Reader(tables, as_of, currency, zone)
    book = read_book(reader, policy)
    has_touches = "marketing_touches" in tables
    first = first_day(book)
    values: dict[Key, Figure] = {}
    if first is None:
        return values
    coverage = Coverage(reader, book, policy)
    segments = segments_in(book, reader, policy, has_touches)
    plans = sorted({("plan", state.plan) for states in book.states.values() for state in states})
    for grain in grains:
        line = Timeline(grain, first, as_of, settings.get("week_start") or "monday")
        cube = Cube()
        measure_orders(book, line, cube)
        measure_lapses(book, line, cube, setting(settings, "lapse_days", 90))
        measure_accrual(book, line, cube)
        measure_movements(book, line, cube, policy)
        if policy["churn_denominator"] == "daily":
            measure_daily_churn(book, line, cube)
        measure_costs(book, line, cube)
        measure_new_customers(book, line, cube, policy, settings, has_touches)
        measure_usage(book, line, cube, settings)
        measure_satisfaction(book, line, cube)
        assembly = Assembly(line, cube, set(tables), policy, settings)
        for period in line.periods:
            start = period.start
            for segment in segments + plans:
                kpis = assembly.subscriptions(start, segment)
                if segment[0] != "plan":
                    kpis |= assembly.margin(start, segment)
                    kpis |= assembly.acquisition(start, segment)
                    kpis |= assembly.retention(period, segment)
                    kpis |= assembly.growth(start, segment)
                    kpis |= assembly.usage(period, segment)
                    kpis |= assembly.satisfaction(start, segment)
                if segment == TOTAL:
                    kpis |= assembly.efficiency(start)
                for kpi_id, parts in kpis.items():
                    is_known = coverage.knows(kpi_id, line, period)
                    numerator, denominator, value = (
                        as_float(part) if is_known else None for part in parts
                    )
                    values[kpi_id, grain, start, *segment] = numerator, denominator, value
    return values


def unknown_periods(
    tables: dict[str, list[dict[str, str]]],
    kpis: Iterable[str],
    grain: str,
    *,
    as_of: date,
    currency: str,
    zone: str,
    policies: dict | None = None,
) -> set[tuple[str, date]]:
    """Return (KPI, period start) where an input that the KPI needs hasn't begun."""
    policy = policy_of(policies)
    reader = Reader(tables, as_of, currency, zone)
    book = read_book(reader, policy)
    coverage, line = Coverage(reader, book, policy), Timeline(grain, first_day(book), as_of)
    return {
        (kpi, period.start)
        for kpi in kpis
        for period in line.periods
        if not coverage.knows(kpi, line, period)
    }
