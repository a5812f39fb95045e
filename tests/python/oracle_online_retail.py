"""Independent oracle for the UCI Online Retail file: plain Python loops over Decimals.

DuckDB is used only to turn the parquet file into a list of tuples of text; every figure
after that comes from the loops below (no SQL, no data frames).

Units: money is in the file's own currency (GBP) as exact ``Decimal``; times are naive
``datetime`` read as UTC, which is also the reporting zone; months are ``'YYYY-MM'`` text.
Every public function takes the path to the parquet file, read once per process and path.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import duckdb

SHARED = Path(__file__).resolve().parents[3] / "shared"
DEFAULT_PATH = SHARED / "data" / "uci_online_retail" / "online_retail.parquet"
COLUMNS = (
    "InvoiceNo",
    "StockCode",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
)
AS_OF = date(2011, 12, 9)
GUEST_COUNTRY = "unknown"
ZERO = Decimal(0)


@dataclass(slots=True)
class Line:
    """One raw row; quantity in units, price in GBP per unit; None where not readable."""

    invoice: str
    stock_code: str
    quantity: Decimal | None
    time: datetime | None
    price: Decimal | None
    customer: str | None
    country: str | None


@dataclass(slots=True)
class Order:
    """One non-'C' invoice: header (earliest time, least customer) and its line totals.

    ``revenue`` is the GBP sum of the accepted lines; ``accepted`` counts them.
    """

    invoice: str
    time: datetime
    customer: str | None
    revenue: Decimal = ZERO
    accepted: int = 0
    stock_codes: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Refund:
    """One accepted refund line: positive GBP amount, its time and the order it belongs to."""

    amount: Decimal
    time: datetime
    order: Order


@dataclass(slots=True)
class Book:
    """Everything derived from the file.

    ``orders``: all orders by InvoiceNo, those without accepted lines included;
    ``refunds``: accepted refund lines; ``country_of``: customer -> country;
    ``counts``: the row counts that ``row_counts`` returns.
    """

    orders: dict[str, Order]
    refunds: list[Refund]
    country_of: dict[str, str]
    counts: dict[str, int]


def month_of(time: datetime | date) -> str:
    """Return the 'YYYY-MM' month of a time or day."""
    return f"{time.year:04d}-{time.month:02d}"


def month_number(month: str) -> int:
    """Return a running number of a 'YYYY-MM' month (months since year 0)."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_text(number: int) -> str:
    """Return the 'YYYY-MM' month of a running month number."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


FIRST_MONTH = "2010-12"
LAST_MONTH = month_of(AS_OF)
MONTHS = tuple(
    month_text(n) for n in range(month_number(FIRST_MONTH), month_number(LAST_MONTH) + 1)
)
# 2011-12 is not over on the as-of day, so the last month that has ended is the one before.
ENDED_MONTHS = MONTHS[:-1]


@cache
def parse_number(text: str | None) -> Decimal | None:
    """Parse a quantity (units) or price (GBP); None when missing, not a number or infinite."""
    try:
        number = Decimal(text.strip()) if text is not None else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


@cache
def parse_time(text: str | None) -> datetime | None:
    """Parse '2010-12-01 08:26:00' or '12/1/2010 8:26' (month first) as UTC; else None."""
    for layout in ("%Y-%m-%d %H:%M:%S", "%m/%d/%Y %H:%M"):
        try:
            return datetime.strptime((text or "").strip(), layout)
        except ValueError:
            continue
    return None


@cache
def read_lines(path: str) -> list[Line]:
    """Read the file into one Line per row, in file order."""
    relation = duckdb.read_parquet(path)
    place = [relation.columns.index(name) for name in COLUMNS]
    lines = []
    for row in relation.fetchall():
        invoice, stock_code, quantity, time, price, customer, country = (row[i] for i in place)
        lines.append(
            Line(
                invoice=invoice,
                stock_code=stock_code,
                quantity=parse_number(quantity),
                time=parse_time(time),
                price=parse_number(price),
                customer=customer or None,
                country=country or None,
            )
        )
    return lines


def latest_order(candidates: list[Order], time: datetime) -> Order | None:
    """Return the order with the greatest (time, InvoiceNo) not after the time, if any."""
    best = None
    for order in candidates:
        if order.time > time:
            continue
        if best is None or (order.time, order.invoice) > (best.time, best.invoice):
            best = order
    return best


def load(path: str | Path) -> Book:
    """Return the Book of the file, building it once per path."""
    return _build(str(path))


@cache
def _build(path: str) -> Book:
    lines = read_lines(path)
    counts: Counter[str] = Counter()
    country_of: dict[str, str] = {}
    orders: dict[str, Order] = {}

    # Countries (over every row) and order headers and lines.
    for line in lines:
        if line.customer is not None and line.country is not None:
            known = country_of.get(line.customer)
            if known is None or line.country < known:
                country_of[line.customer] = line.country
        if line.invoice.startswith("C"):
            continue
        counts["lines_read"] += 1
        if line.time is None:
            raise ValueError(f"order line without a readable time: {line}")
        order = orders.get(line.invoice)
        if order is None:
            order = orders[line.invoice] = Order(line.invoice, line.time, line.customer)
        order.time = min(order.time, line.time)
        if line.customer is not None:
            order.customer = min(order.customer or line.customer, line.customer)
        order.stock_codes.add(line.stock_code)
        if line.quantity is None or line.price is None:
            raise ValueError(f"order line without a readable quantity or price: {line}")
        negative_quantity, negative_price = line.quantity < 0, line.price < 0
        if negative_quantity and negative_price:
            counts["lines_negative_both"] += 1
        if negative_quantity:
            counts["lines_rejected_negative_quantity"] += 1
        elif negative_price:
            counts["lines_rejected_negative_unit_price"] += 1
        else:
            counts["lines_accepted"] += 1
            order.accepted += 1
            order.revenue += line.quantity * line.price

    # Refunds, against the orders of the same customer that hold the same stock code.
    holding: dict[tuple[str, str], list[Order]] = defaultdict(list)
    for order in orders.values():
        if order.customer is not None:
            for stock_code in order.stock_codes:
                holding[order.customer, stock_code].append(order)
    refunds: list[Refund] = []
    for line in lines:
        if not line.invoice.startswith("C"):
            continue
        counts["refunds_read"] += 1
        if line.time is None or line.quantity is None or line.price is None:
            counts["refunds_unparsable"] += 1
            continue
        amount = -line.quantity * line.price
        if amount < 0:
            counts["refunds_negative_amount"] += 1
            continue
        if line.customer is None:
            counts["refunds_rejected_orphan_no_customer"] += 1
            counts["refunds_rejected_orphan"] += 1
            continue
        found = latest_order(holding.get((line.customer, line.stock_code), []), line.time)
        if found is None:
            counts["refunds_rejected_orphan"] += 1
            continue
        refunds.append(Refund(amount, line.time, found))

    counts["refunds_accepted"] = len(refunds)
    counts["orders"] = len(orders)
    counts["customers"] = len({line.customer for line in lines if line.customer is not None})
    for order in orders.values():
        guest = order.customer is None
        counts["orders_without_accepted_lines"] += order.accepted == 0
        counts["orders_counted"] += order.accepted > 0
        counts["guest_orders"] += guest
        counts["guest_orders_counted"] += guest and order.accepted > 0
    counts["customers_with_counted_order"] = len(
        {o.customer for o in orders.values() if o.accepted and o.customer is not None}
    )
    names = (
        "lines_read",
        "lines_accepted",
        "lines_rejected_negative_quantity",
        "lines_rejected_negative_unit_price",
        "lines_negative_both",
        "refunds_read",
        "refunds_accepted",
        "refunds_rejected_orphan",
        "refunds_rejected_orphan_no_customer",
        "refunds_negative_amount",
        "refunds_unparsable",
        "orders",
        "orders_without_accepted_lines",
        "orders_counted",
        "guest_orders",
        "guest_orders_counted",
        "customers",
        "customers_with_counted_order",
    )
    return Book(orders, refunds, country_of, {name: counts[name] for name in names})


def counted_orders(book: Book) -> list[Order]:
    """Return the orders with at least one accepted line; the others count as no order."""
    return [order for order in book.orders.values() if order.accepted]


def country_of_order(book: Book, order: Order) -> str:
    """Return the country of the order's customer, 'unknown' for a guest order."""
    if order.customer is None:
        return GUEST_COUNTRY
    return book.country_of.get(order.customer, GUEST_COUNTRY)


