"""Random dirty inputs: nothing is lost, nothing is guessed, and what is set aside says its value.

Staging is compiled once by dbt and run by DuckDB over other rows for each example;
OKR_METRICS_EXAMPLES sets how many there are.
"""

import json
import os
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from graphlib import TopologicalSorter
from zoneinfo import ZoneInfo

import duckdb
import pytest
from conftest import Project
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

ZONE = ZoneInfo("America/New_York")
AS_OF = date(2026, 2, 28)
LARGEST = 10**15
GOOD_TIMES = ["2026-01-03", "2026-1-9", "2026-02-28T23:30:00Z", "2026-02-10 03:00+02"]
GOOD_TIMES += [
    "2026-02-01",
    "2026-01-31 23:59:59-0800",
    "2026-02-01 04:30",
    "2026-03-01T04:59:59.9Z",
    " 2026-02-02 ",
]
BAD_TIMES = ["", "2026-02-30", "31/12/2025", "01/02/2026", "2026-01-05 11:30:00 PM", "2026", "soon"]
BAD_TIMES += ["2026-01-05 24:00:00", "yesterday", "1767225600", "1767225600000", "infinity", "now"]
BAD_TIMES += ["2026-01-05 12:00 America/New_York", "2026-01-05 12:00 EST", "2026-01-05 yesterday"]
# the first and last day of what a row can be about, and beyond
GOOD_TIMES += ["1970-01-01", "1985-03-01T10:00:00+05:30"]
BAD_TIMES += ["1969-12-31", "0001-01-01", "2127-01-01", "9999-12-31", "9999-12-31 23:59:59Z"]
BAD_TIMES += ["2026-01-05\r", "\ufeff2026-01-05", "2026-01-05 23:30 PM", "20260105", "2026-13-01"]
LATER_TIMES = ["2026-03-01", "2026-06-30 12:00:00Z", "2126-12-31"]
GOOD_NUMBERS = ["10", "10.5", "-3", "0", "1e2", "+7", ".5", "0012", " 12 ", "99.999999"]
BAD_NUMBERS = [
    "",
    "12 EUR",
    "1,234.50",
    "1_000",
    "NaN",
    "inf",
    "infinity",
    "€5",
    "--1",
    "12\r",
    "1e",
]
# as large as money can be, and larger
GOOD_NUMBERS += ["1e12", "-999999999999.99", "123456789012.345678", "999999999999999"]
BAD_NUMBERS += ["1e15", "-1e99", "9" * 40]
BAD_NUMBERS += ["\ufeff12", "\uff11\uff12", "0x10", "12\n", "1.2.3", "1'000", "90%", "twelve"]
GOOD_CURRENCIES = ["USD", "EUR", "eur", " EUR "]
BAD_CURRENCIES = ["", "€", "EU", "EURO", "\u0415UR", "XXX", "EUR\n", "\ufeffEUR", "U$D"]
ORDER_STATUSES = ["paid", "completed", "failed", "draft", "", "who knows", "PAID"]
VERSION_STATUSES = ["active", "canceled", "trialing", "past_due", "paused", "incomplete", "odd", ""]
KEYS = ["k1", "k2", "k3", "k4", "", "k'5", 'k"6', "k\\7", "é8"]
CUSTOMERS = ["anchor", "anchor", "k1", "k2", "", "nobody"]

