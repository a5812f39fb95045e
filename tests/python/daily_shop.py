"""A shop whose raw tables grow day by day, with rows that come late, change and vanish."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

LOOKBACK = 3
COLUMNS = {
    "customers": ["customer_id", "created_at", "country", "segment", "acquisition_channel"],
    "orders": ["order_id", "customer_id", "ordered_at", "status", "currency_code"],
    "order_lines": [
        *("order_line_id", "order_id", "product_category", "quantity", "unit_price"),
        *("discount_amount", "unit_cost"),
    ],
    "refunds": ["refund_id", "order_id", "refunded_at", "amount", "currency_code"],
    "marketing_touches": ["touch_id", "customer_id", "touched_at", "channel", "campaign"],
    "product_events": ["event_id", "customer_id", "user_id", "occurred_at", "event_name"],
}
DATED = {"orders": "ordered_at", "marketing_touches": "touched_at", "product_events": "occurred_at"}


class Shop:
    """Raw tables that grow day by day, with rows late, changed and deleted inside the lookback."""

    def __init__(self, seed: int) -> None:
        """Start with nothing; the seed decides all that follows."""
        self.draw = random.Random(seed)
        self.rows: dict[str, list[dict]] = {name: [] for name in COLUMNS}
        self.number = 0
        # the first day that the next build reads again
        self.first = date.min

    def add(self, table: str, day: date, **values: object) -> dict:
        """Add a row with a new id, dated at a time of a day."""
        self.number += 1
        row = dict.fromkeys(COLUMNS[table], "") | {COLUMNS[table][0]: f"{table}{self.number}"}
        if table in DATED:
            row[DATED[table]] = f"{day} {self.draw.randrange(24):02}:{self.draw.randrange(60):02}"
        self.rows[table].append(row | values)
        return self.rows[table][-1]

    def customer(self) -> str:
        """Return a customer's id."""
        return self.draw.choice(self.rows["customers"])["customer_id"]

    def order(self, day: date, customer: str | None = None) -> None:
        """Add an order of a day, with its lines and perhaps a refund."""
        customer = customer or self.customer()
        paid = {"status": "completed", "currency_code": "USD"}
        order = self.add("orders", day, customer_id=customer, **paid)
        key = {"order_id": order["order_id"]}
        for _ in range(self.draw.randint(1, 2)):
            price = self.draw.randint(1, 90)
            category = self.draw.choice(["tea", "cups"])
            line = {
                "quantity": self.draw.randint(1, 3),
                "unit_price": price,
                "unit_cost": price / 2,
            }
            self.add("order_lines", day, product_category=category, **key, **line)
        if self.draw.random() < 0.2:
            self.add("refunds", day, refunded_at=day, amount=1, **key)

    def event(self, day: date) -> dict:
        """Add an event of a day."""
        name = self.draw.choice(["open", "save"])
        user = {"customer_id": self.customer(), "user_id": f"u{self.draw.randint(1, 9)}"}
        return self.add("product_events", day, event_name=name, **user)

    def touch(self, day: date) -> None:
        """Add a touch of a day."""
        channel = self.draw.choice(["ads", "mail"])
        self.add("marketing_touches", day, customer_id=self.customer(), channel=channel)

    def recent(self, table: str) -> list[dict]:
        """Return the rows of a table dated inside the lookback, the oldest first."""
        rows = [row for row in self.rows[table] if row[DATED[table]][:10] >= str(self.first)]
        return sorted(rows, key=lambda row: row[DATED[table]])

    def go_on(self, day: date) -> None:
        """Live through a day."""
        for _ in range(2):
            new = self.add("customers", day, created_at=day, country=self.draw.choice(["FR", "DE"]))
            self.order(day, new["customer_id"])
            self.touch(day)
        # rows of today, and as many that are late
        for late in (day, day - timedelta(self.draw.randint(1, LOOKBACK))):
            self.order(late)
            self.touch(late)
            self.rows["product_events"].append(dict(self.event(late)))
            self.event(late)
        self.change(day)

    def change(self, day: date) -> None:
        """Change and delete rows inside the lookback; customers change whenever they like."""
        orders, draw = self.recent("orders"), self.draw
        draw.choice(orders)["status"] = "cancelled"
        draw.choice(orders)["ordered_at"] = f"{day} 12:00"
        owned = {row["order_id"] for row in orders}
        lines = [row for row in self.rows["order_lines"] if row["order_id"] in owned]
        draw.choice(lines)["unit_price"] = draw.choice([5, "", 70])
        for column, value in (("event_name", "other"), ("occurred_at", "soon")):
            event = draw.choice(self.recent("product_events"))["event_id"]
            # the copies of an event stay alike: a resent event has its day
            for row in self.rows["product_events"]:
                row[column] = value if row["event_id"] == event else row[column]
        # the first day that is read again is where a day too few would be forgotten
        oldest = next(
            row for order in orders for row in lines if row["order_id"] == order["order_id"]
        )
        self.rows["order_lines"].remove(oldest)
        for table in ("orders", "product_events", "marketing_touches"):
            self.rows[table].remove(self.recent(table)[draw.choice([0, 0, -1])])
        draw.choice(self.rows["customers"])["country"] = draw.choice(["IT", "ES"])

    def write(self, folder: Path) -> None:
        """Write the raw tables as CSV files in a folder."""
        folder.mkdir(exist_ok=True)
        for table, rows in self.rows.items():
            with (folder / f"{table}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS[table])
                writer.writeheader()
                writer.writerows(rows)