def order_days_by_customer(book: Book) -> dict[str, set[date]]:
    """Return customer -> days of the customer's counted orders; guests are left out."""
    days: dict[str, set[date]] = defaultdict(set)
    for order in counted_orders(book):
        if order.customer is not None:
            days[order.customer].add(order.time.date())
    return days


def net_revenue_by_month(path: str | Path) -> dict[str, Decimal]:
    """Return {'YYYY-MM': GBP}: accepted line revenue less accepted refunds, all months."""
    book = load(path)
    totals = dict.fromkeys(MONTHS, ZERO)
    for order in counted_orders(book):
        totals[month_of(order.time)] += order.revenue
    for refund in book.refunds:
        totals[month_of(refund.time)] -= refund.amount
    return totals


def net_revenue_by_month_and_country(path: str | Path) -> dict[tuple[str, str], Decimal]:
    """Return {('YYYY-MM', country): GBP}; only pairs with a counted order or a refund."""
    book = load(path)
    totals: dict[tuple[str, str], Decimal] = {}
    for order in counted_orders(book):
        key = month_of(order.time), country_of_order(book, order)
        totals[key] = totals.get(key, ZERO) + order.revenue
    for refund in book.refunds:
        key = month_of(refund.time), country_of_order(book, refund.order)
        totals[key] = totals.get(key, ZERO) - refund.amount
    return totals


