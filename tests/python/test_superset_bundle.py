"""The bundle for Superset fits the tables and itself; `make bi` has Superset import it."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from pages import command

URI = """postgresql://reader:it's "a": {password}@host/db?options=-c%20x"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., dict[str, dict]]:
    """Return what writes the bundle and reads its files by name."""

    def write(*options: str) -> dict[str, dict]:
        output = tmp_path / "folder" / "bundle.zip"
        ran = command("superset", "--uri", URI, "--output", str(output), *options)
        assert ran.returncode == 0, ran.stderr
        assert str(output) in ran.stdout
        # the URI may hold a password
        assert "password" not in ran.stdout
        assert output.stat().st_mode & 0o777 == 0o600
        with zipfile.ZipFile(output) as bundle:
            return {name: yaml.safe_load(bundle.read(name)) for name in bundle.namelist()}

    return write


def of_kind(files: dict[str, dict], kind: str) -> list[dict]:
    """Return the files of a folder."""
    return [content for name, content in files.items() if name.startswith(f"okr_metrics/{kind}/")]


def test_uri_and_schema_are_in_it_as_they_are(written: Callable[..., dict[str, dict]]) -> None:
    files = written("--schema", "x: [y")
    (database,) = of_kind(files, "databases")
    assert database["sqlalchemy_uri"] == URI
    assert {dataset["schema"] for dataset in of_kind(files, "datasets")} == {"x: [y"}
    again = written()
    assert {dataset["schema"] for dataset in of_kind(again, "datasets")} == {None}
    # so it is updated, not imported anew
    assert [file.get("uuid") for file in again.values()] == [
        file.get("uuid") for file in files.values()
    ]


def test_datasets_have_the_columns_of_their_tables(
    demo: Path, written: Callable[..., dict[str, dict]]
) -> None:
    nodes = json.loads((demo.parent / "duckdb/manifest.json").read_text())["nodes"].values()
    models = {node["name"]: node for node in nodes if node.get("access") == "public"}
    for dataset in of_kind(written(), "datasets"):
        columns = models[dataset["table_name"]]["columns"]
        listed = {column["column_name"]: column for column in dataset["columns"]}
        # who adds a column to a table adds its line to the dataset's file
        assert list(listed) == list(columns), dataset["table_name"]
        for name, column in listed.items():
            assert column["is_dttm"] == (columns[name]["data_type"] == "date")
        assert listed[dataset["main_dttm_col"]]["is_dttm"]


def test_charts_ask_what_they_show(written: Callable[..., dict[str, dict]]) -> None:
    """The query that Superset keeps for a chart is that of its settings."""
    files = written()
    datasets = {dataset["uuid"]: dataset for dataset in of_kind(files, "datasets")}
    for chart in of_kind(files, "charts"):
        params = chart["params"]
        (query,) = json.loads(chart["query_context"])["queries"]
        filters = [
            {"col": one["subject"], "op": one["operator"], "val": one.get("comparator")}
            for one in params["adhoc_filters"]
        ]
        assert [{"val": None} | one for one in query["filters"]] == filters
        metrics = params.get("metrics") or [params.get("metric")]
        assert query.get("metrics", [None]) == metrics
        assert query["row_limit"] == params["row_limit"]
        if "all_columns" in params:
            assert query["columns"] == params["all_columns"]
            assert query["orderby"] == list(map(json.loads, params["order_by_cols"]))
        dataset = datasets[chart["dataset_uuid"]]
        known = {metric["metric_name"] for metric in dataset["metrics"]} | {None}
        assert known.issuperset(metrics)
        names = {column["column_name"] for column in dataset["columns"]}
        plain = [column for column in query["columns"] if isinstance(column, str)]
        assert names.issuperset(plain + [one["col"] for one in query["filters"]])


def test_the_dashboard_shows_every_chart_once(written: Callable[..., dict[str, dict]]) -> None:
    files = written()
    (dashboard,) = of_kind(files, "dashboards")
    places = [one for key, one in dashboard["position"].items() if key[:6] == "CHART-"]
    shown = sorted(place["meta"]["uuid"] for place in places)
    assert shown == sorted(chart["uuid"] for chart in of_kind(files, "charts"))
    uuids = [file["uuid"] for file in files.values() if "uuid" in file]
    assert len(set(uuids)) == len(uuids)
