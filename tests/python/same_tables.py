"""Compares the public tables of the demo on two engines, cell by cell."""

from decimal import Decimal
from typing import Any

import duckdb

PUBLIC_TABLES = 34


def rows_of(cursor: Any, table: str, columns: list[str]) -> list[tuple]:
    """Return a table's rows in an order that small differences in numbers don't change."""
    cursor.execute(f"select {', '.join(columns)} from {table}")
    rows = cursor.fetchall()
    keys = [i for i, name in enumerate(columns) if name in ("periods_since", "periods_elapsed")]
    numbers = Decimal | float | int

    def key(row: tuple) -> tuple[list[str], list]:
        texts = [str(v) for v in row if isinstance(v, bool) or not isinstance(v, numbers)]
        return texts, [row[i] for i in keys]

    return sorted(rows, key=key)


def public_tables(on_duckdb: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of the demo's public tables."""
    tables = on_duckdb.execute(
        "select table_name from duckdb_tables() where table_name ^@ 'kpi__'"
        " or table_name ^@ 'okr__'"
    ).fetchall()
    assert len(tables) == PUBLIC_TABLES
    return [table for (table,) in tables]


def differences(
    on_duckdb: duckdb.DuckDBPyConnection, other: Any, schema: str, tables: list[str]
) -> list[str]:
    """Return a line for each cell that isn't the same on both; decimals may differ by 1e-8.

    The other engine's cursor sees the tables in a schema. A differing number of rows raises.
    """
    different = []
    for table in tables:
        names = [row[0] for row in on_duckdb.execute(f"describe {table}").fetchall()]
        # each engine writes JSON its own way
        columns = [name for name in names if name != "raw_row"]
        left = rows_of(on_duckdb, table, columns)
        right = rows_of(other, f"{schema}.{table}", columns)
        assert len(left) == len(right), table
        for one, another in zip(left, right, strict=True):
            for name, a, b in zip(columns, one, another, strict=True):
                if isinstance(a, Decimal) and isinstance(b, Decimal):
                    same = abs(a - b) <= Decimal("1e-8") * max(1, abs(a))
                else:
                    same = a == b
                if not same:
                    different.append(f"{table}.{name}: {a} and {b}")
    return different
