"""An Airflow DAG that builds, then writes the page, exports and sends alerts.

Link this file into the DAGs folder (run.sh must stand beside what the link leads to) and give the
workers the settings of README.md: OKR_METRICS_SETTINGS, or each by itself.
OKR_METRICS_CRON and OKR_METRICS_CRON_TIMEZONE say when; 06:15 UTC otherwise.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG
from airflow.timetables.trigger import CronTriggerTimetable

RUN = Path(__file__).resolve().with_name("run.sh")


def step(name: str, retries: int = 1) -> BashOperator:
    """Return the task of one step of run.sh; its environment is the worker's."""
    return BashOperator(task_id=name, bash_command=f"'{RUN}' {name}", retries=retries)


with DAG(
    "okr_metrics",
    description="KPIs and OKRs: build, page, export, alerts",
    schedule=CronTriggerTimetable(
        os.environ.get("OKR_METRICS_CRON", "15 6 * * *"),
        timezone=os.environ.get("OKR_METRICS_CRON_TIMEZONE", "UTC"),
    ),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    # a build is as of yesterday, whatever day it was due
    catchup=False,
    max_active_runs=1,
    default_args={"retry_delay": timedelta(minutes=5), "execution_timeout": timedelta(hours=2)},
) as dag:
    # what was sent is remembered, so that trying again tells nothing twice
    step("build") >> [step("dashboard"), step("export"), step("alerts", retries=3)]
