"""Random dirty companies through the whole build: it ends, holds little memory, keeps all money.

Twenty companies are the sources of one project, so that one build tests them all; each is told
apart by the dimension source and reckoned again in plain Python from its raw rows. By hand 200 of
them, ten builds: OKR_METRICS_COMPANIES=200 pytest tests/python/test_dirty_companies.py
"""

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest
import warm_dbt
import yaml
from companies import draw_examples
from conftest import Project
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target
from test_dirty_inputs import (
    AS_OF,
    INPUTS,
    LARGEST,
    READ,
    ZONE,
    anchor,
    as_read,
    check_counts,
    read_currency,
    read_day,
    read_number,
    tables,
)

BATCH = 20
COMPANIES = int(os.environ.get("OKR_METRICS_COMPANIES", BATCH))
MOST_MEGABYTES = 2_048
# currency: its first day, its rate
RATES = {
    "EUR": (date(1970, 1, 1), Decimal("1.1")),
    "JPY": (date(2026, 1, 2), Decimal("0.0067")),
    "XAA": (date(1970, 1, 1), Decimal("999999999")),
    "XBB": (date(1970, 1, 1), Decimal("0.000000001")),
}
FIRST, LAST = date(1970, 1, 1), date(2126, 12, 31)
MILLIONTH = Decimal("0.000001")
COUNTED, NOT_COUNTED = {"paid", "completed", ""}, {"failed", "draft"}
OF_COMPANIES = [name for name in INPUTS if name != "exchange_rates"]
Tables = dict[str, list[dict[str, str]]]


def dirty_companies(number: int, start: int) -> list[Tables]:
    """Return so many companies, the same ones each time for a start."""
    return [dress(drawn, start + place) for place, drawn in enumerate(draw(number, start))]


def draw(number: int, start: int) -> list[Tables]:
    """Return random rows of all inputs for so many companies."""
    # hypothesis may draw fewer than it is asked for
    drawn = draw_examples(tables(), 2 * number, start)
    assert len(drawn) >= number
    return drawn[:number]


def dress(drawn: Tables, seed: int) -> Tables:
    """Return a company's rows: ids of their own, other currencies, copies word for word."""
    chance = random.Random(seed)
    company = {}
    for name in OF_COMPANIES:
        rows = [anchor(name), *drawn[name]]
        key = next(iter(INPUTS[name]))
        for number, row in enumerate(rows[1:], 1):
            # versions share the id of their subscription, and what has no id has a day
            if key.endswith("_id") and name != "subscriptions" and row[key]:
                row[key] = f"k{number}" if number < 5 else f"{row[key]} {number}"
            if row.get("currency_code") == "EUR" and chance.random() < 0.4:
                row["currency_code"] = chance.choice(["JPY", "XAA", "XBB"])
        company[name] = rows + rows[1:3]
    return company


class Python:
    """What a company's rows come to, by the rules of docs/inputs.md, in plain Python."""

    def __init__(self, company: Tables) -> None:
        # a copy word for word counts once
        self.rows = {
            name: [dict(pairs) for pairs in dict.fromkeys(tuple(row.items()) for row in rows)]
            for name, rows in company.items()
        }
        self.customers = {
            row["customer_id"].strip(" ")
            for row in self.rows["customers"]
            if row["created_at"] == "" or (read_day(row["created_at"]) or LAST) <= AS_OF
        } - {""}

    def day(self, text: str) -> date | None:
        """Return the day of a row that is read: none of before 1970, or after the as-of date."""
        day = read_day(text)
        return day if day and FIRST <= day <= AS_OF else None

    def rate(self, text: str, day: date) -> Decimal | None:
        """Return the rate of a currency to the dollar on a day."""
        currency = read_currency(text)
        if currency == "USD":
            return Decimal(1)
        start, rate = RATES.get(currency, (LAST, None))
        return rate if start <= day else None

    def spend(self) -> Decimal:
        """Return what was spent on marketing."""
        return sum((self.worth(row, "spend_date") or 0) for row in self.rows["marketing_spend"])

    def expenses(self) -> Decimal:
        """Return what the ledger holds."""
        return sum(
            (self.worth(row, "expense_date") or 0)
            for row in self.rows["operating_expenses"]
            if row["expense_id"] and row["category"]
        )

    def worth(self, row: dict[str, str], day_column: str) -> Decimal | None:
        """Return the amount of a row in dollars, None where it is rejected."""
        day, amount = self.day(row[day_column]), read_number(row["amount"])
        rate = self.rate(row["currency_code"], day) if day else None
        return None if amount is None or rate is None else dollars(amount, rate)

    def orders(self) -> dict[str, tuple[Decimal, bool]]:
        """Return the rate of each accepted order by its id, and whether it counts."""
        orders = {}
        for row in self.rows["orders"]:
            day, status = self.day(row["ordered_at"]), row["status"].lower()
            rate = self.rate(row["currency_code"], day) if day else None
            is_read = row["order_id"] and rate is not None and status in COUNTED | NOT_COUNTED
            if is_read and row["customer_id"] in self.customers | {""}:
                orders[row["order_id"].strip(" ")] = (rate, status in COUNTED)
        return orders

    def revenue(self) -> Decimal:
        """Return the revenue of the lines of orders that count."""
        orders, revenue = self.orders(), Decimal(0)
        for row in self.rows["order_lines"]:
            rate, is_counted = orders.get(row["order_id"], (None, False))
            if is_counted and row["order_line_id"]:
                revenue += line_worth(row, rate) or 0
        return revenue


