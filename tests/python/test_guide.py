"""The outputs on docs/loop.md are what a copy of the demo says, step by step.

`python tests/python/test_guide.py` writes them into the page again.
"""

import csv
import re
import shutil
import tempfile
from pathlib import Path

import duckdb
import pytest
from conftest import REPOSITORY, run_dbt

PAGE = REPOSITORY / "docs/loop.md"
OBJECTIVE = {
    "objective_id": "O-6",
    "cycle_id": "2026-Q3",
    "name": "New customers stay with us",
    "level": "department",
    "owner": "Ana",
    "parent_objective_id": "O-1",
    "objective_type": "aspirational",
    "priority": "2",
    "origin_kpi_id": "retention_month_6",
}
KEY_RESULT = {
    "key_result_id": "KR-14",
    "objective_id": "O-6",
    "name": "Launch the help centre",
    "owner": "Ana",
    "kpi_id": "retention_month_6",
    "period_grain": "month",
    "metric_type": "increase",
}
TARGET = {
    "key_result_id": "KR-14",
    "valid_from": "2026-07-01",
    "target_value": "0.8",
    "reason": "as before the price rise",
}
GUARDRAIL = {
    "key_result_id": "KR-14",
    "guardrail_kpi_id": "median_resolution_hours",
    "upper_bound": "12",
}
MENDED = KEY_RESULT | {"name": "80% of new customers are still with us half a year later"}


def shown(row: dict) -> str:
    """Return a seed row as the guide shows it."""
    return ", ".join(f"{name}: {value}" for name, value in row.items())


class Demo:
    """A copy of the project whose OKR seeds can be changed."""

    def __init__(self, folder: Path) -> None:
        """Copy what a build needs."""
        self.folder, self.database = folder / "okr_metrics", folder / "demo.duckdb"
        left_out = shutil.ignore_patterns(".*", "target", "logs", "tests", "dbt_packages")
        shutil.copytree(REPOSITORY, self.folder, ignore=left_out)
        shutil.copytree(REPOSITORY / "tests/generic", self.folder / "tests/generic")
        shutil.copytree(REPOSITORY / "seeds/okr", folder / "okr")

    def add(self, rows: dict[str, dict]) -> None:
        """Write the demo's OKR seeds with one more row each."""
        for name, row in rows.items():
            path = self.folder / f"seeds/okr/okr_demo__{name}.csv"
            shutil.copy(self.folder.parent / "okr" / path.name, path)
            with path.open(newline="") as file:
                columns = next(csv.reader(file))
            with path.open("a", newline="") as file:
                csv.DictWriter(file, columns, lineterminator="\n").writerow(row)

    def dbt(self, *arguments: str) -> str:
        """Run dbt in the copy; return what it prints."""
        database = str(self.database)
        return run_dbt("--quiet", *arguments, folder=self.folder, OKR_METRICS_DUCKDB=database)

    def lint(self) -> str:
        """Return what `make lint-okrs` says of KR-14."""
        makefile = (REPOSITORY / "Makefile").read_text()
        (arguments,) = re.findall(r"\$\(BIN\)/dbt --quiet (.*--target lint.*)", makefile)
        lines = self.dbt(*arguments.split()).splitlines()
        return "\n".join(line.strip() for line in lines if "KR-14" in line)


def table(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """Return the rows of a query as text with a header, columns as wide as they must be."""
    asked = connection.execute(query)
    rows = [[column[0] for column in asked.description]]
    rows += [["" if value is None else str(value) for value in row] for row in asked.fetchall()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)


def steps(folder: Path, first: Path) -> list[str]:
    """Return the text of each block without a language, in order; `first` is the built demo."""
    demo = Demo(folder)
    queries = re.findall(r"```sql\n(.*?)```", PAGE.read_text(), re.DOTALL)
    with duckdb.connect(first, read_only=True) as connection:
        health, focus = (table(connection, query) for query in queries[:2])
    rows = {"okr_objectives": OBJECTIVE, "okr_key_result_targets": TARGET}
    demo.add(rows | {"okr_key_results": KEY_RESULT})
    objection = demo.lint()
    demo.add({"okr_key_results": MENDED, "okr_guardrails": GUARDRAIL})
    assert demo.lint() == ""
    demo.dbt("build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
    with duckdb.connect(demo.database, read_only=True) as connection:
        said = [table(connection, query) for query in queries[2:]]
    written = "\n".join(map(shown, (OBJECTIVE, KEY_RESULT, TARGET)))
    mended = "\n".join(map(shown, (MENDED, GUARDRAIL)))
    return [health, focus, written, objection, mended, *said]


def blocks(page: str) -> list[str]:
    """Return the blocks of a page that have no language."""
    parts = page.split("```")
    return [block.strip("\n") for block in parts[1::2] if not block.startswith("sql")]


@pytest.fixture(scope="module")
def said(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return what the steps say."""
    return steps(tmp_path_factory.mktemp("guide"), demo)


def test_every_block_is_what_was_said(said: list[str]) -> None:
    assert blocks(PAGE.read_text()) == said


def test_the_story_is_the_one_that_is_told(said: list[str]) -> None:
    health, focus, _, objection, _, progress, _, guardrail, covered = said
    assert health.splitlines()[-1].split()[3] == "unhealthy"
    assert "No objective looks at it" in focus
    assert "output_not_outcome" in objection
    months = [tuple(map(float, line.split()[1:5])) for line in progress.splitlines()[1:]]
    assert len({made for *_, made in months}) > 1
    for percent, baseline, goal, made in months:
        # shown to one decimal, so the way of 4.6 is known to 0.1 of it
        assert made == pytest.approx((percent - baseline) / (goal - baseline), abs=0.08)
    assert "False" in guardrail
    assert "KR-14" in covered


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        parts = PAGE.read_text().split("```")
        texts = iter(steps(Path(scratch), REPOSITORY / "target/okr_metrics.duckdb"))
        for number in range(1, len(parts), 2):
            if not parts[number].startswith("sql"):
                parts[number] = f"\n{next(texts)}\n"
        PAGE.write_text("```".join(parts))
