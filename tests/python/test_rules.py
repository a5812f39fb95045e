"""Rules and sentences are data: macros/rules has them by language, models give the figures."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
import yaml
from conftest import REPOSITORY, Project, run_dbt
from jinja2 import nodes
from okr_seeds import objective
from test_lint_okrs import SELECT, findings, make

PLACE = re.compile(r"{(\w+)}")
SETTING = re.compile(r"{\w+: \w+}")
LANGUAGES = {"en", "fr"}
# topics without sentences
WORDS = ("words", "kpis")
# what finding() gives to every sentence of a rule with a limit
OF_A_LIMIT = {"limit", "limit_in_words"}
SEVERITIES = ["error", "warning", "info"]
# sentences by macro: where its topic stands among the arguments, and its sentence or cases
ONE, SEVERAL, OF_A_RULE, OF_A_ROW = "say", "say_case", "finding", "because"
MACROS = (ONE, SEVERAL, OF_A_RULE, OF_A_ROW)


def topics() -> dict[str, dict[str, dict]]:
    """Return {topic: {rule or rule.case: entry}} of all sentences; words are another thing."""
    found = {}
    for path in sorted((REPOSITORY / "macros/rules").glob("*.sql")):
        text = path.read_text()
        if topic := re.search(r"{% macro rules_on_(\w+)\(\) %}(.*){% endmacro %}", text, re.DOTALL):
            found[topic[1]] = yaml.safe_load(topic[2])
    return found


TOPICS = topics()
SENTENCES = {topic: entries for topic, entries in TOPICS.items() if topic not in WORDS}
ENTRIES = [(t, name, entry) for t, entries in SENTENCES.items() for name, entry in entries.items()]
PARTS = [
    (topic, name, part, entry[part])
    for topic, name, entry in ENTRIES
    for part in ("message", "how_to_fix")
    if part in entry
]


def whole(topic: str, name: str) -> dict:
    """Return an entry with what a case has from its rule."""
    return TOPICS[topic].get(name.split(".")[0], {}) | TOPICS[topic][name]


def test_every_sentence_is_there_in_each_language_with_the_same_places() -> None:
    assert len(PARTS) > 100
    for topic, name, part, texts in PARTS:
        assert set(texts) == LANGUAGES, (topic, name, part)
        places = {language: Counter(PLACE.findall(text)) for language, text in texts.items()}
        assert places["fr"] == places["en"], (topic, name, part)
        # nothing else stands in braces but a setting
        for text in texts.values():
            assert "{" not in SETTING.sub("", PLACE.sub("", text)), text


def test_french_signs_have_their_no_break_spaces() -> None:
    words = [text for name in WORDS for entry in TOPICS[name].values() for text in entry.values()]
    for texts in [*(texts for *_, texts in PARTS), *words]:
        text = SETTING.sub("", texts["fr"])
        assert not re.search(r" [:;?!%»]|« |'|[^\s\u00a0][?!»]|\w[:;%](\s|$)", text), text


def test_every_word_is_there_in_each_language() -> None:
    for name, words in [*TOPICS["words"].items(), *TOPICS["kpis"].items()]:
        for word, texts in words.items():
            assert set(texts) == LANGUAGES, (name, word)
            assert all(isinstance(text, str) for text in texts.values()), (name, word)
            places = {language: Counter(PLACE.findall(text)) for language, text in texts.items()}
            # a day is put together in one language, and taken as it is in another
            assert places["fr"] == places["en"] or word == "day", (name, word)


def test_an_entry_has_nothing_but_what_is_read() -> None:
    """A case may leave the rest to its rule; two topics of findings share no rule."""
    keys = {"severity", "severities", "limit", "message", "how_to_fix"}
    for topic, name, entry in ENTRIES:
        assert set(entry) <= keys, (topic, name)
        severity = entry.get("severity")
        assert severity in [None, *SEVERITIES], (topic, name)
        assert set(entry.get("severities", [])) <= set(SEVERITIES), (topic, name)
    settable = [
        {name.split(".")[0] for name in SENTENCES[topic]}
        for topic in ("okr_findings", "input_findings", "conflicts")
        if topic in SENTENCES
    ]
    assert sum(map(len, settable)) == len(set.union(*settable))


def parsed(path: Path) -> nodes.Template:
    """Return a file as Jinja reads it."""
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    return environment.parse(re.sub(r"{%-?\s*(end)?(snapshot|test)\b.*?%}", "", path.read_text()))


def calls(path: Path) -> Iterator[nodes.Call]:
    """Return the calls of macros that say sentences in a file."""
    for call in parsed(path).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in MACROS:
            yield call


def given(call: nodes.Call) -> dict[str, nodes.Node]:
    """Return the arguments of a call by name."""
    names = {
        ONE: ["topic", "sentence", "figures", "part"],
        SEVERAL: ["topic", "cases", "figures", "part"],
        OF_A_RULE: ["rule", "object", "figures", "cases", "last_day", "topic"],
        OF_A_ROW: ["sentence", "value", "words"],
    }[call.node.name]
    by_name = {argument.key: argument.value for argument in call.kwargs}
    return dict(zip(names, call.args, strict=False)) | by_name


def keys_of(node: nodes.Node | None) -> list[str] | None:
    """Return the keys of a mapping as written; None where they aren't written there."""
    if node is None:
        return []
    if not isinstance(node, nodes.Dict):
        return None
    return [pair.key.value for pair in node.items if isinstance(pair.key, nodes.Const)]