times = st.sampled_from(GOOD_TIMES * 3 + BAD_TIMES + LATER_TIMES)
numbers = st.sampled_from(GOOD_NUMBERS * 3 + BAD_NUMBERS)
currencies = st.sampled_from(GOOD_CURRENCIES * 4 + BAD_CURRENCIES)
keys = st.sampled_from(KEYS)
customers = st.sampled_from(CUSTOMERS)
any_of = st.sampled_from
INPUTS = {
    "customers": {"customer_id": keys, "created_at": times, "country": any_of(["FR", ""])},
    "orders": {
        "order_id": keys,
        "customer_id": customers,
        "ordered_at": times,
        "status": any_of(ORDER_STATUSES),
        "currency_code": currencies,
    },
    "order_lines": {
        "order_line_id": keys,
        "order_id": any_of(["anchor", "anchor", "k1", "nobody"]),
        "product_category": any_of(["", "a"]),
        "quantity": numbers,
        "unit_price": numbers,
        "discount_amount": any_of(["", "1", "abc"]),
        "unit_cost": any_of(["", "2", "1_0"]),
    },
    "refunds": {
        "refund_id": keys,
        "order_id": any_of(["anchor", "k1", "", "nobody"]),
        "subscription_id": any_of(["", "anchor"]),
        "customer_id": any_of(["", "anchor"]),
        "refunded_at": times,
        "amount": numbers,
        "currency_code": currencies,
    },
    "subscriptions": {
        "subscription_id": keys,
        "customer_id": customers,
        "plan": any_of(["a", "b", ""]),
        "status": any_of(VERSION_STATUSES),
        "started_at": times,
        "ended_at": st.sampled_from(["", "", *GOOD_TIMES, *BAD_TIMES]),
        "amount": numbers,
        "billing_interval": any_of(["month", "year", "fortnight", ""]),
        "interval_count": any_of(["", "6", "0", "two"]),
        "quantity": any_of(["", "1", "3", "many"]),
        "currency_code": currencies,
        "churn_reason": any_of([""]),
    },
    "marketing_spend": {
        "spend_date": times,
        "channel": any_of(["search", "social", ""]),
        "campaign": any_of(["", "c"]),
        "amount": numbers,
        "currency_code": currencies,
        "impressions": any_of(["", "1"]),
        "clicks": any_of(["", "1"]),
    },
    "marketing_touches": {
        "touch_id": keys,
        "customer_id": customers,
        "touched_at": times,
        "channel": any_of(["search", ""]),
        "campaign": any_of([""]),
    },
    "operating_expenses": {
        "expense_id": keys,
        "expense_date": times,
        "category": any_of(["variable", "rent", ""]),
        "department": any_of([""]),
        "amount": numbers,
        "currency_code": currencies,
    },
    "product_events": {
        "event_id": keys,
        "customer_id": customers,
        "user_id": any_of(["u1", "u2", ""]),
        "occurred_at": times,
        "event_name": any_of(["seen", ""]),
    },
    "survey_responses": {
        "response_id": keys,
        "customer_id": customers,
        "survey_type": any_of(["nps", "csat", "odd", ""]),
        "score": any_of(["1", "5", "11", "4.5", "", "ten", "5\r"]),
        "responded_at": times,
    },
    "support_tickets": {
        "ticket_id": keys,
        "customer_id": customers,
        "opened_at": times,
        "first_responded_at": any_of([""]),
        "solved_at": st.sampled_from(["", "", *GOOD_TIMES, *BAD_TIMES]),
    },
    "exchange_rates": {
        "rate_date": times,
        "currency_code": currencies,
        "rate": numbers,
    },
}
# one clean row of each, with a time of day: so that a midnight is a moment
ANCHOR = {
    "quantity": "1",
    "unit_price": "1",
    "amount": "1",
    "rate": "1.1",
    "score": "5",
    "currency_code": "EUR",
    "status": "active",
    "billing_interval": "month",
    "survey_type": "csat",
    "channel": "search",
    "category": "rent",
    "event_name": "seen",
    "user_id": "u1",
    "plan": "a",
    "rate_date": "2026-01-01",
}


def anchor(name: str) -> dict[str, str]:
    """Return the clean row of an input."""
    row = {}
    for column in INPUTS[name]:
        if column.endswith("_id") and column not in ("user_id", "subscription_id"):
            row[column] = "anchor"
        elif column in ("created_at", "ordered_at", "started_at", "occurred_at", "opened_at"):
            row[column] = "2026-01-01 12:34:56"
        elif column in ("touched_at", "responded_at", "refunded_at", "spend_date", "expense_date"):
            row[column] = "2026-01-02 12:34:56"
        else:
            row[column] = ANCHOR.get(column, "")
    row |= {"subscription_id": "anchor"} if name == "subscriptions" else {}
    return row | ({"status": "paid"} if name == "orders" else {})


def tables() -> st.SearchStrategy:
    """Return rows of all inputs, some of them twice."""
    return st.fixed_dictionaries(
        {
            name: st.lists(st.fixed_dictionaries(columns), min_size=6, max_size=14)
            for name, columns in INPUTS.items()
        }
    )


def read_day(text: str) -> date | None:
    """Return the reporting day that a person reads in a text, None if there is no telling."""
    pattern = (
        r"(\d{4})-(\d{1,2})-(\d{1,2})"
        r"(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?)?"
    )
    found = re.fullmatch(pattern, text.strip(" "))
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        moment = datetime(*map(int, (year, month, day, hour, minute, second or 0)))
    except ValueError:
        return None
    zone = UTC
    if offset and offset != "Z":
        digits = offset[1:].replace(":", "").ljust(4, "0")
        ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        zone = timezone(-ahead if offset[0] == "-" else ahead)
    return moment.replace(tzinfo=zone).astimezone(ZONE).date()


