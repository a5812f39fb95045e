"""Brute-force oracle of subscription KPIs over the RavenStack CSV files.

Standard library only. No interval arithmetic: for every customer and every calendar day
the MRR is written out (one list cell a day), and each month is judged by comparing the
cell of the day before it starts (opening) with the cell of its last day (closing).

Definitions
-----------
* A subscription row counts on day d when ``start_date <= d``, ``end_date`` is empty or
  ``end_date > d``, ``mrr_amount > 0`` and ``is_trial != 'True'``.
* The last day read is 2024-12-31 (``AS_OF``): rows starting later aren't read, an end later
  than that is open (no cell after ``AS_OF`` exists, so it is never reached).
* A customer is an ``account_id``; its MRR on a day is the sum over its counting rows.

Units: money is ``Decimal`` in the currency unit of ``mrr_amount`` (MRR: a month's amount),
counts are ``int``, rates are ``Decimal`` fractions (0.05 = 5 %) or ``None`` where the
opening is zero. Months are ``'YYYY-MM'`` strings, 2023-01 to 2024-12 (24 of them).
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

AS_OF = date(2024, 12, 31)
FIRST_MONTH = date(2023, 1, 1)
ONE_DAY = timedelta(days=1)
ZERO = Decimal(0)
DEFAULT_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "ravenstack"

# MRR of each customer on each day: {account_id: {day: MRR > 0}}; days without MRR are absent.
Daily = dict[str, dict[date, Decimal]]

MONEY_KEYS = (
    "opening_mrr",
    "new_mrr",
    "expansion_mrr",
    "reactivation_mrr",
    "contraction_mrr",
    "churned_mrr",
    "closing_mrr",
)
COUNT_KEYS = (
    "opening_subscribers",
    "new_subscribers",
    "reactivated_subscribers",
    "churned_subscribers",
    "closing_subscribers",
    "expanded_subscribers",
    "contracted_subscribers",
)
# movement -> (money key or None, count key or None)
MOVEMENT_KEYS: dict[str, tuple[str | None, str | None]] = {
    "new": ("new_mrr", "new_subscribers"),
    "reactivation": ("reactivation_mrr", "reactivated_subscribers"),
    "expansion": ("expansion_mrr", "expanded_subscribers"),
    "contraction": ("contraction_mrr", "contracted_subscribers"),
    "churn": ("churned_mrr", "churned_subscribers"),
    "unchanged": (None, None),
}


def _read(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of one CSV file, each ``{column: text}``, in file order."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _label(day: date) -> str:
    """Return the 'YYYY-MM' month of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def _months() -> dict[str, list[date]]:
    """Return ``{month: [every day of it, ascending]}`` for 2023-01 to 2024-12 (24 keys)."""
    months: dict[str, list[date]] = {}
    day = FIRST_MONTH
    while day <= AS_OF:
        months.setdefault(_label(day), []).append(day)
        day += ONE_DAY
    return months


def daily_mrr(folder: Path, segment: str | None = None) -> Daily:
    """Return ``{account_id: {day: MRR}}``, walking every counting row day by day.

    Only days with MRR > 0 have a cell; days run from the first start date to ``AS_OF``.
    ``segment``, when given, keeps the accounts whose ``industry`` equals it.
    """
    wanted: set[str] | None = None
    if segment is not None:
        accounts = _read(folder, "ravenstack_accounts.csv")
        wanted = {row["account_id"] for row in accounts if row["industry"] == segment}
    daily: Daily = {}
    for row in _read(folder, "ravenstack_subscriptions.csv"):
        if wanted is not None and row["account_id"] not in wanted:
            continue
        mrr = Decimal(row["mrr_amount"])
        if mrr <= 0 or row["is_trial"] == "True":
            continue
        end = date.fromisoformat(row["end_date"]) if row["end_date"] else None
        day = date.fromisoformat(row["start_date"])
        while day <= AS_OF and (end is None or end > day):
            cells = daily.setdefault(row["account_id"], {})
            cells[day] = cells.get(day, ZERO) + mrr
            day += ONE_DAY
    return daily


def _movement(cells: dict[date, Decimal], days: list[date]) -> tuple[str | None, Decimal, Decimal]:
    """Return ``(movement or None, opening MRR, closing MRR)`` of a customer in one month.

    ``cells`` is ``{day: MRR}`` of the customer, ``days`` every day of the month, ascending.
    """
    opening = cells.get(days[0] - ONE_DAY, ZERO)
    closing = cells.get(days[-1], ZERO)
    if opening == 0 and closing == 0:
        movement = None
    elif opening == 0:
        movement = "reactivation" if any(day < days[0] for day in cells) else "new"
    elif closing == 0:
        movement = "churn"
    elif closing > opening:
        movement = "expansion"
    elif closing < opening:
        movement = "contraction"
    else:
        movement = "unchanged"
    return movement, opening, closing


def _all_movements(daily: Daily) -> Iterator[tuple[str, str, str, Decimal, Decimal]]:
    """Yield ``(month, account_id, movement, opening MRR, closing MRR)``, movements only."""
    for month, days in _months().items():
        for account, cells in daily.items():
            movement, opening, closing = _movement(cells, days)
            if movement is not None:
                yield month, account, movement, opening, closing


