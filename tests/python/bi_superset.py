"""Apache Superset shows what the marts say, through the bundle that comes with the package.

Part of `make bi`. Superset listens on 127.0.0.1 alone and ends with the tests.
"""

import json
import os
import secrets
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import requests
from conftest import REPOSITORY
from ratios import RATIOS, check_ratios

from okr_metrics.superset.bundle import write_bundle

PYTHON = REPOSITORY / ".venv/bi/bin/python"
CONFIGURATION = """
import os
SECRET_KEY = os.environ["OKR_METRICS_TEST_KEY"]
SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.environ["OKR_METRICS_TEST_DATABASE"]
# no browser and nobody else's requests
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
RATELIMIT_ENABLED = False
"""
COUNTS = {"database": 1, "dataset": 7, "chart": 8, "dashboard": 1}
# what the mart itself says, in the order that a reader wants; the saved metrics work it out anew
CHARTS = {
    "Key results": """
        select key_result_name, owner, status, actual_text, target_text, score,
            expected_progress, forecast_value, probability_met, due_date, status_reason
        from okr__key_result_attainment order by objective_id, key_result_id""",
    "KPIs in trouble": """
        select rank, kpi_name, dimension_value, periods_in_trouble, value, edge, distance,
            money_at_stake, covered_by_key_result_id, message
        from okr__focus_candidates where finding = 'kpi_in_trouble' order by rank""",
    "KPI by segment": """
        select period_start, dimension_value, value from kpi__values
        where kpi_id = 'customer_churn_rate' and period_grain = 'month' and dimension = 'segment'
            and is_complete_period order by 1, 2""",
    "Is it noise? The KPI and its natural limits": """
        select period_start, value, center_line, lower_limit, upper_limit from kpi__health
        where kpi_id = 'customer_churn_rate' and period_grain = 'month' and dimension = 'total'
        order by 1""",
    "MRR: what moved it": """
        select sort_order || '. ' || step_label, amount from kpi__mrr_bridge
        where period_grain = 'month' and dimension = 'total' and not is_total
        qualify period_start = max(period_start) over () order by sort_order""",
    "MRR: opening and closing": """
        select period_label, step_label, amount from kpi__mrr_bridge
        where period_grain = 'month' and dimension = 'total' and is_total
        qualify period_start = max(period_start) over () order by sort_order""",
    "How much of a cohort is left after n months": """
        select periods_since, cohort_label, retention_rate
        from kpi__retention_cohorts
        where period_grain = 'month' and dimension = 'total' and is_complete_period
        order by periods_since, cohort_period desc""",
    "CAC by channel": """
        select period_start, dimension_value, cac from kpi__acquisition
        where period_grain = 'month' and dimension = 'acquisition_channel' and cac is not null
        order by 1, 2""",
}


class Superset:
    """A running Superset, asked by its REST API."""

    def __init__(self, port: int, password: str) -> None:
        """Log in."""
        self._api = f"http://127.0.0.1:{port}/api/v1/"
        self._headers = {}
        login = {"username": "admin", "password": password, "provider": "db"}
        token = self.call("POST", "security/login", json=login)["access_token"]
        self._headers = {"Authorization": f"Bearer {token}"}

    def call(self, method: str, path: str, **more: object) -> dict:
        """Return the answer to a request; fail with what Superset says."""
        answer = requests.request(
            method, self._api + path, headers=self._headers, timeout=60, **more
        )
        assert answer.ok, (path, answer.text[:2000])
        return answer.json()

    def all(self, kind: str) -> list[dict]:
        """Return all objects of a kind, in short."""
        return self.call("GET", f"{kind}/?q=(page_size:100)")["result"]

    def counts(self) -> dict[str, int]:
        """Return how many there are of each kind."""
        return {kind: len(self.all(kind)) for kind in COUNTS}

    def ids(self, kind: str, name: str) -> dict[str, int]:
        """Return the ids of a kind by the value of a column."""
        return {one[name]: one["id"] for one in self.all(kind)}

    def data(self, query_context: dict) -> list[dict]:
        """Return the rows of a query."""
        (result,) = self.call("POST", "chart/data", json=query_context)["result"]
        assert result["error"] is None
        return result["data"]

    def query(self, dataset: str, **query: object) -> list[dict]:
        """Return the rows of a query on a dataset."""
        source = {"id": self.ids("dataset", "table_name")[dataset], "type": "table"}
        return self.data({"datasource": source, "queries": [query]})

    def chart(self, chart: int) -> dict:
        """Return the query of a chart as its dashboard asks it: with the filters' first choice."""
        result = self.call("GET", f"chart/{chart}")["result"]
        query_context = json.loads(result["query_context"])
        for chosen in self.dashboard_filters():
            if chart not in chosen["scope"]["excluded"]:
                query_context["queries"][0]["filters"].append(self.choice(chosen))
        return query_context

    def dashboard_filters(self) -> list[dict]:
        """Return the filters of the dashboard."""
        dashboard = self.call("GET", "dashboard/okr_metrics")["result"]
        return json.loads(dashboard["json_metadata"])["native_filter_configuration"]

    def choice(self, chosen: dict) -> dict:
        """Return what a filter of a dashboard asks for when nobody has touched it."""
        if found := chosen["defaultDataMask"]["extraFormData"].get("filters"):
            return found[0]
        assert chosen["controlValues"]["defaultToFirstItem"]
        (target,) = chosen["targets"]
        column = target["column"]["name"]
        where = [
            {"col": one["subject"], "op": one["operator"], "val": one["comparator"]}
            for one in chosen["adhoc_filters"]
        ]
        order = [[column, chosen["controlValues"]["sortAscending"]]]
        source = {"id": target["datasetId"], "type": "table"}
        query = {"columns": [column], "filters": where, "orderby": order, "metrics": []}
        first = self.data({"datasource": source, "queries": [query]})[0]
        return {"col": column, "op": "IN", "val": [first[column]]}


