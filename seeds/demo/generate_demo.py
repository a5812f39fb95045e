"""Make the demo company's raw tables: Lumen, coffee and the software to run a coffee bar with.

Run `python seeds/demo/generate_demo.py`: it writes okr_demo__*.csv beside itself, the same bytes
each time. The story: on 2026-03-01 the starter plan gets dearer, small customers leave in spring,
an offer wins some of them back in summer; refunds fall in July and come back in August. Support is
flooded in spring, answers get worse; a new onboarding in May activates more new customers.

Money is in the row's own currency, times are UTC, dates are ISO. Every value is written as text,
the bad ones too (see `add_dirt`).
"""

import argparse
import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

FIRST_DAY, LAST_DAY = date(2024, 9, 1), date(2026, 9, 13)
PRICE_RISE = date(2026, 3, 1)
CURRENCIES = {"FR": "EUR", "PT": "EUR", "DE": "EUR", "GB": "GBP", "US": "USD"}
PLAN_PRICES = {"starter": 29, "team": 99, "business": 299}
PLANS_OF_SEGMENT = {"smb": (76, 22, 2), "mid_market": (15, 65, 20), "enterprise": (0, 35, 65)}
# category: lowest price, highest price, share of sales
PRODUCTS = {
    "beans": (12, 38, 60),
    "accessories": (8, 60, 28),
    "machines": (180, 450, 6),
    "training": (90, 150, 6),
}
COLUMNS = {
    "customers": "customer_id created_at country segment acquisition_channel",
    "orders": "order_id customer_id ordered_at status currency_code",
    "order_lines": "order_line_id order_id product_category quantity unit_price"
    " discount_amount unit_cost",
    "refunds": "refund_id order_id refunded_at amount currency_code",
    "subscriptions": "subscription_id customer_id plan status started_at ended_at amount"
    " billing_interval quantity currency_code churn_reason",
    "marketing_spend": "spend_date channel campaign amount currency_code impressions clicks",
    "operating_expenses": "expense_id expense_date category department amount currency_code",
    "exchange_rates": "rate_date currency_code rate",
    "marketing_touches": "touch_id customer_id touched_at channel campaign",
    "product_events": "event_id customer_id user_id occurred_at event_name",
    "survey_responses": "response_id customer_id survey_type score responded_at",
    "support_tickets": "ticket_id customer_id opened_at first_responded_at solved_at",
    "kpi_targets": "kpi_id dimension dimension_value period_grain valid_from"
    " lower_bound upper_bound provenance",
}
Tables = dict[str, list[dict]]


