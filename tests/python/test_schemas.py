"""Internal tables have a schema of their own, unless a project says otherwise."""

from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import Project, open_warehouse
from readers import build_of, shop

INTERNAL, PUBLIC = ("int_", "stg_", "fct_"), ("kpi__", "okr__")
BY_SCHEMA = """
select schema_name, list(name) from (
    select schema_name, table_name as name from duckdb_tables()
    union all select schema_name, view_name from duckdb_views() where not internal
) group by 1
"""
# as many projects have it: a custom schema is no suffix
OWN_NAMES = """
{% macro generate_schema_name(custom_schema_name, node) -%}
    acme_{{ custom_schema_name or 'marts' }}
{%- endmacro %}
"""


def own_names(project: Project, models: dict) -> None:
    """Give a project a generate_schema_name of its own, and a config of the package's models."""
    (project.folder / "macros").mkdir(exist_ok=True)
    (project.folder / "macros/generate_schema_name.sql").write_text(OWN_NAMES)
    file = project.folder / "dbt_project.yml"
    settings = yaml.safe_load(file.read_text()) | {"models": {"okr_metrics": models}}
    file.write_text(yaml.safe_dump(settings))


def tables_by_schema(database: Path) -> dict[str, set[str]]:
    """Return the tables and views of each schema."""
    with duckdb.connect(database, read_only=True) as connection:
        return {schema: set(names) for schema, names in connection.sql(BY_SCHEMA).fetchall()}


def test_public_tables_alone_are_in_the_schema_of_the_target(demo: Path) -> None:
    tables = tables_by_schema(demo)
    assert set(tables) == {"main", "main_okr_metrics_internal"}
    assert all(name.startswith(INTERNAL) for name in tables["main_okr_metrics_internal"])
    assert len(tables["main_okr_metrics_internal"]) > 80
    # with the demo's seeds and the snapshots, which hold history
    others = {"okr_demo__", "demo__", "snap_"}
    assert all(name.startswith((*PUBLIC, *others)) for name in tables["main"])


@pytest.mark.parametrize(
    ("models", "schema"), [({}, "acme_okr_metrics_internal"), ({"+schema": None}, "acme_marts")]
)
def test_a_project_names_the_schemas_or_has_one(models: dict, schema: str, tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", okr_metrics_publish_to="published.duckdb")
    own_names(project, models)
    ran = project.dbt(*build_of(1))
    assert ran.returncode == 0, ran.stdout[-3000:]
    tables = tables_by_schema(project.database)
    assert {"orders", "kpi__margin", "kpi__rejected_rows"} <= tables["acme_marts"]
    assert set(tables) == {"acme_marts", schema}
    internal = {name for name in tables[schema] if name.startswith(INTERNAL)}
    assert {"stg_kpi__orders", "fct_kpi__order_lines", "int_kpi__gate"} <= internal
    # the good line of three
    margin = "select distinct net_revenue from kpi__margin where net_revenue != 0"
    assert project.query(margin) == [(1,)]
    with open_warehouse(project.folder / "published.duckdb") as published:
        assert published.sql(margin).fetchall() == [(1,)]