def dollars(amount: Decimal, rate: Decimal) -> Decimal | None:
    """Return an amount at a rate to a millionth, None where it is more than money can be."""
    if rate == 1:
        return amount
    worth = amount * rate
    return worth.quantize(MILLIONTH, ROUND_HALF_UP) if abs(worth) < LARGEST else None


def line_worth(row: dict[str, str], rate: Decimal) -> Decimal | None:
    """Return the revenue of an order line, None where it is rejected."""
    quantity, price = read_number(row["quantity"]), read_number(row["unit_price"])
    discount, cost = (
        read_number(row["discount_amount"] or "0"),
        read_number(row["unit_cost"] or "0"),
    )
    if None in (quantity, price, discount, cost):
        return None
    if max(abs(quantity * price), abs(quantity * cost)) >= 10**14:
        return None
    if dollars(quantity * cost, rate) is None or (quantity < 0 and price < 0):
        return None
    return dollars((quantity * price).quantize(MILLIONTH, ROUND_HALF_UP) - discount, rate)


def okrs() -> Tables:
    """Return OKRs whose numbers and dates are as large as they can be."""
    year = ("1970-01-01", "2126-12-31")
    # a seed's whole numbers are read as four bytes
    most, least = "999999999999999.5", "0.0000000001"
    kinds = {
        "up": ("net_revenue", "increase", {"baseline_value": f"-{most}", "target_value": most}),
        "tiny": ("orders", "increase", {"baseline_value": "0", "target_value": least}),
        "down": ("cac", "decrease", {"baseline_value": most, "target_value": least}),
        "sum": ("marketing_spend", "cumulative", {"baseline_value": "0", "target_value": most}),
        "cap": ("operating_expenses", "cumulative_at_most", {"target_value": least}),
        "least": ("gross_margin", "at_least", {"lower_bound": f"-{most}"}),
        "range": ("arpa", "range", {"lower_bound": least, "upper_bound": most}),
        "done": ("orders", "milestone", {}),
    }
    return {
        "okr_cycles": [cycle("ever", *year)],
        "okr_objectives": [objective("O", "ever", weight=999999999)],
        "okr_key_results": [
            key_result(name, "O", kpi, metric_type=kind, period_grain="year", weight=999999999)
            for name, (kpi, kind, _) in kinds.items()
        ],
        "okr_key_result_targets": [
            target(name, year[0], **numbers) for name, (_, _, numbers) in kinds.items() if numbers
        ],
        "okr_phased_targets": [
            {"key_result_id": "up", "period_end": "2025-12-31", "expected_value": most}
        ],
        "okr_check_ins": [check_in("done", "1970-01-01", value_reported=1)],
    }


def shop(folder: Path) -> Project:
    """Return the project that reads the companies, not built."""
    rates = [
        {"rate_date": start, "currency_code": currency, "rate": rate}
        for currency, (start, rate) in RATES.items()
    ]
    inputs = {
        name: {f"company_{number}": f"raw.{name}_{number}" for number in range(BATCH)}
        for name in OF_COMPANIES
    }
    project = Project(
        folder,
        {},
        {
            "okr_metrics_inputs": inputs | {"exchange_rates": "exchange_rates"} | OKR_INPUTS,
            "okr_metrics_as_of_date": str(AS_OF),
            "okr_metrics_reporting_timezone": str(ZONE),
            "okr_metrics_customer_identity": "per_source",
            "okr_metrics_max_reject_share": 1,
            "okr_metrics_period_grains": ["month", "year"],
        },
        {"exchange_rates": rates} | okrs(),
    )
    names = [{"name": f"{name}_{number}"} for name in OF_COMPANIES for number in range(BATCH)]
    sources = {"sources": [{"name": "raw", "tables": names}]}
    (project.folder / "models" / "sources.yml").write_text(yaml.safe_dump(sources))
    project.install()
    return project