@pytest.fixture(scope="module")
def bundle(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bundle for the demo."""
    output = tmp_path_factory.mktemp("bundle") / "okr_metrics.zip"
    # no query of Superset's can read another file
    options = "access_mode=read_only&enable_external_access=false"
    write_bundle(output, f"duckdb:///{demo}?{options}", None)
    return output


@pytest.fixture(scope="module")
def superset(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Superset]:
    """Return a Superset that has imported the bundle twice."""
    folder = tmp_path_factory.mktemp("superset")
    (folder / "superset_config.py").write_text(CONFIGURATION)
    password = secrets.token_urlsafe()
    who = ["--username", "admin", "--firstname", "A", "--lastname", "B", "--email", "a@example.com"]
    load = ["import-dashboards", "--path", str(bundle), "--username", "admin"]
    commands = [
        ["db", "upgrade"],
        ["fab", "create-admin", *who, "--password", password],
        ["init"],
        load,
        load,
    ]
    environment = {
        "OKR_METRICS_TEST_KEY": secrets.token_urlsafe(42),
        "OKR_METRICS_TEST_DATABASE": str(folder / "superset.db"),
        "SUPERSET_CONFIG_PATH": str(folder / "superset_config.py"),
        "SUPERSET_HOME": str(folder),
        "SCARF_ANALYTICS": "false",
    }
    log = folder / "log"
    with (
        log.open("w") as file,
        subprocess.Popen(
            [PYTHON, REPOSITORY / "tests/python/superset_server.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
            env=os.environ | environment,
            cwd=folder,
        ) as server,
    ):
        try:
            print(json.dumps(commands), file=server.stdin, flush=True)
            # Superset prints more before
            port = next((line[5:] for line in server.stdout if line.startswith("port ")), None)
            assert port, log.read_text()[-3000:]
            yield Superset(int(port), password)
        finally:
            server.kill()


def same(found: object, expected: object) -> bool:
    """Say whether a value of Superset's is the mart's; Superset has doubles, and days in ms."""
    if isinstance(expected, date):
        return datetime.fromtimestamp(found / 1000, UTC).date() == expected
    if isinstance(expected, Decimal) and found is not None:
        return abs(found - float(expected)) <= 1e-9 * abs(float(expected)) + 1e-12
    return found == expected


def test_importing_again_doubles_nothing(superset: Superset) -> None:
    assert superset.counts() == COUNTS
    assert len(superset.call("GET", "dashboard/okr_metrics/charts")["result"]) == COUNTS["chart"]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_shows_what_the_mart_says(superset: Superset, demo: Path, name: str) -> None:
    rows = superset.data(superset.chart(superset.ids("chart", "slice_name")[name]))
    with duckdb.connect(demo, read_only=True) as connection:
        expected = connection.execute(CHARTS[name]).fetchall()
    assert len(rows) == len(expected) > 0
    for row, says in zip(rows, expected, strict=True):
        assert all(map(same, row.values(), says)), (row, says)


def test_every_chart_is_looked_at(superset: Superset) -> None:
    assert {chart["slice_name"] for chart in superset.all("chart")} == set(CHARTS)


def test_every_chart_has_a_saved_query(superset: Superset) -> None:
    for chart in superset.all("chart"):
        (result,) = superset.call("GET", f"chart/{chart['id']}/data/")["result"]
        assert (result["status"], result["error"]) == ("success", None)
        assert result["rowcount"], chart["slice_name"]


def test_the_saved_ratio_adds_up_again_from_its_parts(superset: Superset, demo: Path) -> None:
    rows = superset.query(
        "kpi__values",
        columns=["kpi_id", "dimension", "period_start"],
        metrics=["ratio"],
        filters=[
            {"col": "period_grain", "op": "==", "val": "month"},
            {"col": "kpi_id", "op": "IN", "val": sorted({kpi for kpi, _ in RATIOS})},
        ],
        row_limit=10_000,
    )
    found = [
        (
            row["kpi_id"],
            row["dimension"],
            datetime.fromtimestamp(row["period_start"] / 1000, UTC).date(),
            row["ratio"],
        )
        for row in rows
        if (row["kpi_id"], row["dimension"]) in RATIOS
    ]
    check_ratios(found, demo)


def test_the_saved_metrics_never_mix(superset: Superset) -> None:
    """A ratio of two KPIs, a sum of ratios, one value of several rows: null, not a number."""
    month = [{"col": "period_grain", "op": "==", "val": "month"}]
    churn = [{"col": "kpi_id", "op": "==", "val": "customer_churn_rate"}]
    metrics = ["ratio", "total", "kpi_value"]
    (row,) = superset.query("kpi__values", metrics=metrics, filters=month)
    assert row == {"ratio": None, "total": None, "kpi_value": None}
    (row,) = superset.query("kpi__values", metrics=metrics, filters=month + churn)
    assert row["ratio"] and row["total"] is None and row["kpi_value"] is None


# last: it changes what the others look at
def test_the_assets_endpoint_updates_what_was_imported(
    superset: Superset, bundle: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(bundle) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            after.writestr(name, text.replace("slice_name: Key results\n", "slice_name: New\n"))
    with changed.open("rb") as file:
        superset.call("POST", "assets/import/", files={"bundle": file})
    assert superset.counts() == COUNTS
    names = {chart["slice_name"] for chart in superset.all("chart")}
    assert names == set(CHARTS) - {"Key results"} | {"New"}