def said(call: nodes.Call) -> tuple[str, list[str], list[str], list[str] | None] | None:
    """Return topic, sentences, parts and figures of a call; None where a macro passes them on."""
    arguments = given(call)
    if call.node.name == OF_A_ROW:
        reason = arguments["sentence"]
        is_known = isinstance(reason, nodes.Const)
        words = keys_of(arguments.get("words"))
        return ("reject_reasons", [reason.value], ["message"], words) if is_known else None
    topic = arguments.get("topic", nodes.Const("okr_findings"))
    first = arguments["rule" if call.node.name == OF_A_RULE else "topic"]
    if not isinstance(topic, nodes.Const) or not isinstance(first, nodes.Const):
        return None
    cases = keys_of(arguments.get("cases"))
    if call.node.name == ONE:
        if not isinstance(arguments["sentence"], nodes.Const):
            return None
        sentences = [arguments["sentence"].value]
    elif call.node.name == SEVERAL:
        sentences = cases
    else:
        rule = arguments["rule"].value
        sentences = [f"{rule}.{case}" for case in cases] or [rule]
    part = arguments.get("part", nodes.Const("message")).value
    parts = ["message", "how_to_fix"] if call.node.name == OF_A_RULE else [part]
    return topic.value, sentences, parts, keys_of(arguments.get("figures"))


FILES = [
    path
    for pattern in ("models/**/*.sql", "macros/**/*.sql", "snapshots/**/*.sql")
    for path in sorted(REPOSITORY.glob(pattern))
    if path.parent.name != "rules"
]
SAID = [(path.name, *found) for path in FILES for call in calls(path) if (found := said(call))]


def test_all_figures_are_used_and_every_place_has_one() -> None:
    assert len(SAID) > 90
    for file, topic, sentences, parts, figures in SAID:
        entries = [whole(topic, sentence) for sentence in sentences]
        texts = [entry[part]["en"] for entry in entries for part in parts]
        places = {place for text in texts for place in PLACE.findall(text)}
        if any("limit" in entry for entry in entries):
            places -= OF_A_LIMIT
        if figures is not None:
            assert places == set(figures), (file, topic, sentences)


# where a name is chosen in one place and said in another: the sentences that a file names
NAMED_IN = {
    "unread_inputs.sql": ("input_findings", "unread_input."),
    "int_kpi__findings_on_subscriptions.sql": ("input_findings", ""),
    "reject_reasons.sql": ("reject_reasons", ""),
    "int_okr__findings_on_closed_rows.sql": ("objects", ""),
}


