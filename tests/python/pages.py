"""Writes the dashboard of a built demo, as a user does: in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from conftest import REPOSITORY


def dashboard(*options: str, **environment: str) -> subprocess.CompletedProcess:
    """Run the command on this project; the result holds exit code and output."""
    return subprocess.run(
        [sys.executable, "-m", "okr_metrics.dashboard", *options],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def write_page(output: Path, database: Path | None, *options: str, **environment: str) -> Path:
    """Write the page of a demo that conftest.build_demo has built, by default beside its artefacts.

    `database` is the DuckDB file, with the artefacts of its build in the folder `duckdb` beside it.
    """
    if database:
        environment = {
            "OKR_METRICS_DUCKDB": str(database),
            "DBT_TARGET_PATH": str(database.parent / "duckdb"),
        } | environment
    ran = dashboard("--output", str(output), *options, **environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return output
