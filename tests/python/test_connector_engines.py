"""PostgreSQL and Spark give the same of raw tables as DuckDB, row by row."""

import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import duckdb
import psycopg2
import pytest
import test_connector_airbyte as airbyte
import test_connector_airbyte_ads as airbyte_ads
import test_connector_chargebee as chargebee
import test_connector_ga4 as ga4
import test_connector_hubspot as hubspot
import test_connector_others as others
import test_connector_shapes as shapes
import test_connector_stripe as stripe
import test_connector_traps as traps
from conftest import REPOSITORY, Project, socket_of
from on_spark import java_17, spark_on
from test_connector_stripe import write
from test_connectors import load
from warm_dbt import QUIET, dbt

# with what was billed once, and what was paid back
ACCOUNT = stripe.with_sales(stripe.account_of_now())
USER = {"user_id": "c_plain"}
RAW = {
    "fivetran": {"stripe": stripe.with_sales(stripe.invoiced_account()), "recurly": others.RECURLY}
    | {"chargebee": chargebee.CHARGEBEE, "hubspot": hubspot.HUBSPOT}
    # users are a customer of Chargebee's
    | {"ga4": {"event": [row | USER for row in ga4.EXPORT]}}
    | {"segment": others.SEGMENT | {"pages": [row | USER for row in others.SEGMENT["pages"]]}}
    | {"tiktok_ads": others.TIKTOK, "intercom": others.INTERCOM}
    | traps.RAW,
    "airbyte": {
        "stripe": stripe.as_airbyte(ACCOUNT),
        "shopify": airbyte.as_airbyte(traps.SHOPIFY),
    }
    | airbyte_ads.AIRBYTE,
    "dlt": {
        "stripe": shapes.account_by_dlt(stripe.as_airbyte(ACCOUNT)),
        "shopify": shapes.shop_by_dlt(airbyte.as_airbyte(traps.SHOPIFY)),
    },
}
# as a loader types them there
POSTGRES_TYPES = {"TIMESTAMP": "timestamptz", "DOUBLE": "double precision", "VARCHAR": "text"}
CONNECTORS = ["run", "--select", "okr_metrics.connectors"]


@pytest.fixture(scope="module", params=list(RAW))
def loader(request: pytest.FixtureRequest) -> str:
    """Return a loader that RAW has tables of."""
    return request.param


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, loader: str) -> Project:
    """Return a project that names all sources, with the connectors' views on DuckDB."""
    folder = tmp_path_factory.mktemp("engines")
    settings: dict[str, dict] = {source: {"loader": loader} for source in RAW[loader]}
    settings["stripe"] |= {"segment_key": "company size", "one_off_sales": True}
    if "hubspot" in settings:
        settings["hubspot"] |= hubspot.SETTINGS
    project = Project(folder / "shop", {}, {"okr_metrics_sources": settings})
    for source, tables in RAW[loader].items():
        load(project.database, write(folder / "raw", source, tables))
        (folder / "raw").rename(folder / source)
    project.install()
    ran = project.dbt(*CONNECTORS)
    assert ran.returncode == 0, ran.stdout[-3000:]
    return project


@pytest.fixture(scope="module")
def expected(project: Project) -> dict[str, list]:
    """Return {view: its rows} on DuckDB."""
    views = project.query("select view_name from duckdb_views() where not internal")
    rows = {name: sorted(map(same, project.query(f"from {name}"))) for (name,) in views}
    assert len(rows) > 8
    assert [name for name, of_view in rows.items() if not of_view] == []
    return rows


def same(row: tuple) -> str:
    """Return a row as text, alike on all engines."""
    texts = []
    for value in row:
        text = value.isoformat(" ") if isinstance(value, datetime) else str(value)
        try:
            texts.append(f"{float(text):.9f}")
        except ValueError:
            texts.append(text)
    return str(texts)


def test_postgres_gives_the_rows_of_duckdb(
    project: Project, expected: dict[str, list], uri: str
) -> None:
    with duckdb.connect(project.database, read_only=True) as warehouse:
        found = warehouse.execute(
            "select table_schema, table_name, list((column_name, data_type))"
            " from information_schema.columns natural join information_schema.tables"
            " where table_type = 'BASE TABLE' group by all"
        ).fetchall()
        with closing(psycopg2.connect(uri)) as connection, connection, connection.cursor() as make:
            for schema, table, columns in found:
                types = [f'"{name}" {POSTGRES_TYPES.get(kind, kind)}' for name, kind in columns]
                make.execute(f"create schema if not exists {schema}; set timezone to 'UTC'")
                make.execute(f'drop table if exists {schema}."{table}" cascade')
                make.execute(f'create table {schema}."{table}" ({", ".join(types)})')
                names = ", ".join(f'"{name}"' for name, _ in columns)
                places = ", ".join(["%s"] * len(columns))
                rows = warehouse.execute(f'select {names} from {schema}."{table}"').fetchall()
                insert = f'insert into {schema}."{table}" ({names}) values ({places})'
                make.executemany(insert, rows)
    profile = ["--profiles-dir", str(REPOSITORY), "--profile", "okr_metrics"]
    place = [*profile, "--target", "postgres"]
    ran = dbt(*CONNECTORS, *place, folder=project.folder, PGHOST=socket_of(uri))
    assert ran.returncode == 0, ran.stdout[-3000:]
    with closing(psycopg2.connect(uri)) as connection, connection.cursor() as read:
        for view, rows in expected.items():
            read.execute(f"select * from okr_metrics_okr_metrics_internal.{view}")
            assert sorted(map(same, read.fetchall())) == rows, view


def test_spark_gives_the_rows_of_duckdb(
    project: Project, expected: dict[str, list], loader: str, tmp_path: Path
) -> None:
    with duckdb.connect(project.database, read_only=True) as warehouse:
        for source, tables in RAW[loader].items():
            for table in tables:
                file = tmp_path / f"{source}.{table}.parquet"
                warehouse.execute(f"copy {source}.\"{table}\" to '{file}' (format parquet)")
    script, result = Path(__file__).with_name("spark_connectors.py"), tmp_path / "result.json"
    ran = subprocess.run(
        [sys.executable, script, project.folder, tmp_path, result],
        env=os.environ | spark_on(tmp_path, java_17()) | QUIET,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    found = json.loads(result.read_text())
    assert found["success"], ran.stdout[-3000:]
    for view, rows in expected.items():
        assert sorted(same(tuple(row)) for row in found["tables"][view]) == rows, view
