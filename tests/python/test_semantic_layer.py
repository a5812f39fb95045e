"""MetricFlow gives the numbers of kpi__values, and isn't forced on a project that installs us."""

import csv
import json
import math
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
from conftest import REPOSITORY, Project, run_dbt
from oracle_kpis import unknown_periods
from test_oracle import DEMO, read_seeds

# of the metrics, those that are parts of KPIs and no KPI themselves
PARTS = {
    "order_refunds",
    *("order_cost", "ledger_cost", "ledger_marketing", "ledger_expenses", "first_time_buyers"),
}
# the ledger has no segments, and what hangs on it hasn't either
WHOLE_ALONE = {
    *("cost_of_revenue", "gross_profit", "gross_margin", "contribution_profit", "variable_costs"),
    *("contribution_margin", "operating_expenses", "operating_income", "operating_margin"),
    *("burn_multiple", "fully_loaded_cac", "cac_payback_months"),
}
BY_CHANNEL_ALONE = {"marketing_spend", "cac"}
BY_CATEGORY = {
    *("orders", "order_revenue", "average_order_value", "refunds", "refund_rate"),
    *("subscription_revenue", "net_revenue"),
}
ON = {"okr_metrics_semantic_layer": True}
COMPANY = {name: DEMO[name] for name in ("as_of", "currency", "zone")}


class SemanticLayer:
    """A built project with the semantic layer on; mf reads manifest and profile in its folder."""

    def __init__(self, folder: Path, database: Path) -> None:
        """Read the names of the metrics."""
        self.folder, self.database = folder, database
        manifest = json.loads((folder / "target/semantic_manifest.json").read_text())
        self.metrics = {metric["name"] for metric in manifest["metrics"]} - PARTS
        self.sums = {metric["name"] for metric in manifest["metrics"] if metric["type"] == "simple"}

    def query(self, metrics: set[str], grain: str, dimension: str) -> dict[tuple, float | None]:
        """Ask mf; return {(metric, period, segment): value}."""
        file = self.folder / "answer.csv"
        period = f"metric_time__{grain}"
        group_by = [period] + ([] if dimension == "total" else [dimension])
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
                (metric, row[period][:10], row.get(dimension, "total")): (
                    float(row[metric]) if row[metric] else None
                )
                for row in csv.DictReader(rows)
                for metric in metrics
            }

    def measured(self, metrics: set[str], grain: str, dimension: str) -> dict[tuple, float | None]:
        """Return the same of kpi__values."""
        with duckdb.connect(self.database, read_only=True) as connection:
            rows = connection.execute(
                "select kpi_id, cast(period_start as text), dimension_value, value"
                " from kpi__values where list_contains(?, kpi_id)"
                " and period_grain = ? and dimension = ?",
                [sorted(metrics), grain, dimension],
            ).fetchall()
        return {tuple(key): None if value is None else float(value) for *key, value in rows}

    def differences(
        self, metrics: set[str], grain: str, dimension: str, raw: dict, **company: object
    ) -> list[tuple]:
        """Return the cells in which the two differ.

        Before the raw rows of an input begin kpi__values has null for what needs it; MetricFlow
        doesn't know, and makes its value of the others: where it only sums that input, nothing.
        """
        unknown = {
            (kpi, str(start)) for kpi, start in unknown_periods(raw, metrics, grain, **company)
        }
        found = self.query(metrics, grain, dimension)
        expected = self.measured(metrics, grain, dimension)
        assert {key[0] for key in found} == {key[0] for key in expected} == metrics
        problems = []
        for key in sorted(found.keys() | expected.keys()):
            cells = found.get(key), expected.get(key, 0)
            if key[:2] in unknown:
                # a customer is new by the first of two inputs
                is_sum = key[0] in self.sums - {"new_customers"}
                is_right = expected.get(key) is None and not (is_sum and found.get(key))
            else:
                # MetricFlow can't leave one channel out
                is_left_out = key[0] == "cac" and key[2] in ("unattributed", "unknown")
                is_right = is_left_out or is_same(*cells)
            if not is_right:
                problems.append((*key, *cells))
        return problems


def is_same(found: float | None, expected: float | None) -> bool:
    """Whether two values agree; where nothing happened, MetricFlow may have none for 0."""
    if expected is None or found is None:
        return found is None and not expected
    return math.isclose(found, expected, rel_tol=1e-6, abs_tol=1e-9)


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> SemanticLayer:
    """Return the demo's semantic layer: its two views in a copy of the demo."""
    folder = tmp_path_factory.mktemp("layer")
    database = shutil.copy(demo, folder)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(REPOSITORY / name, folder)
    run_dbt(
        *("run", "--select", "models/semantic", "--vars", json.dumps(ON)),
        *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
        OKR_METRICS_DUCKDB=str(database),
    )
    return SemanticLayer(folder, Path(database))


@pytest.mark.parametrize("grain", ["week", "month", "quarter", "year"])
def test_metricflow_agrees_on_the_whole(layer: SemanticLayer, grain: str) -> None:
    assert layer.differences(layer.metrics, grain, "total", read_seeds(), **COMPANY) == []


@pytest.mark.parametrize("dimension", ["country", "segment", "acquisition_channel"])
def test_metricflow_agrees_by_segment(layer: SemanticLayer, dimension: str) -> None:
    left_out = set() if dimension == "acquisition_channel" else BY_CHANNEL_ALONE
    metrics = layer.metrics - WHOLE_ALONE - left_out
    assert layer.differences(metrics, "month", dimension, read_seeds(), **COMPANY) == []


