"""Runs handwritten.sql: python -m benchmarks.handwritten DATA DATABASE AS_OF MEMORY_LIMIT."""

import sys
from datetime import date
from pathlib import Path

import duckdb


def handwritten(data: Path, database: Path, as_of: date, memory: str) -> None:
    """Write kpi_values and reconciliation to a new database from `<input>/*.parquet` in data."""
    settings = {"threads": 2, "memory_limit": memory, "preserve_insertion_order": "false"}
    with duckdb.connect(str(database), config=settings) as connection:
        connection.execute(f"set temp_directory = '{database.parent}/spill'")
        connection.execute("set variable folder = ?", [str(data)])
        connection.execute("set variable as_of = ?", [as_of])
        connection.execute(Path(__file__).with_suffix(".sql").read_text())


if __name__ == "__main__":
    handwritten(Path(sys.argv[1]), Path(sys.argv[2]), date.fromisoformat(sys.argv[3]), sys.argv[4])
