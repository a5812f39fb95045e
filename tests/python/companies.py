"""Random small companies for property tests, drawn by hypothesis: overlaps, gaps, same-day changes.

Each company is a segment of its own in one set of tables, so that one build tests many.
"""

import random
from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

FIRST_DAY = date(2025, 1, 1)
COLUMNS = {
    "customers": "customer_id created_at country segment acquisition_channel",
    "orders": "order_id customer_id ordered_at status currency_code",
    "order_lines": "order_line_id order_id product_category quantity unit_price"
    " discount_amount unit_cost",
    "refunds": "refund_id order_id refunded_at amount currency_code subscription_id customer_id",
    "subscriptions": "subscription_id customer_id plan status started_at ended_at amount"
    " billing_interval quantity currency_code churn_reason",
    "marketing_spend": "spend_date channel campaign amount currency_code impressions clicks",
    "operating_expenses": "expense_id expense_date category department amount currency_code",
    "exchange_rates": "rate_date currency_code rate",
    "marketing_touches": "touch_id customer_id touched_at channel campaign",
    "product_events": "event_id customer_id user_id occurred_at event_name",
    "survey_responses": "response_id customer_id survey_type score responded_at",
    "support_tickets": "ticket_id customer_id opened_at first_responded_at solved_at",
}
INPUTS = list(COLUMNS)
CHANNELS = ["ads", "fairs", "friends"]
Tables = dict[str, list[dict[str, str]]]


def on(day: int, hour: int = 12) -> str:
    """Return a UTC time so many days after the first day, as text."""
    return f"{FIRST_DAY + timedelta(days=day)} {hour:02}:30:00"


def day_or_time(day: int) -> st.SearchStrategy[str]:
    """Draw a day as text, bare or with a time of it."""
    bare = st.just(str(FIRST_DAY + timedelta(days=day)))
    return st.one_of(bare, st.integers(8, 20).map(lambda hour: on(day, hour)))


# the last ones are after the as-of date (day 139)
days = st.integers(0, 145)
hours = st.integers(0, 23)
currencies = st.sampled_from(["USD", "USD", "EUR", "GBP"])


@st.composite
def versions(draw: st.DrawFn) -> list[dict]:
    """Draw the versions of one subscription: they may overlap, leave gaps, touch, start on one day.

    Days and times, so that two versions of a day have an order.
    """
    steps = st.one_of(st.just(0), st.integers(1, 40))
    starts = [draw(st.integers(0, 110))]
    for _ in range(draw(st.integers(0, 3))):
        starts.append(starts[-1] + draw(steps))
    rows = []
    for number, start in enumerate(starts):
        lengths = [st.none(), st.integers(0, 50)]
        if number + 1 < len(starts):
            # to the day that the next one starts on
            lengths.append(st.just(starts[number + 1] - start))
        length = draw(st.one_of(lengths))
        rows.append(
            {
                "plan": draw(st.sampled_from(["basic", "pro"])),
                "status": draw(
                    st.sampled_from(
                        ["active", "active", "cancelled", "past_due"]
                        + ["trialing", "paused", "unpaid"]
                    )
                ),
                "started_at": draw(day_or_time(start)),
                "ended_at": "" if length is None else draw(day_or_time(start + length)),
                "amount": draw(st.sampled_from(["0", "10", "20", "31.7", "120"])),
                "billing_interval": draw(
                    st.sampled_from(["month", "month", "year", "quarter", "week", "day"])
                ),
                "quantity": draw(st.sampled_from(["", "1", "3"])),
                "currency_code": draw(currencies),
                "churn_reason": "",
            }
        )
    return rows


@st.composite
def orders(draw: st.DrawFn) -> dict:
    """Draw an order with its lines, maybe none, and refunds, which may be more than its worth."""
    return {
        "day": draw(days),
        "hour": draw(hours),
        "status": draw(st.sampled_from(["paid", "Partially Fulfilled", "", "on-hold"])),
        "currency_code": draw(currencies),
        "is_guest": draw(st.booleans()) and draw(st.booleans()),
        "lines": draw(
            st.lists(
                st.tuples(
                    st.sampled_from(["1", "2", "0", "-1"]),
                    st.sampled_from(["0", "5", "19.99", "-3"]),
                    st.sampled_from(["", "2"]),
                    st.sampled_from(["", "3"]),
                ),
                max_size=2,
            )
        ),
        "refunds": draw(
            st.lists(
                st.tuples(
                    st.integers(0, 30),
                    st.sampled_from(["5", "60"]),
                    st.sampled_from(["", "", "USD", "EUR", "GBP"]),
                ),
                max_size=2,
            )
        ),
    }


@st.composite
def customers(draw: st.DrawFn) -> dict:
    """Draw a customer with all that happens to them."""
    return {
        "country": draw(st.sampled_from(["FR", "US", ""])),
        "channel": draw(st.sampled_from([*CHANNELS, ""])),
        "subscriptions": draw(st.lists(versions(), max_size=3)),
        "orders": draw(st.lists(orders(), max_size=4)),
        # of a subscription, by its number, or of the customer alone
        "refunds": draw(
            st.lists(
                st.tuples(days, st.sampled_from(["4", "-1"]), currencies, st.integers(-1, 2)),
                max_size=2,
            )
        ),
        "touches": draw(
            st.lists(st.tuples(days, hours, st.sampled_from([*CHANNELS, ""])), max_size=4)
        ),
        "events": draw(
            st.lists(
                st.tuples(
                    days, hours, st.integers(1, 2), st.sampled_from(["seen", "seen", "launched"])
                ),
                max_size=8,
            )
        ),
        "answers": draw(
            st.lists(
                st.tuples(days, hours, st.sampled_from(["nps", "csat"]), st.integers(0, 11)),
                max_size=4,
            )
        ),
        "tickets": draw(
            st.lists(st.tuples(days, hours, st.one_of(st.none(), st.integers(0, 9))), max_size=3)
        ),
    }