def monthly_movements(
    folder: Path, segment: str | None = None
) -> dict[str, dict[str, Decimal | int]]:
    """Return ``{month: {figure: value}}``, 24 months by the 14 keys of MONEY/COUNT_KEYS.

    ``*_mrr`` are non-negative ``Decimal`` (contraction and churn as positive amounts),
    ``*_subscribers`` are ``int`` numbers of customers. ``segment`` filters by industry.
    """
    result: dict[str, dict[str, Decimal | int]] = {
        month: {**dict.fromkeys(MONEY_KEYS, ZERO), **dict.fromkeys(COUNT_KEYS, 0)}
        for month in _months()
    }
    for month, _, movement, opening, closing in _all_movements(daily_mrr(folder, segment)):
        figures = result[month]
        figures["opening_mrr"] += opening
        figures["closing_mrr"] += closing
        figures["opening_subscribers"] += int(opening > 0)
        figures["closing_subscribers"] += int(closing > 0)
        money_key, count_key = MOVEMENT_KEYS[movement]
        if money_key is not None:
            figures[money_key] += abs(closing - opening)
        if count_key is not None:
            figures[count_key] += 1
    return result


def _ratio(numerator: Decimal | int, denominator: Decimal | int) -> Decimal | None:
    """Return numerator / denominator as a ``Decimal`` fraction, None for a zero denominator."""
    return Decimal(numerator) / Decimal(denominator) if denominator else None


def churn_rate(folder: Path) -> dict[str, Decimal | None]:
    """Return ``{month: churned / opening subscribers}`` (fraction), None with no opening."""
    return {
        month: _ratio(row["churned_subscribers"], row["opening_subscribers"])
        for month, row in monthly_movements(folder).items()
    }


def net_revenue_retention(folder: Path) -> dict[str, Decimal | None]:
    """Return ``{month: (opening + expansion - contraction - churn) / opening}`` (fraction).

    All terms are MRR; None where the opening MRR is zero.
    """
    return {
        month: _ratio(
            row["opening_mrr"] + row["expansion_mrr"] - row["contraction_mrr"] - row["churned_mrr"],
            row["opening_mrr"],
        )
        for month, row in monthly_movements(folder).items()
    }


def gross_revenue_retention(folder: Path) -> dict[str, Decimal | None]:
    """Return ``{month: sum of min(opening, closing) MRR over customers / opening MRR}``.

    A fraction between 0 and 1; None where the opening MRR is zero.
    """
    kept = dict.fromkeys(_months(), ZERO)
    opened = dict.fromkeys(_months(), ZERO)
    for month, _, _, opening, closing in _all_movements(daily_mrr(folder)):
        kept[month] += min(opening, closing)
        opened[month] += opening
    return {month: _ratio(kept[month], opened[month]) for month in kept}


def _first_months(daily: Daily) -> dict[str, str]:
    """Return ``{account_id: 'YYYY-MM' of its first day with MRR > 0}``."""
    return {account: _label(min(cells)) for account, cells in daily.items()}


def new_customers(folder: Path) -> dict[str, int]:
    """Return ``{month: number of customers whose first day with MRR > 0 is in it}``."""
    firsts = Counter(_first_months(daily_mrr(folder)).values())
    return {month: firsts[month] for month in _months()}


def cohort_retention(folder: Path) -> dict[tuple[str, int], tuple[int, int]]:
    """Return ``{(cohort_month, n): (cohort_size, retained)}``, both numbers of customers.

    n counts months since the cohort month, up to 2024-12. At n = 0 retained is the cohort
    size; later it is the customers with MRR > 0 on the last day of that month. Months in
    which no customer had its first day have no entry.
    """
    daily = daily_mrr(folder)
    cohorts: dict[str, list[str]] = {}
    for account, month in _first_months(daily).items():
        cohorts.setdefault(month, []).append(account)
    months = _months()
    result: dict[tuple[str, int], tuple[int, int]] = {}
    for cohort, members in sorted(cohorts.items()):
        later = [month for month in months if month >= cohort]
        for n, month in enumerate(later):
            alive = sum(months[month][-1] in daily[account] for account in members)
            result[cohort, n] = (len(members), alive if n else len(members))
    return result


def subscription_revenue(folder: Path) -> dict[str, Decimal]:
    """Return ``{month: revenue}``: sum over its days of total MRR that day / days in month.

    In the currency unit of ``mrr_amount``; the days are added up before the one division,
    so that only the last of 28 digits is rounded.
    """
    daily = daily_mrr(folder)
    return {
        month: sum((cells.get(day, ZERO) for cells in daily.values() for day in days), ZERO)
        / len(days)
        for month, days in _months().items()
    }


def main(folder: Path) -> None:
    """Print one line a month, then the number of customer-months of each movement."""
    movements = monthly_movements(folder)
    churn, revenue = churn_rate(folder), subscription_revenue(folder)
    net, gross = net_revenue_retention(folder), gross_revenue_retention(folder)
    firsts = new_customers(folder)
    print(
        f"{'month':7} {'open':>8} {'+new':>7} {'+exp':>7} {'+react':>6} {'-contr':>6} {'-churn':>6}"
        f" {'close':>8} | {'open':>4} {'new':>4} {'rea':>4} {'chu':>4} {'clo':>4} {'exp':>4}"
        f" {'con':>4} | {'1st':>4} {'churn':>6} {'NRR':>6} {'GRR':>6} {'revenue':>11}"
    )
    for month, row in movements.items():
        money = " ".join(
            f"{row[key]:>{width}}"
            for key, width in zip(MONEY_KEYS, (8, 7, 7, 6, 6, 6, 8), strict=True)
        )
        counts = " ".join(f"{row[key]:>4}" for key in COUNT_KEYS)
        rates = " ".join(
            f"{'-':>6}" if rate is None else f"{rate:6.4f}"
            for rate in (churn[month], net[month], gross[month])
        )
        print(f"{month} {money} | {counts} | {firsts[month]:>4} {rates} {revenue[month]:>11.2f}")
    tally = Counter(movement for _, _, movement, _, _ in _all_movements(daily_mrr(folder)))
    print("\ncustomer-months:", ", ".join(f"{name} {tally[name]}" for name in MOVEMENT_KEYS))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER)