def load(project: Project, companies: list[Tables]) -> None:
    """Make the warehouse anew, with the companies' raw rows."""
    project.database.unlink(missing_ok=True)
    with duckdb.connect(project.database) as database:
        database.execute("create schema raw")
        for number, company in enumerate(companies):
            for name, rows in company.items():
                columns = {column: [row[column] for row in rows] for column in INPUTS[name]}
                unnested = ", ".join(
                    f"nullif(unnest(?::varchar[]), '') as {column}" for column in columns
                )
                create = f"create table raw.{name}_{number} as select {unnested}"
                database.execute(create, list(columns.values()))


class Built:
    """A batch of companies, built."""

    def __init__(self, project: Project, companies: list[Tables]) -> None:
        load(project, companies)
        peak = project.folder / "peak"
        ran = warm_dbt.dbt(
            *["build", "--exclude", "test_type:unit"],
            folder=project.folder,
            **{warm_dbt.PEAK: str(peak)},
        )
        assert ran.returncode == 0, ran.stdout[-4000:]
        self.project, self.companies = project, companies
        self.megabytes = int(peak.read_text()) / 1024


@pytest.fixture(scope="module", params=range(COMPANIES // BATCH), ids=lambda batch: f"batch{batch}")
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the built companies of a batch."""
    project = shop(tmp_path_factory.mktemp("dirty") / "shop")
    return Built(project, dirty_companies(BATCH, 20260228 + request.param))


def sources(built: Built) -> Iterator[tuple[str, Tables]]:
    """Yield each company with the name of its source."""
    for number, company in enumerate(built.companies):
        yield f"company_{number}", company


def test_a_build_of_dirty_companies_ends_within_its_memory(built: Built) -> None:
    print(f"{built.megabytes:.0f} MB at most")
    assert built.megabytes < MOST_MEGABYTES


def test_every_row_is_accounted_for(built: Built) -> None:
    rows = {
        name: [row for _, company in sources(built) for row in company[name]]
        for name in OF_COMPANIES
    }
    with duckdb.connect(built.project.database, read_only=True) as database:
        counts = {name: len(content) for name, content in rows.items()}
        database.execute(
            "create temp view kpi__reconciliation as select *"
            " from warehouse.main.kpi__reconciliation where input in"
            f" ({', '.join(repr(name) for name in counts)})"
        )
        check_counts(database, rows)


def test_no_row_is_read_otherwise_than_a_person_reads_it(built: Built) -> None:
    for name, columns in READ.items():
        if name not in OF_COMPANIES:
            continue
        # ids have their source before them
        names = [column for column in columns if not column.endswith("_id")]
        places = [list(columns).index(column) for column in names]
        accepted = defaultdict(list)
        for source, *values in built.project.query(
            f"select {'source_name' if name != 'product_events' else 'null'}, {', '.join(names)}"
            f" from stg_kpi__{name} where row_status = 'accepted'"
        ):
            accepted[source].append(tuple(values))
        for source, company in sources(built):
            read = filter(None, (as_read(name, row) for row in company[name]))
            readable = Counter(tuple(values[place] for place in places) for values in read)
            for values in accepted[source]:
                assert values in readable, (source, name, values)


def test_money_is_what_plain_python_makes_of_the_raw_rows(built: Built) -> None:
    in_mart = {
        source: sums
        for source, *sums in built.project.query(
            "select dimension_value, sum(order_revenue), sum(marketing_spend) from kpi__margin"
            " where period_grain = 'year' and dimension = 'source' group by 1"
        )
    }
    expenses = Decimal(0)
    for source, company in sources(built):
        reckoned = Python(company)
        revenue, spend = in_mart.get(source, (0, 0))
        assert (revenue or 0, spend or 0) == (reckoned.revenue(), reckoned.spend()), source
        expenses += reckoned.expenses()
    ((ledger,),) = built.project.query("select sum(expense) from fct_kpi__operating_expenses")
    assert ledger == expenses
