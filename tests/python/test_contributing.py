"""What docs/contributing.md shows works as it is written there."""

import re
from pathlib import Path

import pytest
from conftest import REPOSITORY, open_warehouse
from test_guide import Demo

NO_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
LINT = ("--project-dir", "lint", "--target", "lint", "--exclude-resource-type", "unit_test")
PAGE = (REPOSITORY / "docs/contributing.md").read_text()


def changes(section: str) -> list[tuple[str, str, str]]:
    """Return the file, the old and the new lines of each change that a section shows."""
    text = PAGE[PAGE.index(f"\n## {section}\n") + 1 :].split("\n## ")[0]
    shown = []
    for block in re.findall(r"```diff\n--- (.*?)\n(.*?)```", text, re.DOTALL):
        path, lines = block[0], block[1].splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
        shown.append((path, old, new))
    return shown


def apply(section: str, folder: Path) -> set[str]:
    """Make the changes of a section in a copy of the project; without old lines at the end."""
    made = changes(section)
    for name, old, new in made:
        path = folder / name
        text = path.read_text()
        assert not old or text.count(old) == 1, (name, old)
        path.write_text(text.replace(old, new) if old else text + new)
    return {name for name, *_ in made}


@pytest.fixture
def copy(tmp_path: Path) -> Demo:
    """Return a copy of the demo that may be changed."""
    return Demo(tmp_path)


def test_a_kpi_is_added_in_two_files(copy: Demo) -> None:
    assert len(apply("Add a KPI", copy.folder)) == 2
    copy.dbt("build", "--select", "+kpi__values", *NO_TESTS)
    with open_warehouse(copy.database) as warehouse:
        ((formula, unit),) = warehouse.sql(
            "select formula, unit from kpi__catalog where kpi_id = 'refunds_per_order'"
        ).fetchall()
        rows = warehouse.sql(
            "select parts.value, parts.numerator, parts.denominator, margin.order_refunds,"
            " margin.orders from kpi__values as parts inner join kpi__margin as margin"
            " using (period_grain, period_start, dimension, dimension_value)"
            " where parts.kpi_id = 'refunds_per_order' and parts.value is not null"
        ).fetchall()
    assert (formula, unit) == ("order_refunds / orders", "currency")
    assert len(rows) > 1000
    for value, numerator, denominator, refunds, orders in rows:
        assert (numerator, denominator) == (refunds, orders)
        assert float(value) == pytest.approx(float(refunds) / orders, abs=1e-9)
    assert "`refunds_per_order`" in copy.dbt("run-operation", "okr_metrics_catalog_page")


def test_a_rule_is_added_as_data_and_a_condition(copy: Demo) -> None:
    assert len(apply("Add a rule", copy.folder)) == 2
    said = {}
    for limit in (40, 41):
        settings = f"{{okr_metrics_rules: {{objective_name_too_long: {{limit: {limit}}}}}}}"
        said[limit] = copy.dbt("--no-write-json", "build", *LINT, "--vars", settings)
    (line,) = [line for line in said[40].splitlines() if "objective_name_too_long" in line]
    assert "objective O-1: its name has 41 characters, more than 40" in line
    assert "remember it" in line
    assert "objective_name_too_long" not in said[41]


def test_an_input_column_that_nobody_has_yet_is_added(copy: Demo) -> None:
    """The demo's tickets have no priority, as those of an installed project haven't."""
    assert len(apply("Add an input column", copy.folder)) == 3
    build = ("build", "--select", "+fct_kpi__support_tickets", *NO_TESTS)
    count = "select priority, count(*) > 100 from fct_kpi__support_tickets group by 1 order by 1"
    copy.dbt(*build)
    with open_warehouse(copy.database) as warehouse:
        assert warehouse.sql(count).fetchall() == [("unknown", True)]
    seed = copy.folder / "seeds/demo/okr_demo__support_tickets.csv"
    header, *rows = seed.read_text().splitlines()
    priorities = ["high", "low"] * len(rows)
    lines = [f"{header},priority"]
    lines += [f"{row},{priority}" for row, priority in zip(rows, priorities, strict=False)]
    seed.write_text("\n".join(lines))
    copy.dbt(*build, "--full-refresh")
    with open_warehouse(copy.database) as warehouse:
        assert warehouse.sql(count).fetchall() == [("high", True), ("low", True)]


def test_a_policy_is_added(copy: Demo) -> None:
    assert len(apply("Add a policy", copy.folder)) == 3
    answers = "select sum(satisfied_responses), sum(csat_responses) from kpi__satisfaction"
    formula = "select formula from kpi__catalog where kpi_id = 'csat'"
    said = {}
    for value in ("four_and_five", "five"):
        chosen = f"{{okr_metrics_policies: {{csat_satisfied: {value}}}}}"
        select = ("--select", "+kpi__satisfaction", "+kpi__catalog")
        copy.dbt("build", *select, *NO_TESTS, "--vars", chosen)
        with open_warehouse(copy.database) as warehouse:
            (said[value],) = warehouse.sql(answers).fetchall()
            assert f"[csat_satisfied: {value}]" in str(warehouse.sql(formula).fetchall())
    (many, all_of_many), (few, all_of_few) = said.values()
    assert 0 < few < many < all_of_many == all_of_few


def test_a_language_is_added_by_its_texts(copy: Demo) -> None:
    assert len(apply("Add a language", copy.folder)) == 2
    settings = "{okr_metrics_language: de, okr_metrics_rules: {too_many_key_results: {limit: 2}}}"
    said = copy.dbt("--no-write-json", "build", *LINT, "--vars", settings)
    lines = [line for line in said.splitlines() if "too_many_key_results" in line]
    assert lines
    for line in lines:
        assert "Schlüsselergebnisse, mehr als 2" in line
        # nobody has written this one yet
        assert "Keep the two that say most." in line