def months() -> list[date]:
    """Return the first day of each month of the demo, the running one included."""
    starts = [date(2024 + number // 12, number % 12 + 1, 1) for number in range(8, 33)]
    return [start for start in starts if start <= LAST_DAY]


def days_after(day: date, number: int) -> date:
    """Return the day so many days later."""
    return day + timedelta(days=number)


def moment(random: Random, day: date) -> str:
    """Return a UTC time on a day, as text."""
    return f"{day} {random.randrange(6, 20):02}:{random.randrange(60):02}:00"


def churn_chance(segment: str, plan: str, month: date) -> float:
    """Return the chance, 0 to 1, that a subscription ends in a month."""
    chance = {"starter": 0.022, "team": 0.014, "business": 0.006}[plan]
    if month >= PRICE_RISE and plan == "starter":
        by_month = {3: 0.08, 4: 0.105, 5: 0.1, 6: 0.085, 7: 0.068, 8: 0.055, 9: 0.05}
        chance = by_month[month.month] * (1 if segment == "smb" else 0.5)
    return chance


def add_customers(random: Random, tables: Tables) -> None:
    """Add about 2,000 customers, a few more each month; paid search brings fewer in 2026."""
    for number, month in enumerate(months()):
        channels = (35, 22, 24, 19) if month.year == 2026 else (34, 31, 20, 15)
        days = min(28, (LAST_DAY - month).days + 1)
        for _ in range(int((64 + number * 1.6) * days / 28)):
            customer = {
                "customer_id": f"C{len(tables['customers']) + 1:05}",
                "created_at": moment(random, days_after(month, random.randrange(days))),
                "country": random.choices(list(CURRENCIES), (30, 10, 25, 18, 17))[0],
                "segment": random.choices(list(PLANS_OF_SEGMENT), (62, 27, 11))[0],
                "acquisition_channel": random.choices(
                    ("organic", "paid_search", "social", "partner"), channels
                )[0],
            }
            tables["customers"].append(customer)


class Subscription:
    """A subscription that is lived through month by month; each change ends a version."""

    def __init__(self, random: Random, tables: Tables, customer: dict, start: date) -> None:
        """Start with a plan that suits the segment, two in five with a trial of 14 days."""
        self.random, self.rows, self.customer = random, tables["subscriptions"], customer
        self.id = f"S{len(self.rows) + 10001}"
        self.plan = random.choices(list(PLAN_PRICES), PLANS_OF_SEGMENT[customer["segment"]])[0]
        self.interval = random.choices(("month", "year", "quarter"), (78, 17, 5))[0]
        self.quantity = random.randrange(1, 4) if self.plan == "team" else 1
        self.price, self.is_open = PLAN_PRICES[self.plan], True
        if self.plan == "starter" and start >= PRICE_RISE:
            self.price = 35
        if random.random() < 0.4:
            self.add_version(start, "trialing")
            start = days_after(start, 14)
            self.rows[-1]["ended_at"] = str(start)
            if random.random() < 0.2 or start > LAST_DAY:
                self.is_open = False
                return
        self.start = start
        self.add_version(start, "active")

    def add_version(self, day: date, status: str) -> None:
        """Add a version that is open until something ends it."""
        amount = self.price * {"month": 1, "quarter": 3, "year": 10}[self.interval]
        self.rows.append(
            {
                "subscription_id": self.id,
                "customer_id": self.customer["customer_id"],
                "plan": self.plan,
                "status": status,
                "started_at": str(day),
                "ended_at": "",
                "amount": f"{amount}.00",
                "billing_interval": self.interval,
                "quantity": self.quantity,
                "currency_code": CURRENCIES[self.customer["country"]],
                "churn_reason": "",
            }
        )
        self.version = self.rows[-1]

    def change(self, day: date, **values: object) -> None:
        """End the version on a day and go on with other values."""
        self.version["ended_at"] = str(day)
        for name, value in values.items():
            setattr(self, name, value)
        self.add_version(day, "active")

    def live_month(self, month: date) -> date | None:
        """Live through a month; return the day of the end if it ended."""
        random = self.random
        day = days_after(month, random.randrange(1, 28))
        if not self.is_open or day <= self.start or day > LAST_DAY:
            return None
        if self.price == 29 and self.interval == "month" and self.start < PRICE_RISE == month:
            self.change(PRICE_RISE, price=35)
        if random.random() < churn_chance(self.customer["segment"], self.plan, month):
            reasons = ("price", "price", "missing_feature", "closed_shop", "other")
            self.version |= {
                "status": "cancelled",
                "ended_at": str(day),
                "churn_reason": random.choice(reasons),
            }
            self.is_open = False
            return day
        luck = random.random()
        if luck < 0.018 and self.plan != "business":
            plan = {"starter": "team", "team": "business"}[self.plan]
            self.change(day, plan=plan, price=PLAN_PRICES[plan], quantity=1)
        elif luck < 0.026 and self.plan == "business":
            self.change(day, plan="team", price=PLAN_PRICES["team"], quantity=2)
        elif luck < 0.045 and self.plan == "team":
            self.change(day, quantity=self.quantity + 1)
        elif luck > 0.93 and self.price == 35 and date(2026, 6, 1) <= month:
            self.change(day, price=29)
        elif luck > 0.9975:
            self.version["ended_at"] = str(day)
            self.add_version(day, "paused")
            self.is_open = False
        return None


def add_subscriptions(random: Random, tables: Tables) -> None:
    """Add a subscription for two in three customers, a second for a few, some who return."""
    lived: list[Subscription] = []
    starts = [
        (date.fromisoformat(customer["created_at"][:10]), customer)
        for customer in tables["customers"]
        if random.random() < 0.66
    ]
    starts += [
        (days_after(day, 150), customer) for day, customer in starts if random.random() < 0.03
    ]
    for month in months():
        for start, customer in starts:
            if (start.year, start.month) == (month.year, month.month) and start <= LAST_DAY:
                lived.append(Subscription(random, tables, customer, start))
        for subscription in lived:
            ended = subscription.live_month(month)
            if ended and random.random() < 0.09:
                back = days_after(ended, random.randrange(40, 160))
                starts.append((back, subscription.customer))


def add_orders(random: Random, tables: Tables) -> None:
    """Add about 7,000 one-off orders; two in five customers buy, each at a pace of their own."""
    buyers = [
        (customer, random.choice((0.3, 0.8, 1.8, 3.0)))
        for customer in tables["customers"]
        if random.random() < 0.42
    ]
    for number, month in enumerate(months()):
        for customer, pace in buyers:
            created = date.fromisoformat(customer["created_at"][:10])
            for _ in range(random.choices((0, 1, 2), (1.3, pace, pace * 0.3))[0]):
                day = days_after(month, random.randrange(28))
                if created <= day <= LAST_DAY:
                    add_order(random, tables, customer, day, number)


def add_order(random: Random, tables: Tables, customer: dict, day: date, number: int) -> None:
    """Add one order with its lines and perhaps a refund; costs fall month by month."""
    orders, lines = tables["orders"], tables["order_lines"]
    order = {
        "order_id": f"O{len(orders) + 100001}",
        "customer_id": customer["customer_id"],
        "ordered_at": moment(random, day),
        "status": "cancelled" if random.random() < 0.02 else "completed",
        "currency_code": CURRENCIES[customer["country"]],
    }
    orders.append(order)
    total = 0.0
    for _ in range(random.choices((1, 2, 3), (6, 3, 1))[0]):
        category = random.choices(list(PRODUCTS), [share for _, _, share in PRODUCTS.values()])[0]
        low, high, _ = PRODUCTS[category]
        price = round(random.uniform(low, high), 2)
        quantity = random.choices((1, 2, 4), (6, 3, 1))[0] if high < 100 else 1
        discount = round(price * quantity * 0.1, 2) if random.random() < 0.12 else 0
        cost = round(price * (0.56 - 0.004 * number) * random.uniform(0.95, 1.05), 2)
        total += price * quantity - discount
        lines.append(
            {
                "order_line_id": f"L{len(lines) + 200001}",
                "order_id": order["order_id"],
                "product_category": category,
                "quantity": quantity,
                "unit_price": price,
                "discount_amount": discount or "",
                "unit_cost": cost if random.random() < 0.98 else "",
            }
        )
    by_month = {(2026, 6): 0.034, (2026, 7): 0.012, (2026, 8): 0.042}
    if random.random() < by_month.get((day.year, day.month), 0.026):
        share = random.choice((1, 1, 1, 0.5))
        refunded = days_after(day, random.randrange(1, 9))
        if refunded <= LAST_DAY:
            tables["refunds"].append(
                {
                    "refund_id": f"R{len(tables['refunds']) + 300001}",
                    "order_id": order["order_id"],
                    "refunded_at": moment(random, refunded),
                    "amount": f"{total * share:.2f}",
                    "currency_code": order["currency_code"],
                }
            )


def add_spend(random: Random, tables: Tables) -> None:
    """Add a week's spend per paid channel; paid search gets dearer in 2026."""
    budgets = {"paid_search": (1500, "USD"), "social": (800, "EUR"), "partner": (520, "EUR")}
    monday = date(2024, 9, 2)
    while monday <= LAST_DAY:
        for channel, (budget, currency) in budgets.items():
            grown = budget * (1 + 0.004 * (monday - FIRST_DAY).days / 7)
            if channel == "paid_search" and monday.year == 2026:
                grown *= 1.35
            amount = grown * random.uniform(0.85, 1.15)
            tables["marketing_spend"].append(
                {
                    "spend_date": monday,
                    "channel": channel,
                    "campaign": f"{channel}_{'brand' if monday.month % 2 else 'offer'}",
                    "amount": f"{amount:.2f}",
                    "currency_code": currency,
                    "impressions": int(amount * 90),
                    "clicks": int(amount * 1.4),
                }
            )
        monday = days_after(monday, 7)


def add_ledger(random: Random, tables: Tables) -> None:
    """Add the month's ledger lines; salaries and hosting grow with the company."""
    for number, month in enumerate(months()):
        amounts = {
            ("cost_of_revenue", "hosting"): 700 + 1750 * number,
            ("variable", "shipping"): 700 + 40 * number,
            ("sales_and_marketing", "sales"): 5200 + 560 * number,
            ("payroll", "product"): 9500 + 1650 * number,
            ("rent", "office"): 2100,
            ("software", "tools"): 800 + 15 * number,
        }
        for (category, department), amount in amounts.items():
            day = month if category == "rent" else days_after(month, 24)
            if day <= LAST_DAY:
                tables["operating_expenses"].append(
                    {
                        "expense_id": f"E{len(tables['operating_expenses']) + 1:04}",
                        "expense_date": day,
                        "category": category,
                        "department": department,
                        "amount": f"{amount * random.uniform(0.97, 1.03):.2f}",
                        "currency_code": "EUR",
                    }
                )


def add_rates(random: Random, tables: Tables) -> None:
    """Add a rate a weekday; weekends have none, and the first Sunday has none before it."""
    rates = {"GBP": 1.17, "USD": 0.92}
    day = days_after(FIRST_DAY, 1)
    while day <= LAST_DAY:
        for currency in rates if day.weekday() < 5 else ():
            rates[currency] *= 1 + random.uniform(-0.003, 0.003)
            tables["exchange_rates"].append(
                {"rate_date": day, "currency_code": currency, "rate": f"{rates[currency]:.5f}"}
            )
        day = days_after(day, 1)


def copy_of(row: dict, **changes: object) -> dict:
    """Return a copy of a row with some values changed."""
    return row | changes


def add_dirt(random: Random, tables: Tables) -> None:
    """Add what real extracts hold; the comment says what must become of it."""
    customers, orders, lines = tables["customers"], tables["orders"], tables["order_lines"]
    refunds, subscriptions = tables["refunds"], tables["subscriptions"]
    # awkward ids that are right
    for number, name in enumerate(["O'Hara, Inc.", 'Café "Lumière" ☕', "semi;colon  and space"]):
        customers.append(copy_of(customers[number], customer_id=name))
        orders.append(copy_of(orders[number], order_id=f"{name}-1", customer_id=name))
        lines.append(copy_of(lines[number], order_line_id=f"{name}-1-1", order_id=f"{name}-1"))
    # duplicates: the same row twice, and an older row of a key
    for rows in (customers, orders, lines, refunds, subscriptions, tables["operating_expenses"]):
        rows.extend(copy_of(row) for row in random.sample(rows[:90], 4))
    customers.append(copy_of(customers[50], created_at="2024-08-15 09:00:00", segment="enterprise"))
    orders.append(copy_of(orders[60], ordered_at="2024-08-20 09:00:00", status="pending"))
    # orphans: rejected
    orders.extend(copy_of(orders[i], order_id=f"X{i}", customer_id=f"gone-{i}") for i in range(9))
    lines.extend(copy_of(lines[i], order_line_id=f"XL{i}", order_id=f"gone-{i}") for i in range(12))
    refunds.extend(copy_of(refunds[i], refund_id=f"XR{i}", order_id=f"gone-{i}") for i in range(3))
    # numbers and dates that can't be read, and a missing key: rejected; -4.00 is a credit
    for number, price in enumerate(("n/a", "12,50", "", "-4.00")):
        lines.append(copy_of(lines[number], order_line_id=f"P{number}", unit_price=price))
    for number, day in enumerate(("2026-02-30 10:00:00", "yesterday", "")):
        orders.append(copy_of(orders[number], order_id=f"D{number}", ordered_at=day))
    orders.append(copy_of(orders[5], order_id=""))
    tables["marketing_spend"].append(
        copy_of(tables["marketing_spend"][3], campaign="typo", amount="1.2k")
    )
    tables["operating_expenses"].append(
        copy_of(tables["operating_expenses"][3], expense_id="EX1", expense_date="31/12/2025")
    )
    tables["exchange_rates"].append({"rate_date": "2025-05-05", "currency_code": "GBP", "rate": 0})
    # a currency that has no rate at all, and one without a rate yet: rejected
    orders.append(copy_of(orders[7], order_id="XXX-1", currency_code="XXX"))
    orders.append(
        copy_of(orders[8], order_id="USD-1", currency_code="USD", ordered_at="2024-09-01 08:00:00")
    )
    # a subscription that ends before it starts: rejected; versions that overlap: the later wins
    subscriptions.append(
        copy_of(
            subscriptions[2], subscription_id="SX1", started_at="2025-03-10", ended_at="2025-03-01"
        )
    )
    overlap = copy_of(subscriptions[0], subscription_id="SX2", status="active", ended_at="")
    subscriptions.append(copy_of(overlap, started_at="2025-01-10", ended_at="2025-06-30"))
    subscriptions.append(copy_of(overlap, started_at="2025-04-01", quantity=2))
    subscriptions.append(copy_of(subscriptions[4], subscription_id="SX3", status="frozen"))
    # guests are right, other spellings of cancelled too
    for number in range(6):
        guest = f"G{number}"
        orders.append(copy_of(orders[200 + number], order_id=guest, customer_id=""))
        lines.append(copy_of(lines[300 + number], order_line_id=f"{guest}-1", order_id=guest))
    orders[400]["status"], orders[401]["status"] = "Cancelled", "canceled"
    customers[70]["country"] = customers[71]["acquisition_channel"] = ""
    # dated after the as-of date: not read yet
    late = copy_of(orders[-1], order_id="F1", ordered_at="2026-09-14 07:00:00")
    orders.append(late)
    lines.append(copy_of(lines[-1], order_line_id="F1-1", order_id="F1"))
    # an offset is honoured: this is still August 31 in Paris
    orders.append(copy_of(orders[9], order_id="Z1", ordered_at="2026-08-31 23:30:00+02:00"))
    lines.append(copy_of(lines[9], order_line_id="Z1-1", order_id="Z1"))
    # rows that came late stand at the end, though they are old
    for rows in (orders, lines):
        rows.extend(rows.pop(random.randrange(100, 150)) for _ in range(10))


def add_touches(random: Random, tables: Tables) -> None:
    """Add the ads and visits that customers remember; one in eight has none."""
    channels = ("organic", "paid_search", "social", "partner")
    for customer in tables["customers"]:
        if random.random() < 0.12:
            continue
        created = date.fromisoformat(customer["created_at"][:10])
        for number in range(random.choices((1, 2, 3), (55, 30, 15))[0]):
            day = days_after(created, -random.randrange(0, 40) if number else -41)
            channel = customer["acquisition_channel"] or "organic"
            if number or random.random() < 0.15:
                channel = random.choice(channels)
            tables["marketing_touches"].append(
                {
                    "touch_id": f"T{len(tables['marketing_touches']) + 1}",
                    "customer_id": customer["customer_id"],
                    "touched_at": moment(random, day),
                    "channel": channel,
                    "campaign": "",
                }
            )


def paid_days(tables: Tables) -> dict[str, list[tuple[date, date]]]:
    """Return {customer: [(first day, last day)]} of what subscribers may use, trials included."""
    spans: dict[str, list[tuple[date, date]]] = {}
    for row in tables["subscriptions"]:
        if row["status"] in ("active", "cancelled", "trialing"):
            end = date.fromisoformat(row["ended_at"]) if row["ended_at"] else LAST_DAY
            start = date.fromisoformat(row["started_at"])
            spans.setdefault(row["customer_id"], []).append((start, min(end, LAST_DAY)))
    return spans


def add_events(random: Random, tables: Tables) -> None:
    """Add the app's events: a new onboarding in May 2026 activates more; small bars use it less."""
    segments = {row["customer_id"]: row["segment"] for row in tables["customers"]}

    def add(customer: str, user: int, day: date, name: str) -> None:
        if day <= LAST_DAY:
            tables["product_events"].append(
                {
                    "event_id": f"V{len(tables['product_events']) + 1}",
                    "customer_id": customer,
                    "user_id": f"{customer}-{user}",
                    "occurred_at": moment(random, day),
                    "event_name": name,
                }
            )

    for customer, spans in paid_days(tables).items():
        users = 1 if segments[customer] == "smb" else random.randrange(1, 4)
        start = min(first for first, _ in spans)
        if random.random() < (0.72 if start >= date(2026, 5, 1) else 0.48):
            add(customer, 0, days_after(start, random.randrange(0, 22)), "menu_published")
        for first, last in spans:
            for user in range(users):
                pace = random.choice((18, 35, 60))
                day = days_after(first, random.randrange(1, 9))
                while day < last:
                    add(customer, user, day, random.choice(("login", "login", "till_closed")))
                    slower = 1.4 if day >= PRICE_RISE and segments[customer] == "smb" else 1
                    day = days_after(day, 1 + int(random.expovariate(1 / (pace * slower))))


def add_surveys(random: Random, tables: Tables) -> None:
    """Add answers: the price rise makes detractors of small bars, who come round in summer."""
    segments = {row["customer_id"]: row["segment"] for row in tables["customers"]}
    for customer, spans in paid_days(tables).items():
        day = days_after(spans[0][0], random.randrange(20, 60))
        while day < spans[-1][1]:
            is_angry = segments[customer] == "smb" and PRICE_RISE <= day < date(2026, 7, 1)
            weights = (30, 30, 40) if not is_angry else (62, 23, 15)
            low, high = random.choices(((0, 6), (7, 8), (9, 10)), weights)[0]
            for kind, score in (
                ("nps", random.randint(low, high)),
                ("csat", random.choices((1, 2, 3, 4, 5), (4, 6, 14 + 12 * is_angry, 40, 36))[0]),
            ):
                tables["survey_responses"].append(
                    {
                        "response_id": f"A{len(tables['survey_responses']) + 1}",
                        "customer_id": customer,
                        "survey_type": kind,
                        "score": score,
                        "responded_at": moment(random, day),
                    }
                )
            day = days_after(day, random.randrange(100, 240))


def add_tickets(random: Random, tables: Tables) -> None:
    """Add support tickets: a flood after the price rise, answered faster from July 2026."""
    for customer, spans in paid_days(tables).items():
        day = spans[0][0]
        while day < spans[-1][1]:
            flood = PRICE_RISE <= day < date(2026, 6, 1)
            hours = random.lognormvariate(2.6 + 0.7 * flood - 0.5 * (day >= date(2026, 7, 1)), 0.8)
            opened = moment(random, day)
            solved = datetime.fromisoformat(opened) + timedelta(minutes=int(hours * 60))
            is_solved = solved.date() <= LAST_DAY and random.random() < 0.97
            tables["support_tickets"].append(
                {
                    "ticket_id": f"K{len(tables['support_tickets']) + 1}",
                    "customer_id": customer,
                    "opened_at": opened,
                    "first_responded_at": "",
                    "solved_at": solved.isoformat(" ") if is_solved else "",
                }
            )
            day = days_after(day, 1 + int(random.expovariate(1 / (60 if flood else 170))))


def add_ranges(random: Random, tables: Tables) -> None:
    """Add the healthy ranges that the founders agreed on."""
    ranges = (
        ("customer_churn_rate", "", "", "", 0.04, "agreed"),
        ("customer_churn_rate", "segment", "smb", "", 0.05, "agreed"),
        ("gross_margin", "", "", 0.55, "", "agreed"),
        ("net_revenue_retention", "", "", 0.97, "", "default"),
        ("cac", "acquisition_channel", "paid_search", "", 700, "agreed"),
        ("refund_rate", "", "", "", 0.03, "agreed"),
        ("nps", "", "", 0, "", "agreed"),
        ("csat", "", "", 0.7, "", "placeholder"),
        ("repeat_purchase_rate", "", "", 0.6, 0.95, "default"),
        ("median_resolution_hours", "", "", "", 24, "agreed"),
    )
    for kpi, dimension, value, lower, upper, provenance in ranges:
        tables["kpi_targets"].append(
            {
                "kpi_id": kpi,
                "dimension": dimension,
                "dimension_value": value,
                "period_grain": "month",
                "valid_from": "2024-09-01",
                "lower_bound": lower,
                "upper_bound": upper,
                "provenance": provenance,
            }
        )


def add_more_dirt(random: Random, tables: Tables) -> None:
    """Add what extracts of touches, events, answers and tickets hold."""
    events, answers = tables["product_events"], tables["survey_responses"]
    tickets, touches = tables["support_tickets"], tables["marketing_touches"]
    # duplicates, orphans
    for rows in (events, answers, tickets, touches):
        rows.extend(dict(row) for row in random.sample(rows[:90], 4))
    events.append(events[5] | {"event_id": "VX1", "customer_id": "gone-1"})
    touches.append(touches[5] | {"touch_id": "TX1", "customer_id": "gone-1"})
    # no user, no time, a score off the scale, an unknown survey, solved before it was opened
    events.append(events[6] | {"event_id": "VX2", "user_id": ""})
    events.append(events[7] | {"event_id": "VX3", "occurred_at": "soon"})
    answers.append(answers[0] | {"response_id": "AX1", "score": 11})
    answers.append(answers[0] | {"response_id": "AX2", "survey_type": "stars"})
    tickets.append(tickets[0] | {"ticket_id": "KX1", "solved_at": "2024-01-01 09:00:00"})
    # right, though unusual: an anonymous answer, a zero, an event of no customer
    answers.append(answers[0] | {"response_id": "AX3", "customer_id": ""})
    answers.append(answers[2] | {"response_id": "AX4", "score": 0})
    events.append(events[8] | {"event_id": "VX4", "customer_id": "", "user_id": "visitor"})


def make_tables() -> Tables:
    """Return {input: rows}, each row {column: value}."""
    random = Random(20260913)
    tables: Tables = {name: [] for name in COLUMNS}
    steps = (
        add_customers,
        add_subscriptions,
        add_orders,
        add_spend,
        add_ledger,
        add_rates,
        add_dirt,
    )
    for add in steps:
        add(random, tables)
    later_steps = (add_touches, add_events, add_surveys, add_tickets, add_ranges, add_more_dirt)
    for add in later_steps:
        # a stream of its own, so that a new table leaves the others as they are
        add(Random(add.__name__), tables)
    return tables


def main() -> None:
    """Write the tables as CSV files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent)
    folder = parser.parse_args().folder
    for name, rows in make_tables().items():
        with (folder / f"okr_demo__{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS[name].split(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