companies = st.lists(customers(), min_size=1, max_size=4)


def draw_examples(strategy: st.SearchStrategy, number: int, start: int) -> list:
    """Return so many examples of a strategy, the same ones each time for a start."""
    drawn = []

    @seed(start)
    @settings(
        max_examples=number,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(example: object) -> None:
        drawn.append(example)

    draw()
    return drawn


def random_companies(number: int) -> list[list[dict]]:
    """Return so many companies, the same ones each time."""
    return draw_examples(companies, number, 20250520)


def merge(drawn: list[list[dict]]) -> Tables:
    """Return the raw tables that hold all companies, a segment each."""
    tables: Tables = {name: [] for name in COLUMNS}
    for number, company in enumerate(drawn):
        for place, customer in enumerate(company):
            add_customer(tables, f"company_{number}", f"c{number}-{place}", customer)
    add_shared_rows(tables)
    return {
        name: [
            {column: str(row.get(column, "")) for column in COLUMNS[name].split()} for row in rows
        ]
        for name, rows in tables.items()
    }


def add_customer(tables: Tables, segment: str, name: str, customer: dict) -> None:
    """Add a customer's rows to the tables."""

    def add(table: str, key: str, **row: object) -> str:
        identity = f"{key}{len(tables[table])}"
        tables[table].append({COLUMNS[table].split()[0]: identity} | row)
        return identity

    tables["customers"].append(
        {"customer_id": name, "created_at": on(0), "country": customer["country"]}
        | {"segment": segment, "acquisition_channel": customer["channel"]}
    )
    for subscription, rows in enumerate(customer["subscriptions"]):
        for row in rows:
            tables["subscriptions"].append(
                {"subscription_id": f"{name}-s{subscription}", "customer_id": name} | row
            )
    for order in customer["orders"]:
        order_id = add(
            "orders",
            "o",
            customer_id="" if order["is_guest"] else name,
            ordered_at=on(order["day"], order["hour"]),
            status=order["status"],
            currency_code=order["currency_code"],
        )
        for quantity, price, discount, cost in order["lines"]:
            add(
                "order_lines",
                "l",
                order_id=order_id,
                quantity=quantity,
                unit_price=price,
                discount_amount=discount,
                unit_cost=cost,
            )
        for later, amount, currency in order["refunds"]:
            add(
                "refunds",
                "r",
                order_id=order_id,
                refunded_at=on(order["day"] + later, 23),
                amount=amount,
                currency_code=currency,
            )
    for day, amount, currency, subscription in customer["refunds"]:
        add(
            "refunds",
            "r",
            refunded_at=on(day, 23),
            amount=amount,
            currency_code=currency,
            subscription_id="" if subscription < 0 else f"{name}-s{subscription}",
            customer_id=name,
        )
    for day, hour, channel in customer["touches"]:
        add("marketing_touches", "t", customer_id=name, touched_at=on(day, hour), channel=channel)
    for day, hour, user, event in customer["events"]:
        add(
            "product_events",
            "e",
            customer_id=name,
            user_id=f"{name}-{user}",
            occurred_at=on(day, hour),
            event_name=event,
        )
    for day, hour, kind, score in customer["answers"]:
        add(
            "survey_responses",
            "a",
            customer_id=name,
            survey_type=kind,
            score=score,
            responded_at=on(day, hour),
        )
    for day, hour, duration in customer["tickets"]:
        add(
            "support_tickets",
            "k",
            customer_id=name,
            opened_at=on(day, hour),
            solved_at="" if duration is None else on(day + duration, 23),
        )


def add_shared_rows(tables: Tables) -> None:
    """Add what has no customer: spend, the ledger, rates with gaps."""
    random_numbers = random.Random(1)
    for day in range(0, 140, 3):
        tables["marketing_spend"].append(
            {
                "spend_date": str(FIRST_DAY + timedelta(days=day)),
                "channel": random_numbers.choice([*CHANNELS, "fair_without_customers", ""]),
                "campaign": str(day),
                "amount": random_numbers.choice(["0", "40", "99.5", "-7"]),
                "currency_code": random_numbers.choice(["USD", "EUR"]),
            }
        )
    for number, day in enumerate(range(5, 140, 11)):
        tables["operating_expenses"].append(
            {
                "expense_id": f"x{number}",
                "expense_date": str(FIRST_DAY + timedelta(days=day)),
                "category": random_numbers.choice(
                    ["cost_of_revenue", "variable", "sales_and_marketing", "rent"]
                ),
                "amount": "25",
                "currency_code": "USD",
            }
        )
    for day in range(-3, 150, 2):
        for currency, rate in (("EUR", 1.1), ("GBP", 1.3)):
            tables["exchange_rates"].append(
                {
                    "rate_date": str(FIRST_DAY + timedelta(days=day)),
                    "currency_code": currency,
                    "rate": f"{rate + random_numbers.uniform(-0.05, 0.05):.5f}",
                }
            )
