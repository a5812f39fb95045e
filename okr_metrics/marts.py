"""Reads the public tables of okr_metrics from whatever engine the dbt profile names.

dbt's own adapter runs the queries and target/manifest.json names the relations, so it works in this
project and in one that has installed the package. Nothing is written; a query holds names of
columns and constants of the code alone, never a text that was read.
"""

import json
import os
import re
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from dbt.adapters.factory import get_adapter, register_adapter, reset_adapters
from dbt.adapters.sql.impl import SQLAdapter
from dbt.config.runtime import RuntimeConfig
from dbt.flags import set_from_args
from dbt.mp_context import get_mp_context
from dbt_common.context import set_invocation_context
from dbt_common.events.event_manager_client import cleanup_event_logger
from dbt_common.exceptions import DbtBaseException

from okr_metrics.problem import Problem

PACKAGE = "okr_metrics"
# rows that a driver hands over at a time
BATCH = 10_000
Value = str | int | bool | Decimal | date | None
# what a reader knows of its columns the contract says
Row = dict[str, Any]
# of a manifest
Node = dict[str, Any]


class MartsError(Problem):
    """The tables can't be read at all; its text says what to do."""


class Marts:
    """The public tables of one built project."""

    def __init__(self, adapter: SQLAdapter, nodes: dict[str, Node]) -> None:
        """Take dbt's adapter, and the public models by name."""
        self._adapter = adapter
        self._nodes = nodes
        self.absent: dict[str, str] = {}

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns, as its contract has them; none if it is absent."""
        return list(self._nodes.get(table, {}).get("columns", {}))

    def tables(self) -> list[str]:
        """Return the names of the public tables that the project has."""
        return sorted(self._nodes)

    def model(self, table: str) -> Node:
        """Return a table as the manifest has it: its description, and its columns by name."""
        return self._nodes[table]

    @cached_property
    def settings(self) -> Row:
        """Return the settings that the tables were built with: texts by name, None for none."""
        return self._of_kind("setting")

    @cached_property
    def policies(self) -> Row:
        """Return the policies that the tables were built with, by name."""
        return self._of_kind("policy")

    @property
    def as_of(self) -> date:
        """Return the last day that the tables know of."""
        return date.fromisoformat(self.settings["as_of_date"])

    def _of_kind(self, kind: str) -> Row:
        rows = self.rows("kpi__settings", "setting_name, setting_value", kind=kind)
        if not rows:
            why = self.absent.get("kpi__settings", "it is empty").rstrip(".!")
            raise MartsError(
                f"kpi__settings can't be read: {why}. Run dbt build with this version first."
            )
        return {row["setting_name"]: row["setting_value"] for row in rows}

    def batches(self, table: str, columns: list[str]) -> Iterator[list[tuple[Any, ...]]]:
        """Yield all rows of a table as its driver has them, never more at once than it must hold.

        A table that can't be read is an error of dbt here: whoever copies a table wants it whole.
        """
        names = ", ".join(check_name(name) for name in columns)
        query = f"select {names} from {self._relation(table)}"
        with self._adapter.connections.exception_handler(query):
            _, cursor = self._adapter.connections.add_query(query, auto_begin=False)
            # Spark's session has no such method
            if not hasattr(cursor, "fetchmany"):
                yield cursor.fetchall()
                return
            while batch := cursor.fetchmany(BATCH):
                yield batch

    def rows(
        self,
        table: str,
        columns: str,
        same_keys_as: tuple[str, str] | None = None,
        **where: str | date,
    ) -> list[Row]:
        """Return the rows of a public table as dicts; none where the project hasn't the table.

        `columns` are names with commas between; `where` compares columns with constants;
        `same_keys_as` names another public table and columns that both have: only rows whose values
        of these are in it. Numbers are Decimal or int. Why a table is absent is kept in `absent`.
        """
        names = [check_name(name.strip()) for name in columns.split(",")]
        relations = [table] + ([same_keys_as[0]] if same_keys_as else [])
        for name in relations:
            if name not in self._nodes:
                self.absent[name] = "not in the project"
                return []
        conditions = [f"{check_name(key)} = {literal(value)}" for key, value in where.items()]
        if same_keys_as:
            other, keys = same_keys_as
            keys = ", ".join(check_name(key.strip()) for key in keys.split(","))
            conditions.append(f"({keys}) in (select {keys} from {self._relation(other)})")
        query = f"select {', '.join(names)} from {self._relation(table)}"
        if conditions:
            query += " where " + " and ".join(conditions)
        try:
            _, found = self._adapter.execute(query, fetch=True)
        except DbtBaseException as error:
            self.absent[table] = first_sentence(error)
            return []
        return [dict(zip(names, row.values(), strict=True)) for row in found.rows]

    def _relation(self, table: str) -> str:
        return str(self._nodes[table]["relation_name"])


def first_sentence(error: DbtBaseException) -> str:
    """Return what an engine said, without dbt's headline and the place in the query."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[min(1, len(lines) - 1)]


