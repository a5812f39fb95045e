"""Runs the commands of the package on a built demo, as a user does: in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
from conftest import REPOSITORY

# the code of this checkout, whichever the command was installed from
COMMAND = [sys.executable, "-m", "okr_metrics"]
CHECKOUT = {"PYTHONPATH": str(REPOSITORY)}
SECONDS = {"export": 300}
# the sentences that the page shows, by the table that holds them
SHOWN = {
    "okr__key_result_attainment": ["status_reason", "forecast_reason"],
    "okr__key_result_progress": ["status_reason"],
    "okr__close_report": ["outcome_reason"],
    "okr__quality": ["object", "message", "how_to_fix"],
    "okr__conflicts": ["message", "how_to_fix"],
    "kpi__rejected_rows": ["reject_reason"],
}


def command(
    name: str, *options: str, folder: Path = REPOSITORY, **environment: str
) -> subprocess.CompletedProcess:
    """Run okr-metrics NAME in a project, this one by default; return exit code and output."""
    return subprocess.run(
        [*COMMAND, name, *options],
        cwd=folder,
        env=os.environ | CHECKOUT | environment,
        capture_output=True,
        text=True,
        timeout=SECONDS.get(name, 120),
    )


def of_demo(database: Path) -> dict[str, str]:
    """Return the environment that leads dbt to a demo, built with its artefacts beside it."""
    artefacts = str(database.parent / "duckdb")
    return {"OKR_METRICS_DUCKDB": str(database), "DBT_TARGET_PATH": artefacts}


def shown_sentences(database: Path) -> set[str]:
    """Return the sentences of a demo's marts that the page shows, in the marts' English."""
    with duckdb.connect(database, read_only=True) as connection:
        return {
            text
            for table, columns in SHOWN.items()
            for column in columns
            for (text,) in connection.execute(f"select distinct {column} from {table}").fetchall()
            if text is not None
        }


def write_page(output: Path, database: Path | None, *options: str, **environment: str) -> Path:
    """Write the page of a demo that conftest.build_demo has built, by default beside its artefacts.

    `database` is the DuckDB file, with the artefacts of its build in the folder `duckdb` beside it.
    """
    if database:
        environment = of_demo(database) | environment
    ran = command("dashboard", "--output", str(output), *options, **environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return output