def orders_by_month(path: str | Path) -> dict[str, int]:
    """Return {'YYYY-MM': number of orders with at least one accepted line}, all months."""
    totals = dict.fromkeys(MONTHS, 0)
    for order in counted_orders(load(path)):
        totals[month_of(order.time)] += 1
    return totals


def refunds_by_month(path: str | Path) -> dict[str, Decimal]:
    """Return {'YYYY-MM': GBP of accepted refunds, positive, by the refund's day}, all months."""
    totals = dict.fromkeys(MONTHS, ZERO)
    for refund in load(path).refunds:
        totals[month_of(refund.time)] += refund.amount
    return totals


def new_customers_by_month(path: str | Path) -> dict[str, int]:
    """Return {'YYYY-MM': customers whose first counted order is in the month}, all months."""
    totals = dict.fromkeys(MONTHS, 0)
    for days in order_days_by_customer(load(path)).values():
        totals[month_of(min(days))] += 1
    return totals


def active_customers_by_month(path: str | Path) -> dict[str, int]:
    """Return {'YYYY-MM': distinct customers with a counted order in the month}, all months."""
    totals = dict.fromkeys(MONTHS, 0)
    for days in order_days_by_customer(load(path)).values():
        for month in {month_of(day) for day in days}:
            totals[month] += 1
    return totals


def repeat_customers_by_month(path: str | Path) -> dict[str, int]:
    """Return {'YYYY-MM': active customers who also ordered before the month}, all months."""
    totals = dict.fromkeys(MONTHS, 0)
    for days in order_days_by_customer(load(path)).values():
        for month in {month_of(day) for day in days}:
            first_day = date(int(month[:4]), int(month[5:]), 1)
            if any(day < first_day for day in days):
                totals[month] += 1
    return totals


def cohort_retention(path: str | Path) -> dict[tuple[str, int], tuple[int, int]]:
    """Return {(cohort month, n): (cohort size, customers with an order n months later)}.

    The cohort is the month of the first counted order; every pair whose cohort month + n
    ended on or before the as-of day is present, also when nobody was retained.
    """
    active_by_cohort: dict[str, list[set[str]]] = defaultdict(list)
    for days in order_days_by_customer(load(path)).values():
        active_by_cohort[month_of(min(days))].append({month_of(day) for day in days})
    table = {}
    for cohort in ENDED_MONTHS:
        members = active_by_cohort.get(cohort, [])
        if not members:
            continue
        start = month_number(cohort)
        for n in range(month_number(ENDED_MONTHS[-1]) - start + 1):
            month = month_text(start + n)
            table[cohort, n] = len(members), sum(month in months for months in members)
    return table


def row_counts(path: str | Path) -> dict[str, int]:
    """Return the row counts by name.

    ``lines_negative_both`` is a part of ``lines_rejected_negative_quantity`` (quantity is
    checked first); ``refunds_rejected_orphan_no_customer`` a part of
    ``refunds_rejected_orphan``; refunds unparsable or with a negative amount are neither
    accepted nor orphans; ``orders`` counts every non-'C' invoice; ``customers`` every
    distinct CustomerID in the file, ``customers_with_counted_order`` those with an order
    that has an accepted line.
    """
    return dict(load(path).counts)


def main(path: str | Path = DEFAULT_PATH) -> None:
    """Print all figures compactly (money in GBP)."""
    for name, count in row_counts(path).items():
        print(f"{name:40} {count:>9}")
    net, orders, refunds = net_revenue_by_month(path), orders_by_month(path), refunds_by_month(path)
    new, active = new_customers_by_month(path), active_customers_by_month(path)
    repeat = repeat_customers_by_month(path)
    print(
        f"\n{'month':9}{'net':>16}{'refunds':>15}{'orders':>8}{'new':>6}{'active':>8}{'repeat':>8}"
    )
    for m in MONTHS:
        print(
            f"{m:9}{net[m]:>16}{refunds[m]:>15}{orders[m]:>8}{new[m]:>6}{active[m]:>8}{repeat[m]:>8}"
        )
    print(
        f"{'total':9}{sum(net.values()):>16}{sum(refunds.values()):>15}"
        f"{sum(orders.values()):>8}{sum(new.values()):>6}"
    )
    by_country: dict[str, Decimal] = defaultdict(Decimal)
    pairs = net_revenue_by_month_and_country(path)
    for (_, country), amount in pairs.items():
        by_country[country] += amount
    print(f"\nnet by country ({len(pairs)} month and country pairs)")
    ranked = sorted(by_country.items(), key=lambda item: -item[1])
    print("; ".join(f"{country} {amount}" for country, amount in ranked))
    print("\ncohort: size | retained in month n = 0, 1, ...")
    table = cohort_retention(path)
    for cohort in ENDED_MONTHS:
        row = [pair for (month, _), pair in sorted(table.items()) if month == cohort]
        if row:
            print(f"{cohort}: {row[0][0]:>4} |" + "".join(f"{kept:>5}" for _, kept in row))


if __name__ == "__main__":
    main(*sys.argv[1:2])
