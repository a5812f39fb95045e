"""A program that lacks a library says in one line what to install, without a traceback."""

import subprocess
import sys

import pytest
from conftest import REPOSITORY

# what hides libraries from a program that is run like `python -m`
HIDE = """
import runpy, sys
program, *hidden = sys.argv[1:]
sys.modules |= dict.fromkeys(hidden)
sys.argv = [program]
runpy.run_module(f"okr_metrics.{program}", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("program", "hidden", "install"),
    [
        ("dashboard", ["vl_convert"], "vl-convert-python"),
        ("dashboard", ["vl_convert", "babel", "jinja2"], "babel jinja2 vl-convert-python"),
        ("export", ["xlsxwriter"], "xlsxwriter"),
        # a warehouse other than DuckDB doesn't bring it
        ("export", ["duckdb"], "duckdb"),
        # the Python of the machine, not that of dbt
        ("export", ["dbt", "xlsxwriter"], "dbt-core xlsxwriter"),
        ("send_alerts", ["dbt"], "dbt-core"),
    ],
)
def test_what_is_missing_is_named(program: str, hidden: list[str], install: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", HIDE, program, *hidden],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    packages = " and ".join(install.split())
    assert ran.stderr == (
        f"okr_metrics.{program} needs {packages}, which {sys.executable} lacks:"
        f" run it with the Python of dbt, after `pip install {install}`.\n"
    )
