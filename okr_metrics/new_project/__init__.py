"""Writes a new dbt project that builds at once: a copy of template/ with its name and places."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from okr_metrics import DBT_PACKAGE
from okr_metrics.problem import Problem

TEMPLATE = Path(__file__).parent / "template"
OF_SOURCES = Path(__file__).parent / "of_sources"
CONNECTORS = DBT_PACKAGE / "models" / "connectors"
NAME = "my_company"
PACKAGE = "/where/pip/put/okr_metrics/dbt_package"
EXAMPLE = "-- The example reads a seed: name"
NEXT = """{folder} is a dbt project that builds. Next:

  cd {folder}
  dbt deps
  dbt build
  okr-metrics scorecard
  okr-metrics dashboard

Its README.md says how to replace the example by your own data."""
NEXT_OF_SOURCES = """{folder} is a dbt project that reads {sources}. Next:

  cd {folder}
  dbt deps
  okr-metrics doctor
  dbt build
  okr-metrics scorecard
  okr-metrics dashboard

Its README.md says where to name your warehouse, and what can be added."""


@dataclass(frozen=True)
class Source:
    """A source whose raw tables are read as they were loaded, and where they are."""

    name: str
    loader: str
    schema: str

    @property
    def inputs(self) -> set[str]:
        """The inputs that it feeds."""
        return {
            file.stem.split("__")[1]
            for file in (CONNECTORS / self.name).glob(f"con_{self.name}__*.sql")
        }


def create(folder: Path, sources: Sequence[Source] = ()) -> str:
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
    files = template_files()
    if sources:
        files = files_of_sources(files, sources, date.today())
    for place, text in files.items():
        copy = folder / place
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text.replace(PACKAGE, str(DBT_PACKAGE)).replace(NAME, name), "utf-8")
    said = ", ".join(source.name for source in sources)
    return (NEXT_OF_SOURCES if sources else NEXT).format(folder=folder, sources=said)


def template_files() -> dict[Path, str]:
    """Return the text of each file of the template by its place in the project."""
    return {
        file.relative_to(TEMPLATE): file.read_text(encoding="utf-8")
        for file in sorted(TEMPLATE.rglob("*"))
        if file.is_file()
    }


def files_of_sources(
    files: dict[Path, str], sources: Sequence[Source], today: date
) -> dict[Path, str]:
    """Return the project's files without the example, reading sources and with OKRs that fit."""
    known = sorted(folder.name for folder in CONNECTORS.iterdir() if folder.is_dir())
    for source in sources:
        if source.name not in known:
            raise Problem(f"{source.name} is no source with a connector: {', '.join(known)}.")
    fed = set[str]().union(*(source.inputs for source in sources))
    with (OF_SOURCES / "key_results.csv").open(encoding="utf-8", newline="") as file:
        fitting = [row for row in csv.DictReader(file) if row["input"] in fed]
    if not fitting:
        measured = "customers' orders, subscriptions or answers, such as stripe or shopify"
        raise Problem(f"No KPI rests on these sources alone: name one that holds {measured}.")
    kept = {
        place: text.replace("ref('example_", "source('raw', '").replace(EXAMPLE, "-- Name")
        for place, text in files.items()
        if place.parts[:2] != ("seeds", "example")
    }
    settings = {
        source.name: {"loader": source.loader, "schema": source.schema} for source in sources
    }
    written = yaml.safe_dump(settings, sort_keys=False, default_flow_style=None)
    project = (OF_SOURCES / "dbt_project.yml").read_text(encoding="utf-8")
    kept[Path("dbt_project.yml")] = project.replace(
        "    named_sources: {}\n", "".join(f"    {line}\n" for line in written.splitlines())
    )
    kept[Path("README.md")] = (OF_SOURCES / "README.md").read_text(encoding="utf-8")
    return kept | okr_seeds(fitting[0], today)


def okr_seeds(fitting: dict[str, str], today: date) -> dict[Path, str]:
    """Return the OKR seeds of one objective and key result of the quarter that a day is in."""
    number = (today.month + 2) // 3
    first = date(today.year, 3 * number - 2, 1)
    last = date(first.year + number // 4, (first.month + 2) % 12 + 1, 1) - timedelta(days=1)
    cycle = f"{first.year}-Q{number}"
    kpi = fitting["kpi_id"]
    rows: dict[str, dict[str, Any]] = {
        "okr_cycles": {
            "cycle_id": cycle,
            "name": f"Quarter {number} of {first.year}",
            "cadence": "quarterly",
            "start_date": first,
            "end_date": last,
            "parent_cycle_id": "",
        },
        "okr_objectives": {
            "objective_id": "O-1",
            "cycle_id": cycle,
            "name": fitting["objective"],
            "level": "company",
            "owner": "Ada",
            "parent_objective_id": "",
            "objective_type": "committed",
            "priority": 1,
            "origin_kpi_id": kpi,
        },
        "okr_key_results": {
            "key_result_id": "KR-1",
            "objective_id": "O-1",
            "name": fitting["key_result"],
            "owner": "Ada",
            "kpi_id": kpi,
            "dimension": "",
            "dimension_value": "",
            "period_grain": "month",
            "metric_type": fitting["metric_type"],
        },
        "okr_key_result_targets": {
            "key_result_id": "KR-1",
            "valid_from": first,
            "baseline_value": "",
            "target_value": "",
            "lower_bound": fitting["lower_bound"],
            "upper_bound": fitting["upper_bound"],
            "reason": "an example: write your own",
        },
    }
    return {Path("seeds", "okr", f"{name}.csv"): one_row(row) for name, row in rows.items()}


def one_row(row: dict[str, Any]) -> str:
    """Return a CSV of one row with its header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, row, lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return text.getvalue()
