"""Questions of a BI tool to the built tables, and the same KPIs asked of MetricFlow."""

import json
import statistics
import sys
import time
from pathlib import Path

import duckdb

QUESTIONS = {
    "one KPI by month": "select period_start, value, previous_value from kpi__values"
    " where kpi_id = 'net_revenue' and period_grain = 'month' and dimension = 'total'",
    "one KPI by segment": "select dimension_value, value, year_ago_value from kpi__values"
    " where kpi_id = 'customer_churn_rate' and period_grain = 'month'"
    " and period_start = date '2025-10-01' and dimension = 'segment'",
    "all KPIs of a month": "select kpi_id, value, change_ratio, null_reason from kpi__values"
    " where period_grain = 'month' and period_start = date '2025-10-01' and dimension = 'total'",
    "active users by week": "select period_start, value from kpi__values"
    " where kpi_id = 'active_users' and period_grain = 'week' and dimension = 'total'",
    "key results": "select key_result_id, status, actual_value, target_value, status_reason"
    " from okr__key_result_attainment",
    "key results behind": "select key_result_id, status_reason from okr__key_result_attainment"
    " where status in ('off_track', 'at_risk')",
}


def ask(database: Path, times: int = 200) -> dict[str, list[float]]:
    """Return {question: [median, 95th percentile]} in milliseconds, on one open connection."""
    answers = {}
    with duckdb.connect(str(database), read_only=True, config={"threads": 2}) as connection:
        for name, sql in QUESTIONS.items():
            taken = []
            for _ in range(times):
                started = time.perf_counter()
                assert connection.execute(sql).fetchall(), name
                taken.append((time.perf_counter() - started) * 1000)
            answers[name] = [statistics.median(taken), statistics.quantiles(taken, n=20)[-1]]
    return answers


def ask_mart(database: Path, kpis: list[str], times: int = 50) -> dict[str, float]:
    """Return {KPI: median milliseconds} of its months in kpi__values, for those it holds."""
    with duckdb.connect(str(database), read_only=True, config={"threads": 2}) as connection:
        medians = {}
        held = connection.execute("select kpi_id from kpi__catalog").fetchall()
        for kpi in sorted({kpi for (kpi,) in held} & set(kpis)):
            taken = []
            for _ in range(times):
                started = time.perf_counter()
                connection.execute(
                    "select period_start, value from kpi__values"
                    " where kpi_id = ? and period_grain = 'month' and dimension = 'total'",
                    [kpi],
                ).fetchall()
                taken.append((time.perf_counter() - started) * 1000)
            medians[kpi] = statistics.median(taken)
    return medians


def ask_metricflow() -> dict[str, float]:
    """Return {metric: milliseconds} by month, asked in the project in the current folder.

    One process that is started already: MetricFlow's start-up isn't counted.
    """
    from dbt_metricflow.cli.cli_configuration import CLIConfiguration
    from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

    layer = CLIConfiguration()
    layer.setup(configure_file_logging=False)
    names = [metric.name for metric in layer.mf.list_metrics()]
    taken = {}
    for name in names[:1] + names:
        request = MetricFlowQueryRequest.create(
            metric_names=[name], group_by_names=["metric_time__month"]
        )
        started = time.perf_counter()
        layer.mf.query(request)
        # the first is asked twice: its first time reads the manifest
        taken[name] = (time.perf_counter() - started) * 1000
    return taken


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(ask_metricflow()))
