"""Writes a new dbt project that builds at once: a copy of template/ with its name and places."""

import re
from pathlib import Path

from okr_metrics import DBT_PACKAGE
from okr_metrics.problem import Problem

TEMPLATE = Path(__file__).parent / "template"
NAME = "my_company"
PACKAGE = "/where/pip/put/okr_metrics/dbt_package"
NEXT = """{folder} is a dbt project that builds. Next:

  cd {folder}
  dbt deps
  dbt build
  okr-metrics scorecard
  okr-metrics dashboard

Its README.md says how to replace the example by your own data."""


def create(folder: Path) -> str:
    """Write the project into a folder that is new or empty; return what to do next."""
    name = folder.resolve().name
    # what dbt takes for the name of a project
    if not re.fullmatch("[a-z_][a-z0-9_]*", name):
        raise Problem(
            f"{name} can't be the name of a dbt project: choose a folder whose name has small"
            " letters, digits and underscores alone, such as my_company."
        )
    if name == "okr_metrics":
        raise Problem("okr_metrics is the name of the package: choose another, such as my_company.")
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise Problem(f"{folder} is there and not empty: choose a new folder.")
    for file in sorted(TEMPLATE.rglob("*")):
        if file.is_file():
            copy = folder / file.relative_to(TEMPLATE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text(encoding="utf-8")
            copy.write_text(text.replace(PACKAGE, str(DBT_PACKAGE)).replace(NAME, name), "utf-8")
    return NEXT.format(folder=folder)
