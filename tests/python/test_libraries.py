"""A program that lacks a library says in one line what to install, without a traceback."""

import subprocess
import sys

import pytest
from conftest import REPOSITORY

# what hides libraries from a command that is run like `python -m`
HIDE = """
import runpy, sys
command, hidden = sys.argv[1].split(), sys.argv[2:]
sys.modules |= dict.fromkeys(hidden)
sys.argv = ["okr-metrics", *command]
runpy.run_module("okr_metrics", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("command", "hidden", "install"),
    [
        ("dashboard", ["vl_convert"], "vl-convert-python"),
        ("dashboard", ["vl_convert", "babel", "jinja2"], "babel jinja2 vl-convert-python"),
        ("export", ["xlsxwriter"], "xlsxwriter"),
        # a warehouse other than DuckDB doesn't bring it
        ("export", ["duckdb"], "duckdb"),
        # the Python of the machine, not that of dbt
        ("export", ["dbt", "xlsxwriter"], "dbt-core xlsxwriter"),
        ("push --webhook-from HOOK", ["dbt"], "dbt-core"),
        ("doctor", ["dbt"], "dbt-core"),
    ],
)
def test_what_is_missing_is_named(command: str, hidden: list[str], install: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", HIDE, command, *hidden],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    packages = " and ".join(install.split())
    assert ran.stderr == (
        f"okr-metrics {command.split()[0]} needs {packages}, which {sys.executable} lacks:"
        f" run it with the Python of dbt, after `pip install {install}`.\n"
    )