def written_day(text: str) -> date | None:
    """Return the day as it is written: no zone moves the day of an exchange rate."""
    return read_day(text) and date(*map(int, text.strip(" ")[:10].split("T")[0].split("-")))


def read_number(text: str) -> Decimal | None:
    """Return the number that a person reads in a text."""
    plain = re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", text.strip(" "), re.ASCII | re.I)
    number = Decimal(text.strip(" ")) if plain else None
    return None if number is None or abs(number) >= LARGEST else number


def read_currency(text: str) -> str | None:
    """Return the currency that a person reads in a text."""
    return text.strip(" ").upper() if re.fullmatch(" *[A-Za-z]{3} *", text) else None


def optional(read, missing=None):
    """Return what reads a text that may be empty."""
    return lambda text: missing if text == "" else (read(text), "read")


def required(read):
    """Return what reads a text that must be there."""
    return lambda text: (read(text), "read")


def key(text: str) -> str | None:
    """Return an id."""
    return text.strip(" ") or None


# the columns of staging that hold a value of the raw row, with what a person reads there
DAY, NUMBER, CURRENCY = required(read_day), required(read_number), required(read_currency)
READ = {
    "customers": {"customer_id": required(key), "created_date": optional(read_day)},
    "orders": {"order_id": required(key), "ordered_date": DAY, "currency_code": CURRENCY},
    "order_lines": {
        "order_line_id": required(key),
        "quantity": NUMBER,
        "unit_price": NUMBER,
        "discount_amount": optional(read_number, Decimal(0)),
        "unit_cost": optional(read_number),
    },
    "refunds": {"refund_id": required(key), "refunded_date": DAY, "amount": NUMBER},
    "subscriptions": {
        "subscription_id": required(key),
        "started_date": DAY,
        "ended_date": optional(read_day),
        "amount": NUMBER,
        "quantity": optional(read_number, Decimal(1)),
        "currency_code": CURRENCY,
    },
    "marketing_spend": {"spend_date": DAY, "amount": NUMBER, "currency_code": CURRENCY},
    "marketing_touches": {"touch_id": required(key), "touched_date": DAY},
    "operating_expenses": {
        "expense_id": required(key),
        "expense_date": DAY,
        "amount": NUMBER,
        "currency_code": CURRENCY,
    },
    "product_events": {"occurred_date": DAY},
    "survey_responses": {"response_id": required(key), "score": NUMBER, "responded_date": DAY},
    "support_tickets": {"ticket_id": required(key), "opened_date": DAY},
    "exchange_rates": {
        "currency_code": CURRENCY,
        "rate_date": required(written_day),
        "rate": NUMBER,
    },
}
RAW_NAMES = {
    "created_date": "created_at",
    "ordered_date": "ordered_at",
    "refunded_date": "refunded_at",
    "started_date": "started_at",
    "ended_date": "ended_at",
    "touched_date": "touched_at",
    "occurred_date": "occurred_at",
    "responded_date": "responded_at",
    "opened_date": "opened_at",
}
MONEY = {
    "order_lines": ["quantity", "unit_price"],
    "refunds": ["amount"],
    "subscriptions": ["amount"],
    "marketing_spend": ["amount"],
    "operating_expenses": ["amount"],
}


def as_read(name: str, row: dict[str, str]) -> tuple | None:
    """Return the values of a raw row as a person reads them, None if one can't be read."""
    values = []
    for column, read in READ[name].items():
        value = read(row[RAW_NAMES.get(column, column)])
        if isinstance(value, tuple):
            (value, _) = value
            if value is None:
                return None
        values.append(value)
    return tuple(values)


class Staging:
    """The staging models, run by DuckDB alone."""

    def __init__(self, project: Project) -> None:
        manifest = json.loads((project.folder / "target" / "manifest.json").read_text())
        nodes = manifest["nodes"]
        wanted = {}

        def want(name: str) -> None:
            if name in nodes and nodes[name]["resource_type"] == "model" and name not in wanted:
                wanted[name] = [
                    parent
                    for parent in manifest["parent_map"][name]
                    if parent in nodes and nodes[parent]["resource_type"] == "model"
                ]
                for parent in wanted[name]:
                    want(parent)

        want("model.okr_metrics.kpi__rejected_rows")
        want("model.okr_metrics.kpi__reconciliation")
        compiled = project.folder / "target" / "compiled" / "okr_metrics"
        self.models = []
        for name in TopologicalSorter(wanted).static_order():
            node = nodes[name]
            path = compiled / node["original_file_path"]
            if node["config"]["materialized"] != "ephemeral":
                self.models.append((node["relation_name"], path.read_text()))

    def run(self, rows: dict[str, list[dict]]) -> duckdb.DuckDBPyConnection:
        """Return a database with the staging of some rows."""
        database = duckdb.connect()
        database.execute("attach ':memory:' as warehouse; use warehouse")
        database.execute("set timezone = 'UTC'")
        for name, content in rows.items():
            columns = ", ".join(f"{column} varchar" for column in INPUTS[name])
            database.execute(f"create table {name} ({columns})")
            marks = ", ".join("nullif(?, '')" for _ in INPUTS[name])
            values = [[row[column] for column in INPUTS[name]] for row in content]
            database.executemany(f"insert into {name} values ({marks})", values)
        database.execute("create schema main_okr_metrics_internal")
        database.execute("set search_path = 'warehouse.main,warehouse.main_okr_metrics_internal'")
        for relation, sql in self.models:
            database.execute(f"create table {relation} as {sql}")
        return database


