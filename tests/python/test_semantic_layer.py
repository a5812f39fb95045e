"""MetricFlow gives the numbers of kpi__values, and isn't forced on a project that installs us."""

import csv
import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import REPOSITORY, Project, run_dbt

# of the metrics, those that are parts of KPIs and no KPI themselves
PARTS = {"order_cost", "ledger_cost", "ledger_marketing", "ledger_expenses"}
# the ledger has no segments, and what hangs on it hasn't either
WHOLE_ALONE = {
    *("cost_of_revenue", "gross_profit", "gross_margin", "contribution_profit", "variable_costs"),
    *("contribution_margin", "operating_expenses", "operating_income", "operating_margin"),
    *("fully_loaded_cac", "cac_payback_months"),
}
BY_CHANNEL_ALONE = {"marketing_spend", "cac"}


class SemanticLayer:
    """The demo with the semantic layer on."""

    def __init__(self, folder: Path, demo: Path) -> None:
        """Add the layer's two views to a copy of the demo; mf reads manifest and profile here."""
        self.folder, self.database = folder, folder / demo.name
        shutil.copy(demo, self.database)
        for name in ("dbt_project.yml", "profiles.yml"):
            shutil.copy(REPOSITORY / name, folder)
        layer = "{okr_metrics_semantic_layer: true}"
        run_dbt(
            *("run", "--select", "models/semantic", "--vars", layer),
            *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
            OKR_METRICS_DUCKDB=str(self.database),
        )
        manifest = json.loads((folder / "target/semantic_manifest.json").read_text())
        self.metrics = {metric["name"] for metric in manifest["metrics"]} - PARTS

    def query(self, metrics: set[str], dimension: str) -> dict[tuple, float | None]:
        """Ask mf; return {(metric, month, segment): value}."""
        file = self.folder / "answer.csv"
        group_by = ["metric_time__month"] + ([] if dimension == "total" else [dimension])
        mf = Path(sys.executable).with_name("mf")
        asked = subprocess.run(
            [mf, "query", "--metrics", ",".join(sorted(metrics))]
            + ["--group-by", ",".join(group_by), "--csv", str(file)],
            cwd=self.folder,
            env=os.environ | {"OKR_METRICS_DUCKDB": str(self.database)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert asked.returncode == 0, asked.stdout[-2000:]
        with file.open() as rows:
            return {
                (metric, row["metric_time__month"][:10], row.get(dimension, "total")): (
                    float(row[metric]) if row[metric] else None
                )
                for row in csv.DictReader(rows)
                # tickets that aren't solved have no month of their solution
                if row["metric_time__month"]
                for metric in metrics
            }

    def measured(self, metrics: set[str], dimension: str) -> dict[tuple, float | None]:
        """Return the same of kpi__values."""
        with duckdb.connect(self.database, read_only=True) as connection:
            rows = connection.execute(
                "select kpi_id, cast(period_start as text), dimension_value, value"
                " from kpi__values where list_contains(?, kpi_id)"
                " and period_grain = 'month' and dimension = ?",
                [sorted(metrics), dimension],
            ).fetchall()
        return {tuple(key): None if value is None else float(value) for *key, value in rows}


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> SemanticLayer:
    """Return the demo's semantic layer."""
    return SemanticLayer(tmp_path_factory.mktemp("layer"), demo)


@pytest.mark.parametrize("dimension", ["total", "segment", "acquisition_channel"])
def test_metricflow_agrees(layer: SemanticLayer, dimension: str) -> None:
    left_out = {
        "total": set(),
        "segment": WHOLE_ALONE | BY_CHANNEL_ALONE,
        "acquisition_channel": WHOLE_ALONE,
    }[dimension]
    metrics = layer.metrics - left_out
    found = layer.query(metrics, dimension)
    expected = layer.measured(metrics, dimension)
    assert {key[0] for key in found} == {key[0] for key in expected} == metrics
    differing = []
    for key in found.keys() | expected.keys():
        one, other = found.get(key), expected.get(key)
        # an empty month has no row in one of the two; who has no channel has no CAC
        is_nobody = key[0] == "cac" and key[2] in ("unattributed", "unknown")
        if not is_nobody and not math.isclose(one or 0, other or 0, rel_tol=1e-6, abs_tol=1e-6):
            differing.append((*key, one, other))
    assert differing == []


def test_every_metric_is_a_kpi(layer: SemanticLayer) -> None:
    with duckdb.connect(layer.database, read_only=True) as connection:
        kpis = {kpi for (kpi,) in connection.sql("select kpi_id from kpi__catalog").fetchall()}
    assert layer.metrics <= kpis
    assert len(layer.metrics) > 25
    # and the README says of all others why they can't be said
    text = (REPOSITORY / "README.md").read_text()
    section = text.split("## Semantic layer")[1].split("\n## ")[0]
    assert [kpi for kpi in sorted(kpis - layer.metrics) if f"`{kpi}`" not in section] == []
    assert [metric for metric in sorted(layer.metrics) if f"`{metric}`" in section] == []


def parse(folder: Path, **variables: object) -> dict:
    """Return the manifest of a project that maps subscriptions alone."""
    inputs = {"subscriptions": "subscriptions"}
    project = Project(
        folder / "shop",
        {"subscriptions": "select 1 as subscription_id"},
        {"okr_metrics_inputs": inputs} | variables,
    )
    assert project.dbt("deps").returncode == 0
    parsed = project.dbt("--warn-error", "parse")
    assert parsed.returncode == 0, parsed.stdout[-2000:]
    return json.loads((project.folder / "target/manifest.json").read_text())


def test_an_installed_project_has_none_of_it(tmp_path: Path) -> None:
    manifest = parse(tmp_path)
    assert manifest["semantic_models"] == manifest["metrics"] == {}
    assert not [name for name, node in manifest["nodes"].items() if node.get("time_spine")]


def test_an_installed_project_that_asks_has_what_its_inputs_allow(tmp_path: Path) -> None:
    manifest = parse(tmp_path, okr_metrics_semantic_layer=True)
    metrics = {metric["name"] for metric in manifest["metrics"].values()}
    assert {"closing_mrr", "arpa", "new_customers"} <= metrics
    assert not metrics & {"orders", "cac", "gross_margin"}
    assert [name for name, node in manifest["nodes"].items() if node.get("time_spine")]
