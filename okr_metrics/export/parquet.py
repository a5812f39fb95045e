"""Writes the public tables as Parquet, one file each, in the types of their contracts.

The rows come from any engine; DuckDB, which the package runs on anyway, reads them from lines of
JSON, in which a decimal is written with all its digits, and writes the file.
"""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from okr_metrics.marts import Marts

# of the rejected rows the raw row and its key may name a person: they stay in the warehouse
PRIVATE = {"kpi__rejected_rows": ("row_key", "raw_row")}


def write_tables(marts: Marts, folder: Path) -> dict[str, int]:
    """Write all public tables to a folder; return how many rows each has."""
    return {table: write_table(marts, table, folder) for table in marts.tables()}


def write_table(marts: Marts, table: str, folder: Path) -> int:
    """Write one table; return how many rows it has."""
    types = {
        name: column["data_type"]
        for name, column in marts.model(table)["columns"].items()
        if name not in PRIVATE.get(table, ())
    }
    lines = folder / f"{table}.jsonl"
    written = write_lines(marts.batches(table, list(types)), list(types), lines)
    with duckdb.connect() as connection:
        rows = connection.read_json(str(lines), columns=types, format="newline_delimited")
        rows.write_parquet(str(folder / f"{table}.parquet"))
    lines.unlink()
    return written


def write_lines(batches: Iterator[list[tuple[Any, ...]]], names: list[str], path: Path) -> int:
    """Write rows as lines of JSON; return how many there are."""
    written = 0
    with path.open("w", encoding="ascii") as file:
        for batch in batches:
            file.writelines(
                json.dumps(dict(zip(names, row, strict=True)), default=as_text) + "\n"
                for row in batch
            )
            written += len(batch)
    return written


def as_text(value: Decimal | date) -> str:
    """Return a value that JSON has no type for, with nothing lost."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
