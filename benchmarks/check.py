"""Whether the package, the hand-written script and the Polars program give the same numbers."""

from datetime import date
from pathlib import Path

import duckdb

from benchmarks.oracle import oracle

# a part in a million, or a millionth: money is rounded to a millionth before it divides
IS_OTHER = "abs({0} - {1}) > 1e-6 * greatest(1, abs({1}))"
KEYS = "kpi_id, period_grain, period_start, dimension, dimension_value"


def open_both(package: Path, by_hand: Path) -> duckdb.DuckDBPyConnection:
    """Attach both databases, read only."""
    connection = duckdb.connect()
    connection.execute(f"attach '{package}' as package (read_only)")
    connection.execute(f"attach '{by_hand}' as by_hand (read_only)")
    return connection


def differences_by_hand(package: Path, by_hand: Path) -> tuple[int, list[tuple]]:
    """Return how many values were compared and those that differ: all of kpi__values, and the
    counts of kpi__reconciliation for the inputs that can have duplicates here."""
    with open_both(package, by_hand) as connection:
        values = connection.execute(
            f"select {KEYS}, kpi__values.value, kpi_values.value"
            f" from package.kpi__values full join by_hand.kpi_values using ({KEYS})"
            " where (kpi__values.value is null) != (kpi_values.value is null)"
            f" or {IS_OTHER.format('kpi_values.value', 'kpi__values.value::double')}"
        ).fetchall()
        rows = connection.execute(
            "select * from by_hand.reconciliation except"
            " select input, rows_read, rows_rejected, duplicates_dropped"
            " from package.kpi__reconciliation"
        ).fetchall()
        (compared,) = connection.execute("select count(*) from by_hand.kpi_values").fetchone()
    return compared, values + rows


def differences_from_oracle(package: Path, data: Path, as_of: date) -> tuple[int, list[tuple]]:
    """Return how many values were compared with Polars and those that differ."""
    expected = oracle(data, as_of)
    with duckdb.connect(str(package), read_only=True) as connection:
        rows = connection.execute(
            f"select {KEYS}, value::double from kpi__values"
            " where dimension not in ('plan', 'product_category')"
        ).fetchall()
    asked = {key[:2] for key in expected}
    found = {tuple(row[:5]): row[5] for row in rows if row[:2] in asked}
    return len(expected), [
        (key, found.get(key), expected.get(key))
        for key in sorted(found.keys() | expected.keys())
        if not is_same(found.get(key), expected.get(key))
    ]


def is_same(found: float | None, expected: float | None) -> bool:
    """Return whether two values agree to a part in a million, or a millionth."""
    if found is None:
        return expected is None
    # a segment without rows has zeros in the package and none there
    return abs(found - (expected or 0)) <= 1e-6 * max(1, abs(expected or 0))
