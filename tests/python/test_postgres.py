"""The demo on a real PostgreSQL server gives the numbers of DuckDB, cell by cell."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import psycopg2
import pytest
from conftest import REPOSITORY, build_demo, run_dbt, socket_of
from daily import Daily
from pages import write_page
from ratios import check_ratios, ratio_query
from readers import BUILDS, DAY, MARGIN_SEEN, Poller, build_of, check_looks, shop
from same_tables import differences, public_tables
from test_schemas import own_names
from warm_dbt import dbt

ODBC_TYPES = {
    "VARCHAR": str,
    "DATE": date,
    "TIMESTAMP": datetime,
    "BOOLEAN": bool,
    "INTEGER": int,
    "BIGINT": int,
    "DECIMAL": Decimal,
}


@pytest.fixture(scope="module")
def warehouses(demo: Path, uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple]:
    """Return a cursor on each of the two built warehouses, the server's socket, and the folder."""
    folder, socket = tmp_path_factory.mktemp("postgres"), socket_of(uri)
    options = ["--exclude", "test_type:unit"]
    build_demo("postgres", folder, *options, PGHOST=socket, OKR_METRICS_SCHEMA="demo")
    with (
        duckdb.connect(demo, read_only=True) as on_duckdb,
        psycopg2.connect(uri) as on_postgres,
    ):
        yield on_duckdb.cursor(), on_postgres.cursor(), socket, folder


def test_postgres_gives_the_numbers_of_duckdb(warehouses: tuple) -> None:
    on_duckdb, on_postgres, *_ = warehouses
    different = differences(on_duckdb, on_postgres, "demo", public_tables(on_duckdb))
    assert not different, different[:10]


def test_tables_and_columns_of_postgres_say_what_they_are(warehouses: tuple) -> None:
    on_duckdb, on_postgres, *_ = warehouses
    for table in public_tables(on_duckdb):
        on_postgres.execute(
            "select obj_description(%(name)s::regclass),"
            " bool_and(col_description(attrelid, attnum) is not null)"
            " from pg_attribute where attrelid = %(name)s::regclass and attnum > 0",
            {"name": f"demo.{table}"},
        )
        comment, are_columns_said = on_postgres.fetchone()
        assert comment and are_columns_said, table


def test_a_lineage_query_of_postgres_lists_the_rows_of_duckdb(warehouses: tuple) -> None:
    on_duckdb, on_postgres, socket, _ = warehouses
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
                query = re.sub(r'"\w+"\.("main\w*"\.)', r"\1", query)
            cursor.execute(query)
            found.append(sorted(map(tuple, cursor.fetchall()), key=str))
        rows.append(found)
    assert all(rows[0])
    assert rows[0] == rows[1]


def test_psqlodbc_adds_a_ratio_up_again_from_its_parts(warehouses: tuple, demo: Path) -> None:
    """A client of ODBC reads every table, and its sums are those of the mart."""
    absent = "psqlODBC isn't installed: apt-get install odbc-postgresql libodbc2"
    # it can't be imported without the library of ODBC
    pyodbc = pytest.importorskip("pyodbc", reason=absent, exc_type=ImportError)
    driver = "PostgreSQL Unicode"
    if driver not in pyodbc.drivers():
        pytest.skip(absent)
    on_duckdb, _, socket, _ = warehouses
    where = {"servername": socket, "database": "postgres", "uid": "postgres"}
    # psqlODBC reads booleans as text unless told otherwise
    connection = pyodbc.connect(driver=f"{{{driver}}}", boolsaschar=0, **where)
    with closing(connection):
        check_ratios(connection.execute(ratio_query("demo.kpi__values")).fetchall(), demo)
        for table in public_tables(on_duckdb):
            cursor = connection.execute(f"select * from demo.{table} limit 100")
            cursor.fetchall()
            types = {name: python_type for name, python_type, *_ in cursor.description}
            for name, kind, *_ in on_duckdb.execute(f"describe {table}").fetchall():
                # numbers, days and booleans are such
                expected = ODBC_TYPES["DECIMAL" if kind.startswith("DECIMAL") else kind]
                assert types[name] is expected, (table, name)


@pytest.fixture(scope="module")
def build(uri: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], bool]:
    """Return what builds the shop's margin with a price and says whether it went well."""
    folder = tmp_path_factory.mktemp("readers")
    profile = ["--profiles-dir", str(REPOSITORY), "--profile", "okr_metrics"]
    daily = Daily(
        *(shop(folder / "shop").folder, folder / "daily.log", *profile, "--target", "postgres"),
        PGHOST=socket_of(uri),
        OKR_METRICS_SCHEMA="shop",
    )
    assert daily.dbt(*build_of(1, "", "--select", "+kpi__margin"))
    # what hangs on the price
    chain = ["--select", "order_lines+,+kpi__margin"]
    return lambda price: daily.dbt(*build_of(price, "", *chain))


def test_readers_see_one_build_at_a_time(uri: str, build: Callable[[int], bool]) -> None:
    # a block of `with` would be one transaction, whatever autocommit says
    with closing(psycopg2.connect(uri, options="-c search_path=shop")) as connection:
        connection.autocommit = True
        cursor = connection.cursor()

        def look() -> tuple:
            cursor.execute(MARGIN_SEEN)
            return cursor.fetchone()

        poller = Poller(look)
        poller.start()
        built = [build(price) for price in range(2, BUILDS + 1)]
        seen = poller.end()
        assert all(built)
        check_looks(seen)
        assert look()[0] == BUILDS