def check_name(name: str) -> str:
    """Return a name of a column if it is one; what the code says is checked all the same."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
        raise ValueError(f"{name!r} isn't the name of a column")
    return name


def literal(value: str | date) -> str:
    """Return a constant as SQL; a date, or a word of small letters."""
    if isinstance(value, date):
        return f"cast('{value:%Y-%m-%d}' as date)"
    return f"'{check_name(value)}'"


@contextmanager
def open_marts(
    project_dir: str = ".",
    profiles_dir: str | None = None,
    target: str | None = None,
    variables: dict[str, Any] | None = None,
) -> Iterator[Marts]:
    """Open the tables of a built dbt project; MartsError where it isn't built or can't be reached.

    `variables` are dbt's --vars.
    """
    try:
        config = load_config(project_dir, profiles_dir, target, variables or {})
        manifest = load_manifest(Path(config.project_root, config.project_target_path))
        nodes = public_nodes(manifest)
        if manifest["metadata"]["adapter_type"] != config.credentials.type:
            raise MartsError(
                f"The last build was on {manifest['metadata']['adapter_type']}, and the target"
                f" {config.target_name} is {config.credentials.type}: run dbt build on it first."
            )
        if config.credentials.type == "duckdb":
            credentials: Any = config.credentials
            options = credentials.config_options or {}
            credentials.config_options = options | {"access_mode": "read_only"}
        cleanup_event_logger()
        register_adapter(config, get_mp_context())
        adapter = cast(SQLAdapter, get_adapter(config))
        with adapter.connection_named("okr_metrics_marts"):
            adapter.execute("select 1", fetch=True)
            yield Marts(adapter, nodes)
    except DbtBaseException as error:
        raise MartsError(str(error).strip()) from error
    finally:
        reset_adapters()


def load_config(
    project_dir: str, profiles_dir: str | None, target: str | None, variables: dict[str, Any]
) -> RuntimeConfig:
    """Return dbt's project and profile; the profile is looked for where dbt looks for it."""
    if profiles_dir is None:
        profiles_dir = os.environ.get("DBT_PROFILES_DIR")
    if profiles_dir is None:
        here = Path(project_dir, "profiles.yml").exists()
        profiles_dir = project_dir if here else str(Path.home() / ".dbt")
    arguments = Namespace(
        project_dir=project_dir,
        profiles_dir=profiles_dir,
        profile=None,
        target=target,
        target_path=os.environ.get("DBT_TARGET_PATH"),
        threads=1,
        vars=variables,
        which="okr_metrics",
    )
    set_from_args(arguments, {})
    set_invocation_context(os.environ)
    return RuntimeConfig.from_args(arguments)


def load_manifest(target_path: Path) -> Node:
    """Return what the last build wrote about the project."""
    path = target_path / "manifest.json"
    try:
        manifest: Node = json.loads(path.read_text())
        return manifest
    except FileNotFoundError:
        raise MartsError(f"{path} isn't there: run dbt build first.") from None


def public_nodes(manifest: Node) -> dict[str, Node]:
    """Return the public kpi__ and okr__ models of the package by name, as the manifest has them."""
    return {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["package_name"] == PACKAGE
        and node["config"].get("access", node.get("access")) == "public"
        and node["name"].startswith(("kpi__", "okr__"))
    }
