"""Daily builds that read only late days again give the tables of a build that reads everything."""

import csv
import random
from datetime import date, timedelta

import pytest
from conftest import Project
from daily import Daily
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target

LOOKBACK = 3
FIRST = date(2025, 1, 20)
BUILDS = [0, 1, 2, 3, 5, 6, 9, 7, 10, 11, 12, 14]
KILLED = {2, 5, 10}
# the builds until this one count other events, and no activations
OTHER_SETTINGS_UNTIL = 6
OTHER_SETTINGS = ", okr_metrics_usage_events: [open], okr_metrics_activation_event: null"
# the models that keep rows from build to build, and what they read; the last build is whole
KEEPERS = [
    *("--select", "+stg_kpi__product_events", "+stg_kpi__order_lines"),
    "stg_kpi__marketing_touches",
]
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
        order = self.add("orders", day, customer_id=customer, status="done", currency_code="USD")
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

    def write(self, project: Project) -> None:
        """Write the raw tables where the project's models read them."""
        folder = project.folder / "raw"
        folder.mkdir(exist_ok=True)
        for table, rows in self.rows.items():
            with (folder / f"{table}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS[table])
                writer.writeheader()
                writer.writerows(rows)


def public_tables(project: Project) -> dict[str, list[str]]:
    """Return the rows of every public table as lines of text, numbers to nine digits."""
    names = project.query(
        "select table_name from duckdb_tables() where table_name ^@ 'kpi__'"
        " or table_name ^@ 'okr__' order by 1"
    )

    def text(value: object) -> str:
        return f"{value:.9g}" if isinstance(value, float) else str(value)

    return {
        name: sorted("|".join(map(text, row)) for row in project.query(f"from {name}"))
        for (name,) in names
    }


def assert_same(one: dict[str, list[str]], other: dict[str, list[str]], moment: object) -> None:
    """Say which table differs, and in which rows."""
    assert one.keys() == other.keys()
    for name, rows in one.items():
        differing = set(rows) ^ set(other[name])
        assert rows == other[name], (moment, name, sorted(differing)[:6])


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that reads raw files, not built yet."""
    inputs = {name: name for name in COLUMNS}
    project = Project(
        tmp_path_factory.mktemp("incremental") / "shop",
        {name: f"select * from read_csv('raw/{name}.csv', all_varchar = true)" for name in COLUMNS},
        {
            "okr_metrics_lookback_days": LOOKBACK,
            "okr_metrics_period_grains": ["day", "month"],
            "okr_metrics_activation_event": "save",
            "okr_metrics_max_reject_share": 1,
            "okr_metrics_inputs": inputs
            | {
                name: name
                for name in OKR_INPUTS
                if name not in ("okr_phased_targets", "okr_check_ins")
            },
        },
        {
            "okr_cycles": [cycle("Q1", "2025-01-01", "2025-03-31")],
            "okr_objectives": [objective("O", "Q1")],
            "okr_key_results": [key_result("K", "O", "net_revenue", metric_type="cumulative")],
            "okr_check_ins": [check_in("K", "2025-01-21", confidence=0.5)],
            "okr_key_result_targets": [target("K", "2025-01-01", target_value=9000)],
        },
    )
    assert project.dbt("deps").returncode == 0
    return project


@pytest.fixture(scope="module")
def daily(project: Project) -> Daily:
    """Return what builds it."""
    (project.folder / "raw").mkdir()
    return Daily(project.folder, project.folder / "daily.log")


@pytest.fixture(scope="module")
def shop(project: Project, daily: Daily) -> Shop:
    """Return the shop after all builds, some killed at a random point and then done again."""
    shop, built = Shop(5), -1
    for number in BUILDS:
        for day in range(built + 1, number + 1):
            shop.go_on(FIRST + timedelta(day))
        built = max(built, number)
        shop.first = FIRST + timedelta(number - LOOKBACK)
        shop.write(project)
        day = str(FIRST + timedelta(number))
        whole = number == BUILDS[-1]
        options = [] if whole else KEEPERS
        more = OTHER_SETTINGS if number <= OTHER_SETTINGS_UNTIL else ""
        if whole or number in KILLED:
            daily.build(day, *options, kill_after=shop.draw.uniform(1, 4), more=more)
        daily.build(day, *options, more=more)
    return shop


def test_daily_builds_equal_a_full_refresh(project: Project, daily: Daily, shop: Shop) -> None:
    day = str(FIRST + timedelta(BUILDS[-1]))
    found = public_tables(project)
    ((staged,),) = project.query("select sum(events) from stg_kpi__product_events")
    assert staged == len(shop.rows["product_events"])
    assert project.query("select sum(rows_beyond_lookback) from kpi__reconciliation") == [(0,)]
    daily.build(day, "--full-refresh")
    assert_same(found, public_tables(project), "all builds")