def test_a_reader_who_stays_in_a_transaction_is_ended(
    uri: str, build: Callable[[int], bool]
) -> None:
    """It keeps the build waiting for as long as idle_in_transaction_session_timeout lets it."""
    options = "-c search_path=shop -c idle_in_transaction_session_timeout=3s"
    with closing(psycopg2.connect(uri, options=options)) as connection:
        cursor = connection.cursor()
        cursor.execute(MARGIN_SEEN)
        assert build(30)
        with pytest.raises(psycopg2.OperationalError):
            cursor.execute(MARGIN_SEEN)


def test_the_dashboard_of_postgres_is_that_of_duckdb(warehouses: tuple, demo: Path) -> None:
    _, _, socket, folder = warehouses
    on_duckdb = write_page(folder / "duckdb.html", demo)
    environment = {
        "DBT_TARGET_PATH": str(folder / "postgres"),
        "PGHOST": socket,
        "OKR_METRICS_SCHEMA": "demo",
    }
    on_postgres = write_page(folder / "postgres.html", None, "--target", "postgres", **environment)
    assert on_duckdb.read_text() == on_postgres.read_text()


@pytest.fixture(scope="module")
def said(uri: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | dict]:
    """Return what a role that may create no schema is told, and a reader's rows after its builds.

    The project names its schemas itself, and says who reads.
    """
    project = shop(tmp_path_factory.mktemp("rights") / "shop")
    readers = {
        "+grants": {"select": ["reader"]},
        "gate": {"kpi__rejected_rows": {"+grants": {"select": []}}},
    }
    own_names(project, readers)
    profile = ["--profiles-dir", str(REPOSITORY), "--profile", "okr_metrics"]
    options = [*profile, "--target", "postgres", "--vars", f"{{{DAY}}}"]
    options += ["--exclude-resource-type", "test", "unit_test"]

    def run(*select: str) -> str:
        environment = {"PGHOST": socket_of(uri), "PGUSER": "maker"}
        return dbt("build", *select, *options, folder=project.folder, **environment).stdout

    with closing(psycopg2.connect(uri)) as connection:
        connection.autocommit = True
        owner = connection.cursor()

        def read() -> dict[str, tuple]:
            owner.execute(
                "select tablename from pg_tables"
                " where schemaname = 'acme_marts' and tablename ^@ 'kpi__'"
            )
            tables = [f"acme_marts.{table}" for (table,) in owner.fetchall()]
            rows = {}
            with closing(psycopg2.connect(uri, user="reader")) as connection:
                connection.autocommit = True
                reader = connection.cursor()
                for table in [*tables, "acme_okr_metrics_internal.stg_kpi__orders"]:
                    try:
                        reader.execute(f"select count(*), '{table}'::regclass::oid from {table}")
                        rows[table] = reader.fetchone()
                    except psycopg2.errors.InsufficientPrivilege:
                        rows[table] = None
            return rows

        owner.execute(
            "create role maker login; create role reader login; create schema acme_marts;"
            "grant usage, create on schema acme_marts to maker;"
            "grant usage on schema acme_marts to reader"
        )
        said = {"refused": run("--select", "int_kpi__days")}
        owner.execute(
            "create schema acme_okr_metrics_internal;"
            "grant usage, create on schema acme_okr_metrics_internal to maker"
        )
        said |= {"built": run(), "rows": read()}
        said |= {"built_again": run("--select", "access:public"), "rows_again": read()}
        owner.execute("drop schema acme_okr_metrics_internal cascade")
        own_names(project, readers | {"+schema": None})
        said["built_in_one"] = run("--select", "+stg_kpi__orders")
    return said


def test_a_role_without_create_schema_is_told_what_to_set(said: dict) -> None:
    refused = " ".join(said["refused"].split())
    assert (
        'The role "maker" may not create the schema "acme_okr_metrics_internal" in the database'
        " postgres. Have it created by a role that may:"
        ' create schema "acme_okr_metrics_internal"; grant usage, create on schema'
        ' "acme_okr_metrics_internal" to "maker";'
    ) in refused
    assert "models: {okr_metrics: {+schema: null}}" in refused
    # both cures that it names
    for cured in ("built", "built_in_one"):
        assert "Completed successfully" in said[cured], said[cured][-3000:]


def test_a_role_that_reads_still_does_after_a_second_build(said: dict) -> None:
    assert "Completed successfully" in said["built_again"], said["built_again"][-3000:]
    rows, again = said["rows"], said["rows_again"]
    assert rows.keys() == again.keys()
    unread = {"acme_marts.kpi__rejected_rows", "acme_okr_metrics_internal.stg_kpi__orders"}
    for seen in (rows, again):
        assert {table for table, found in seen.items() if found is None} == unread
    assert {"acme_marts.kpi__values", "acme_marts.kpi__margin"} <= rows.keys()
    for table in rows.keys() - unread:
        # made anew, with the same rows
        assert again[table][0] == rows[table][0] and again[table][1] != rows[table][1], table