def test_metricflow_agrees_by_product_category(layer: SemanticLayer) -> None:
    raw = read_seeds()
    assert layer.differences(BY_CATEGORY, "month", "product_category", raw, **COMPANY) == []


# February's cost isn't known, and the one subscription ends; later there is a refund and rent alone
LITTLE = {
    "customers": """\
customer_id,created_at,country,segment,acquisition_channel
c1,2026-01-02,FR,smb,paid
c2,2026-01-02,ES,smb,""",
    "orders": """\
order_id,customer_id,ordered_at,status,currency_code
o1,c1,2026-01-10,paid,USD
o2,c2,2026-02-20,paid,USD""",
    "order_lines": """\
order_line_id,order_id,product_category,quantity,unit_price,discount_amount,unit_cost
l1,o1,beans,1,80,0,50
l2,o2,beans,1,70,0,""",
    "refunds": """\
refund_id,order_id,refunded_at,amount,currency_code
r1,o2,2026-03-20,20,USD""",
    "subscriptions": """\
subscription_id,customer_id,plan,status,started_at,ended_at,amount,billing_interval,quantity,\
currency_code,churn_reason
s1,c1,pro,cancelled,2026-01-05,2026-02-15,100,month,1,USD,""",
    "marketing_spend": """\
spend_date,channel,campaign,amount,currency_code,impressions,clicks
2026-01-03,paid,a,30,USD,1,1""",
    "operating_expenses": """\
expense_id,expense_date,category,department,amount,currency_code
e1,2026-01-31,rent,a,40,USD
e2,2026-03-02,rent,a,50,USD""",
}


def test_metricflow_agrees_where_little_happens(tmp_path: Path) -> None:
    as_of, policies = date(2026, 4, 10), {"ad_spend_in_ledger": True}
    variables = ON | {
        "okr_metrics_inputs": {name: name for name in LITTLE},
        "okr_metrics_as_of_date": str(as_of),
        "okr_metrics_policies": policies,
    }
    seeds = {name: list(csv.DictReader(text.splitlines())) for name, text in LITTLE.items()}
    project = Project(tmp_path / "shop", {}, variables, seeds)
    built = project.build()
    assert built.returncode == 0, built.stdout[-2000:]
    shop = SemanticLayer(project.folder, project.database)
    assert {"closing_mrr", "gross_margin", "operating_income", "fully_loaded_cac"} <= shop.metrics
    company = {"as_of": as_of, "currency": "USD", "zone": "UTC", "policies": policies}
    for grain in ("week", "month"):
        assert shop.differences(shop.metrics, grain, "total", seeds, **company) == []
    # before the ledger begins MetricFlow takes its costs for nought
    early = shop.query({"operating_income"}, "week", "total")[
        "operating_income", "2026-01-05", "total"
    ]
    assert early is not None


def test_every_metric_is_a_kpi(layer: SemanticLayer) -> None:
    with duckdb.connect(layer.database, read_only=True) as connection:
        kpis = {kpi for (kpi,) in connection.sql("select kpi_id from kpi__catalog").fetchall()}
    assert layer.metrics <= kpis
    assert len(layer.metrics) > 25
    # and the page says of all others why they can't be said
    section = (REPOSITORY / "docs/semantic-layer.md").read_text()
    assert [kpi for kpi in sorted(kpis - layer.metrics) if f"`{kpi}`" not in section] == []
    assert [metric for metric in sorted(layer.metrics) if f"`{metric}`" in section] == []


def parse(folder: Path, inputs: str, **variables: object) -> dict:
    """Return the manifest of a project that maps these inputs."""
    project = Project(
        folder / "shop",
        {name: "select 1 as id" for name in inputs.split()},
        {"okr_metrics_inputs": {name: name for name in inputs.split()}} | variables,
    )
    assert project.dbt("deps").returncode == 0
    parsed = project.dbt("--warn-error", "parse")
    assert parsed.returncode == 0, parsed.stdout[-2000:]
    return json.loads((project.folder / "target/manifest.json").read_text())


def test_an_installed_project_has_none_of_it(tmp_path: Path) -> None:
    manifest = parse(tmp_path, "subscriptions")
    assert manifest["semantic_models"] == manifest["metrics"] == {}
    assert not [name for name, node in manifest["nodes"].items() if node.get("time_spine")]


@pytest.mark.parametrize(
    ("inputs", "policies", "some", "none"),
    [
        ("subscriptions", "stripe", {"closing_mrr", "new_customers"}, {"orders", "cac"}),
        ("subscriptions marketing_spend", {"cac_lag_periods": 1}, {"marketing_spend"}, {"cac"}),
        # an order without its lines has no revenue
        ("orders support_tickets", {}, {"tickets_opened"}, {"orders", "new_customers"}),
    ],
)
def test_an_installed_project_that_asks_has_what_its_inputs_allow(
    tmp_path: Path, inputs: str, policies: str | dict, some: set[str], none: set[str]
) -> None:
    manifest = parse(tmp_path, inputs, okr_metrics_policies=policies, **ON)
    metrics = {metric["name"] for metric in manifest["metrics"].values()}
    assert some <= metrics
    assert not none & metrics
    assert [name for name, node in manifest["nodes"].items() if node.get("time_spine")]