def named() -> set[tuple[str, str]]:
    """Return topic and name of the sentences that files name apart from a call."""
    found = set()
    for path in FILES:
        topic, prefix = NAMED_IN.get(path.name, (None, ""))
        if topic:
            texts = {prefix + str(node.value) for node in parsed(path).find_all(nodes.Const)}
            found |= {(topic, name) for name in SENTENCES[topic] if name in texts}
    return found


def test_every_sentence_is_used() -> None:
    used = {(topic, sentence) for _, topic, sentences, *_ in SAID for sentence in sentences}
    # what the mechanism itself says
    by_itself = {
        ("objects", "empty"),
        ("objects", "excepted"),
        ("objects", "excepted.until"),
        ("reject_reasons", "with_value"),
    }
    written = {(topic, name) for topic, name, entry in ENTRIES if "message" in entry}
    assert len(written) > 200
    assert written - used - named() - by_itself == set()


def test_the_page_of_rules_is_fresh(tmp_path: Path) -> None:
    """`make catalog` would change nothing."""
    page = run_dbt(
        "--quiet", "run-operation", "okr_metrics_rules_page", "--target-path", str(tmp_path)
    )
    assert page == (REPOSITORY / "docs/rule-list.md").read_text()


OWNERLESS = [objective(name, "Q", owner="") for name in ("O", "P", "R", "S")]
EXCEPTIONS = [
    ("owner_missing", "objective O", "", "the board answers for it"),
    # of two for one object the longer holds
    ("owner_missing", "objective P", "2026-03-31", "until the new head is there"),
    ("owner_missing", "objective P", "2026-03-30", "as long as the old head was there"),
    ("owner_missing", "objective R", "2026-03-30", "until yesterday"),
    ("owner_mising", "objective S", "", "misspelt"),
    ("unknown_id", "okr_objectives, row of T", "", "it is on its way"),
    ("owner_missing", "objective S", "soon", "for now"),
    ("owner_missing", "", "", "all of them"),
]


