"""The sentences of the marts in the other languages of the page: all of them, and as they are."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import REPOSITORY
from pages import shown_sentences, write_page

from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.labels import Labels
from okr_metrics.dashboard.sentences import KINDS, MART_LANGUAGE, PLACEHOLDER, Sentences, load

# the SQL that makes them
MADE_IN = [
    "macros/okr/status_reason.sql",
    "macros/okr/forecast_reason.sql",
    "macros/okr/outcome_reason.sql",
    "macros/kpi/health.sql",
    "macros/inputs/reject_reasons.sql",
    "models/staging/kpi/stg_kpi__*.sql",
]
UNIT_TESTED = {"health_reason", "reject_reason", "how_to_fix", "message"}
EXAMPLES = {
    "Starts on 2026-07-01.": "Commence le 1er juil. 2026.",
    "Progress -44% against 82% expected by 2026-09-13. It was met on 2026-07-31 and lost again.": (
        "Progrès de −44 % contre 82 % attendus au 13 sept. 2026."
        " La cible avait été atteinte le 31 juil. 2026, puis perdue."
    ),
    "1 of 3 key results met at close, 1 more reached and lost again. It was aspirational:"
    " carry it over to 2026-Q4, or drop it and say so.": (
        "Résultats clés atteints à la clôture : 1 sur 3 (atteints puis perdus : 1)."
        " L’objectif était ambitieux : reportez-le à 2026-Q4, ou abandonnez-le en le disant."
    ),
    "4 periods in trouble: above the healthy range (any to 700 EUR, agreed); eight or more in a row"
    " above the center line 1489.59 EUR": (
        "4 périodes en difficulté : au-dessus de la plage saine (jusqu’à 700 €, convenue) ;"
        " huit de suite ou plus au-dessus de la ligne centrale (1 489,59 €)"
    ),
    "it needs 2.50 months, and the lowest value was 10 months in the 6 complete periods before its"
    " start": (
        "il lui faut 2,50 mois, or la valeur la plus basse était de 10 mois"
        " sur les 6 périodes complètes avant son début"
    ),
    "upper_bound -1.0000 is below 0.0000, the lowest that 'cac' can be; is -0.0100 meant?": (
        "upper_bound −1,0000 est inférieur à 0,0000, le minimum possible de « cac » ;"
        " fallait-il lire −0,0100 ?"
    ),
    "A; B wants cac (plan pro) at 5 hours or less by 2026-06-30; as a guardrail of C, cac must stay"
    " at 4.50 hours or less.": (
        "A; B vise cac (plan pro) : 5 h ou moins d’ici le 30 juin 2026 ;"
        " or, garde-fou de C, cac doit rester à 4,50 h ou moins."
    ),
    "eight or more in a row below the center line 5.18%": (
        "huit de suite ou plus en dessous de la ligne centrale (5,18 %)"
    ),
    "no value: no_data": "pas de valeur : pas de données",
}
ISO_DAY = re.compile(r"(\d{4})-\d\d-0?(\d+)")


def texts() -> list[tuple[str, str, str]]:
    """Return each pair with its language: language, English, other."""
    return [
        (language, english, other)
        for language, tables in load().items()
        for english, other in tables["sentences"].items()
    ]


@pytest.fixture(scope="module")
def french() -> Sentences:
    """Return what says sentences in French."""
    return Formats(Labels("fr"), "EUR").sentences


@pytest.mark.parametrize(("english", "other"), EXAMPLES.items())
def test_numbers_and_days_are_as_french_writes_them(
    french: Sentences, english: str, other: str
) -> None:
    said = french(english)
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == other


@pytest.mark.parametrize("text", ["." * 5000, "above " * 1000, "a; " * 300, "x ('y') " * 300])
def test_a_long_text_of_marks_ends_soon(french: Sentences, text: str) -> None:
    started = time.process_time()
    assert french.find(text) is None
    assert time.process_time() - started < 5


def test_both_sides_of_a_pair_have_the_same_placeholders() -> None:
    assert len(texts()) > 190
    for _, english, other in texts():
        names = [name for name, _ in PLACEHOLDER.findall(english)]
        assert {kind for _, kind in PLACEHOLDER.findall(english)} <= set(KINDS), english
        assert len(set(names)) == len(names), english
        assert sorted(re.findall(r"{([^}]*)}", other)) == sorted(names), english


def test_french_signs_have_their_no_break_spaces() -> None:
    for table in load()["fr"].values():
        for value in table.values():
            text = value if isinstance(value, str) else value[1]
            assert not re.search(r" [:;?!%»]|« |'|[^\s\u00a0][?!»]|\w[:;%](\s|$)", text), text


def literals(sql: str) -> Iterator[str]:
    """Return the texts of SQL that have words: what stands between Jinja and quotes."""
    sql = re.sub(r"{#.*?#}|--[^\n]*", "", sql, flags=re.DOTALL)
    sql = sql.replace("{{ quote }}", "\x01")
    sql = re.sub(r"{{.*?}}", "\x00", sql, flags=re.DOTALL)
    for literal in re.findall(r"'([^'\n]*)'", sql):
        for piece in literal.replace("\x01", "'").split("\x00"):
            if re.search(r"[a-z]{2}", piece) and " " in piece:
                yield piece.strip()


def test_every_text_of_the_sql_has_its_template(french: Sentences) -> None:
    said = "\n".join(PLACEHOLDER.sub("\x00", english) for _, english, _ in texts())
    found = {
        (path.name, piece)
        for pattern in MADE_IN
        for path in REPOSITORY.glob(pattern)
        for piece in literals(path.read_text())
    }
    assert len(found) > 60
    # a whole sentence may fit a template with a column's name in it, but none with free text
    strict = [template for template in french.templates if "" not in template.kinds.values()]
    assert [
        (file, piece)
        for file, piece in sorted(found)
        if piece not in said and not any(t.pattern.fullmatch(piece) for t in strict)
    ] == []


def unit_tested() -> set[str]:
    """Return the sentences that the unit tests of the models expect."""

    def walk(node: object) -> Iterator[str]:
        # the page shows no finding on an input, nor an alert
        if isinstance(node, dict) and not {"rule_id", "input"} <= node.keys():
            for name, value in node.items():
                if name in UNIT_TESTED and isinstance(value, str):
                    yield value
                yield from walk(value)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value)

    files = set(REPOSITORY.glob("models/**/*unit_tests.yml"))
    files -= set(REPOSITORY.glob("models/okr/alerts/_alerts_unit_tests.yml"))
    files -= set(REPOSITORY.glob("models/gate/**/*unit_tests.yml"))
    return {text for file in files for text in walk(yaml.safe_load(file.read_text()))}


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a text in either language, a day as its day and year."""
    text = ISO_DAY.sub(r"\2 \1", text).replace("\u202f", "")
    return Counter(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(\d),(\d)", r"\1.\2", text)))


def test_every_sentence_is_said_with_its_numbers(demo: Path, french: Sentences) -> None:
    tested, shown = unit_tested(), shown_sentences(demo)
    assert len(tested) > 40
    assert len(shown) > 1000
    for text in tested | shown:
        said = french.find(text)
        assert said is not None, text
        assert numbers(said) == numbers(text), (text, said)


def test_every_kpi_of_the_package_has_its_name(demo: Path) -> None:
    with duckdb.connect(demo, read_only=True) as connection:
        names = dict(connection.execute("select kpi_id, kpi_name from kpi__catalog").fetchall())
    for language, tables in load().items():
        assert language != MART_LANGUAGE
        assert {kpi: english for kpi, (english, _) in tables["kpis"].items()} == names


def test_what_has_no_template_stays_and_is_marked(
    demo: Path, changed: Callable, tmp_path: Path
) -> None:
    """A KPI that a project has renamed, a sentence of its own, a segment that looks like HTML."""
    bad = "<img src=x onerror=window.pwned=1>"
    database = changed(
        "update kpi__catalog set kpi_name = 'Our churn' where kpi_id = 'customer_churn_rate'",
        f"update okr__quality set message = 'Our own words {bad}' where object like '%KR-1'",
        f"update okr__conflicts set message = replace(message, 'segment smb', 'segment {bad}')",
    )
    page = write_page(tmp_path / "fr.html", database, "--language", "fr").read_text()
    escaped = bad.replace("<", "&lt;").replace(">", "&gt;")
    assert bad not in page
    assert f'<span lang="en">Our own words {escaped}</span>' in page
    assert f"vise customer_churn_rate (segment {escaped})\u00a0: baisser à 3\u00a0%" in page
    assert page.count("lang=") == 2
    assert "<h4>Our churn</h4>" in page