@pytest.fixture(scope="module")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Staging:
    """Return staging of all inputs, compiled once."""
    project = Project(
        tmp_path_factory.mktemp("dirty") / "shop",
        {},
        {
            "okr_metrics_inputs": {name: name for name in INPUTS},
            "okr_metrics_as_of_date": str(AS_OF),
            "okr_metrics_reporting_timezone": str(ZONE),
        },
        {name: [anchor(name)] for name in INPUTS},
    )
    project.install()
    assert project.dbt("seed").returncode == 0
    ran = project.dbt("run", "--select", "+kpi__rejected_rows", "+kpi__reconciliation")
    assert ran.returncode == 0, ran.stdout[-3000:]
    return Staging(project)


def check_counts(database: duckdb.DuckDBPyConnection, rows: dict[str, list[dict]]) -> None:
    """Every row is accepted, rejected, a copy, or of a later day."""
    counts = database.execute(
        "select input, source_rows, rows_after_as_of, rows_read, rows_accepted, rows_rejected,"
        " duplicates_dropped from kpi__reconciliation"
    ).fetchall()
    assert {row[0] for row in counts} == set(rows)
    for name, source, later, read, accepted, rejected, copies in counts:
        assert source == len(rows[name]) == later + read, name
        assert read == accepted + rejected + copies, name


def check_money(database: duckdb.DuckDBPyConnection, rows: dict[str, list[dict]]) -> None:
    """What can be read of an amount is in staging, whatever becomes of its row."""
    for name, columns in MONEY.items():
        for column in columns:
            ((staged,),) = database.execute(
                f"select coalesce(sum({column}), 0) from stg_kpi__{name}"
            ).fetchall()
            readable = [read_number(row[column]) or 0 for row in rows[name]]
            assert Decimal(str(staged)) == sum(readable), (name, column)


def check_values(database: duckdb.DuckDBPyConnection, rows: dict[str, list[dict]]) -> None:
    """An accepted row has exactly what a person reads in one of the raw rows."""
    for name, columns in READ.items():
        accepted = database.execute(
            f"select {', '.join(columns)} from stg_kpi__{name} where row_status = 'accepted'"
        ).fetchall()
        readable = Counter(filter(None, (as_read(name, row) for row in rows[name])))
        for values in accepted:
            assert values in readable, (name, values)


def check_reasons(database: duckdb.DuckDBPyConnection) -> None:
    """A reason says the value that it is about, or that there is none."""
    rejected = database.execute(
        "select input, reject_reason, raw_row from kpi__rejected_rows"
    ).fetchall()
    for name, reason, raw_row in rejected:
        assert reason, (name, raw_row)
        row = json.loads(raw_row)
        said = re.fullmatch(r'.*: "(.*)"', reason, re.DOTALL)
        # what isn't there has no value to name
        absent = [column for column in INPUTS[name] if column in reason and not row.get(column)]
        assert said or absent or reason.startswith("it names no "), (name, reason, row)


def test_nothing_is_lost_or_guessed_and_every_reason_names_its_value(staging: Staging) -> None:
    @settings(
        max_examples=int(os.environ.get("OKR_METRICS_EXAMPLES", "3")),
        derandomize="OKR_METRICS_EXAMPLES" not in os.environ,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(tables())
    def check(drawn: dict[str, list[dict]]) -> None:
        rows = {name: [anchor(name), *content] for name, content in drawn.items()}
        # some rows come twice, word for word
        for name, content in rows.items():
            content += content[1:3]
            assert content[0] == anchor(name)
        with staging.run(rows) as database:
            check_counts(database, rows)
            check_money(database, rows)
            check_values(database, rows)
            check_reasons(database)

    check()