@pytest.fixture(scope="module")
def ownerless(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose objectives have no owner, with exceptions and changed rules."""
    rows = [
        dict(zip(("rule_id", "object", "until", "reason"), row, strict=True)) for row in EXCEPTIONS
    ]
    names = ["orders", "order_lines"]
    models = {name: "select * from a_warehouse_that_isnt_here" for name in names}
    return make(
        tmp_path_factory.mktemp("rules"),
        models,
        [*names, "okr_rule_exceptions"],
        okr_rule_exceptions=rows,
        okr_objectives=[*OWNERLESS, objective("T", "Q9")],
    )


def lint(project: Project, rules: dict) -> tuple[int, str]:
    """Lint the project with some rules changed; return exit code and output."""
    settings = yaml.safe_dump({"okr_metrics_rules": rules})
    ran = project.dbt("--quiet", "build", "--target", "lint", *SELECT, "--vars", settings)
    return ran.returncode, ran.stdout


def test_an_exception_holds_until_its_day_and_is_said(ownerless: Project) -> None:
    """What isn't excepted, by a rule that has none, a slip of the pen or a day gone by, stays."""
    code, output = lint(ownerless, {"objective_without_key_results": {"enabled": False}})
    found = {row for row in findings(output) if row[1] != "rule_exception"}
    assert found == {
        ("info", "owner_missing", "objective O"),
        ("info", "owner_missing", "objective P"),
        ("warning", "owner_missing", "objective R"),
        ("warning", "owner_missing", "objective S"),
        ("error", "unknown_id", "okr_objectives, row of T"),
    }
    assert code == 1
    assert "its owner is empty (excepted: the board answers for it). Write the one" in output
    assert "(excepted until 2026-03-31: until the new head is there)" in output
    exceptions = re.findall(r"warning: (exception to .*?)\. [A-Z].*\[rule_exception\]", output)
    assert sorted(exceptions) == [
        "exception to owner_mising for objective S: 'owner_mising' is no rule of a finding",
        "exception to owner_missing for (empty): it lacks a rule_id, an object or a reason, so it"
        " holds for nothing",
        "exception to owner_missing for objective P: it was over on 2026-03-30: as long as the old"
        " head was there",
        "exception to owner_missing for objective R: it was over on 2026-03-30: until yesterday",
        'exception to owner_missing for objective S: its until "soon" is not a date, so it holds'
        " for nothing",
        "exception to unknown_id for okr_objectives, row of T: 'unknown_id' has no exceptions: with"
        " what it finds the tables would hold wrong numbers",
    ]


def test_a_rule_is_off_or_has_another_limit_or_severity(ownerless: Project) -> None:
    rules = {
        "owner_missing": {"severity": "error"},
        "objective_without_key_results": {"severity": "info"},
        "rule_exception": {"enabled": False},
        "too_many_key_results": {"limit": 0},
    }
    _, output = lint(ownerless, rules)
    assert findings(output) == {
        ("info", "owner_missing", "objective O"),
        ("info", "owner_missing", "objective P"),
        ("error", "owner_missing", "objective R"),
        ("error", "owner_missing", "objective S"),
        ("error", "unknown_id", "okr_objectives, row of T"),
        *(("info", "objective_without_key_results", f"objective {name}") for name in "PRST"),
        ("warning", "too_many_key_results", "objective O"),
    }
    assert "it has 1 key results, more than 0. Keep the 0 that say most." in output
    _, output = lint(ownerless, {"too_many_key_results": {"limit": 1}})
    assert "too_many_key_results" not in output


def test_an_exception_holds_for_an_input_too(tmp_path: Path) -> None:
    """Without OKRs; findings on exceptions are among those on the inputs then."""
    tickets = [
        {"ticket_id": "1", "customer_id": "", "opened_at": "2026-03-01", "solved_at": ""},
        {"ticket_id": "2", "customer_id": "", "opened_at": "2026-03-02", "solved_at": "soon"},
    ]
    empty = "select '1' as response_id, '' as customer_id, 'nps' as survey_type, '9' as score,"
    exceptions = [
        ("empty_input", "input survey_responses", "2026-12-31", "it starts in July"),
        ("unread_input", "input refunds", "", "there is no shop yet"),
        ("empty_input", "input refunds", "2026-01-01", "long gone"),
        ("empty_inputs", "input refunds", "", "misspelt"),
    ]
    names = ["rule_id", "object", "until", "reason"]
    project = Project(
        tmp_path / "project",
        {
            "survey_responses": f"{empty} '2026-03-01' as responded_at where 1 = 0",
            "refunds": "select 1 as refund_id, 1 as refunded_at, 1 as amount",
        },
        {
            "okr_metrics_as_of_date": "2026-03-31",
            "okr_metrics_inputs": {
                name: name
                for name in (
                    "support_tickets",
                    "survey_responses",
                    "refunds",
                    "okr_rule_exceptions",
                )
            },
            "okr_metrics_rules": {"unread_input": {"severity": "error"}},
            "okr_metrics_max_reject_share": 1,
        },
        {
            "support_tickets": tickets,
            "okr_rule_exceptions": [dict(zip(names, row, strict=True)) for row in exceptions],
        },
    )
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    found = project.query("select severity, rule_id, object, message from kpi__input_findings")
    assert sorted(found) == [
        (
            "info",
            "empty_input",
            "input survey_responses",
            "it is mapped, and its relation has no row (excepted until 2026-12-31: it starts in"
            " July)",
        ),
        (
            "info",
            "unread_input",
            "input refunds",
            "it is mapped, and nothing reads it (excepted: there is no shop yet)",
        ),
        (
            "warning",
            "rule_exception",
            "exception to empty_input for input refunds",
            "it was over on 2026-01-01: long gone",
        ),
        (
            "warning",
            "rule_exception",
            "exception to empty_inputs for input refunds",
            "'empty_inputs' is no rule of a finding",
        ),
    ]
    rules = project.query("select rule_id, severity from okr__rules where rule_id = 'unread_input'")
    assert set(rules) == {("unread_input", "error")}
