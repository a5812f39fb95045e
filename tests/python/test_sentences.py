"""The tables of a build in French, and how numbers and days are written."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import run_dbt
from test_rules import TOPICS

# of the public tables, the columns that are said in a language
TEXTS = {
    "kpi_name",
    "formula",
    "actual_text",
    "target_text",
    "status_reason",
    "forecast_reason",
    "movement_evidence",
    "outcome_reason",
    "health_reason",
    "reject_reason",
    "reason",
    "object",
    "message",
    "how_to_fix",
}
# by table: what a row is, and its sentences
SENTENCES = {
    "kpi__catalog": ("kpi_id", "kpi_name, formula"),
    "okr__key_result_attainment": (
        "key_result_id",
        "actual_text, target_text, forecast_reason, movement_evidence",
    ),
    "okr__key_result_progress": ("key_result_id, period_end", "status_reason"),
    "okr__objective_attainment": ("objective_id", "status_reason"),
    "okr__close_report": ("objective_id", "outcome_reason"),
    "okr__guardrails": ("key_result_id, guardrail_kpi_id, dimension, dimension_value", "reason"),
    "okr__alerts": ("alert_id", "message"),
    "kpi__rejected_rows": ("input, row_key, raw_row", "reject_reason"),
    "kpi__input_findings": ("rule_id, input", "message, how_to_fix"),
    "okr__focus_candidates": ("finding, kpi_id, dimension, dimension_value", "message"),
    "kpi__health": (
        "kpi_id, period_grain, period_start, dimension, dimension_value",
        "health_reason",
    ),
}


def test_numbers_and_days_are_as_a_language_writes_them() -> None:
    """Expected are the rules of each language, not what a build has said."""
    query = """
        select {{ number_text('-0.03765', "'ratio'") }}
        || '|' || {{ number_text('1234.5', "'currency'") }}
        || '|' || {{ number_text('80', "'months'") }} || '|' || {{ number_text('2.25', "'hours'") }}
        || '|' || {{ number_text('0.5', "'score'") }} || '|' || {{ number_text('0.5') }}
        || '|' || {{ percent('0.254') }} || '|' || {{ day_text("cast('2026-09-03' as date)") }}
        || '|' || {{ as_text("cast('2026-09-03' as date)") }} as said
    """
    expected = {
        "en": "-3.77%|1234.50 EUR|80 months|2.25 hours|0.50|0.5000|25%|2026-09-03|2026-09-03",
        "fr": "-3,77 %|1234,50 EUR|80 mois|2,25 heures|0,50|0.5000|25 %|03/09/2026|2026-09-03",
    }
    for language, said in expected.items():
        variables = ("--vars", f"{{okr_metrics_language: {language}}}")
        shown = run_dbt("--quiet", "show", "--output", "json", "--inline", query, *variables)
        assert (
            said.replace(" ", "\u00a0" if language == "fr" else " ")
            in yaml.safe_load(shown[shown.index("{") :])["show"][0].values()
        )


@pytest.fixture(scope="module")
def both(demo: Path, french_demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a connection with the tables of both languages."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{demo}' as en (read_only)")
        connection.execute(f"attach '{french_demo}' as fr (read_only)")
        yield connection


def test_a_build_in_french_differs_in_texts_alone(both: duckdb.DuckDBPyConnection) -> None:
    columns = both.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns()"
        " where database_name = 'en' and schema_name = 'main'"
        " and table_name similar to '(kpi|okr)__.*' group by 1"
    ).fetchall()
    assert len(columns) > 25
    for table, names in columns:
        kept = ", ".join(name for name in names if name not in TEXTS)
        where = "where setting_name != 'language'" if table == "kpi__settings" else ""
        for one, other in (("en", "fr"), ("fr", "en")):
            query = f"select {kept} from {{}}.main.{table} {where}"
            rows = both.execute(f"{query.format(one)} except all {query.format(other)}").fetchall()
            assert rows == [], table


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a text in either language, a day as its parts in order."""
    text = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3 \2 \1", text)
    text = re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\1 \2 \3", text)
    return Counter(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(\d),(\d)", r"\1.\2", text)))


@pytest.mark.parametrize("table", SENTENCES)
def test_a_sentence_says_in_french_what_it_says_in_english(
    both: duckdb.DuckDBPyConnection, table: str
) -> None:
    keys, columns = SENTENCES[table]
    names = columns.split(", ")
    pairs = ", ".join(f"en.{name}, fr.{name}" for name in names)
    rows = both.execute(
        f"select {pairs} from en.{table} as en inner join fr.{table} as fr using ({keys})"
    ).fetchall()
    assert rows
    said = 0
    for row in rows:
        for english, french in zip(row[::2], row[1::2], strict=True):
            assert (english is None) == (french is None)
            if english is not None:
                # 1,400 in a name is a name, and KR-10 too
                assert numbers(french) == numbers(english), (english, french)
                said += french != english
    assert said > len(rows) / 4


def test_every_kpi_has_its_name_and_formula(demo: Path) -> None:
    """A text of the package that isn't in the topic stays English in French."""
    with duckdb.connect(demo, read_only=True) as connection:
        rows = connection.execute("select kpi_id, kpi_name, formula from kpi__catalog").fetchall()
    kpis = TOPICS["kpis"]
    assert {kpi: entry["name"]["en"] for kpi, entry in kpis.items()} == {
        kpi: name for kpi, name, _ in rows
    }
    formulas = {kpi: formula.split(" [")[0] for kpi, _, formula in rows}
    for kpi, entry in kpis.items():
        assert entry.get("formula", {"en": formulas[kpi]})["en"] == formulas[kpi]
