"""A Dagster job that builds, then writes the page, exports and sends alerts; and its schedule.

`dagster dev -f dagster_job.py`, or name the file in workspace.yaml; run.sh must stand beside it.
Give the run's process the settings of README.md: OKR_METRICS_SETTINGS, or each by itself.
OKR_METRICS_CRON and OKR_METRICS_CRON_TIMEZONE say when; 06:15 UTC otherwise.
"""

import os
import subprocess
from pathlib import Path

from dagster import (
    DefaultScheduleStatus,
    Definitions,
    In,
    Nothing,
    OpDefinition,
    RetryPolicy,
    ScheduleDefinition,
    job,
    op,
)

RUN = Path(__file__).resolve().with_name("run.sh")


def step(name: str, retries: int = 1, after: bool = True) -> OpDefinition:
    """Return the op of one step of run.sh; it fails as the step does, and keeps what it says."""

    @op(
        name=name,
        ins={"before": In(Nothing)} if after else {},
        retry_policy=RetryPolicy(max_retries=retries, delay=300),
    )
    def run() -> None:
        subprocess.run([RUN, name], check=True)

    return run


build = step("build", after=False)
dashboard, export = step("dashboard"), step("export")
# what was sent is remembered, so that trying again tells nothing twice
alerts = step("alerts", retries=3)


@job(description="KPIs and OKRs: build, page, export, alerts")
def okr_metrics() -> None:
    """Run the steps that read once the build has ended well."""
    built = build()
    dashboard(built)
    export(built)
    alerts(built)


schedule = ScheduleDefinition(
    job=okr_metrics,
    cron_schedule=os.environ.get("OKR_METRICS_CRON", "15 6 * * *"),
    execution_timezone=os.environ.get("OKR_METRICS_CRON_TIMEZONE", "UTC"),
    default_status=DefaultScheduleStatus.RUNNING,
)
definitions = Definitions(jobs=[okr_metrics], schedules=[schedule])
