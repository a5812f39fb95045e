"""The page of the demo, in a real browser, says what the marts say, and calls nobody."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from browser import CHROMIUM, Browser, open_browser
from conftest import REPOSITORY, Project
from markupsafe import escape
from pages import command, of_demo, shown_sentences, write_page

from okr_metrics.dashboard import drivers, labels, svg, why
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.labels import Labels, load
from okr_metrics.dashboard.tiles import Kpi

AXE = REPOSITORY / ".venv/axe/node_modules/axe-core/axe.min.js"
# what a name must not do
PAYLOAD = (
    "<img src=x onerror=window.pwned=1></title></style><script>window.pwned=1</script>"
    "\"' onmouseover='window.pwned=1' x=\"</text></svg>"
    "<a href=javascript:window.pwned=1>{{ 7*7 }}&amp;"
)
PHONE, DESK = 390, 1280
OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"


@pytest.fixture(scope="module")
def pages(
    demo: Path, french_demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Return the page of the demo in each language."""
    folder = tmp_path_factory.mktemp("pages")
    demos = {"en": demo, "fr": french_demo}
    return {name: write_page(folder / f"{name}.html", file) for name, file in demos.items()}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser; skip where there is none."""
    if not CHROMIUM:
        pytest.skip("chromium isn't installed: apt-get install chromium")
    with open_browser() as opened:
        yield opened


def rows_of(database: Path, query: str) -> list[dict]:
    """Return the rows of a query as dicts."""
    with duckdb.connect(database, read_only=True) as connection:
        found = connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def public_tables(database: Path) -> list[str]:
    """Return the names of the public tables of a database."""
    tables = rows_of(database, "select table_name as name from information_schema.tables")
    names = [row["name"] for row in tables]
    return [name for name in names if name.startswith(("kpi__", "okr__"))]


def in_words(value: Decimal | None, unit: str | None, language: str) -> str:
    """Return a value as the page must say it, worked out apart from the page's own code."""
    if value is None:
        return "–"
    if unit == "ratio":
        text = f"{value * 100:,.1f}%"
    elif unit == "currency":
        text = f"€{value:,.0f}" if abs(value) >= 100 else f"€{value:,.2f}"
    elif value == int(value) or abs(value) >= 100:
        text = f"{value:,.0f}"
    else:
        text = f"{value:,.1f}"
    text = text.replace("-", "\u2212")
    return text if language == "en" else in_french(text)


def percent(share: Decimal | None, language: str) -> str:
    """Return a share in whole percent as the page must say it."""
    if share is None:
        return "–"
    text = f"{share * 100:.0f}%".replace("-0%", "0%") if abs(share) < 0.005 else f"{share:.0%}"
    text = text.replace("-", "\u2212")
    return text if language == "en" else in_french(text)


def in_french(text: str) -> str:
    """Return a number of English as French writes it."""
    text = text.replace(",", "\u202f").replace(".", ",").replace("%", "\u00a0%")
    return f"{text[1:]}\u00a0€" if text.startswith("€") else text


FIELDS = """
[...document.querySelectorAll('[data-kr]')].map(row => ({
    id: row.dataset.kr,
    fields: Object.fromEntries([...row.querySelectorAll('[data-field]')].map(
        cell => [cell.dataset.field, cell.textContent.trim()])),
    codes: Object.fromEntries([...row.querySelectorAll('[data-value]')].map(
        cell => [cell.dataset.field, cell.dataset.value])),
}))
"""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_page_1_says_what_the_marts_say(
    demo: Path, french_demo: Path, pages: dict[str, Path], browser: Browser, language: str
) -> None:
    browser.open(pages[language])
    said = {row["id"]: row for row in browser.run(FIELDS)}
    rows = rows_of(
        french_demo if language == "fr" else demo, "select * from okr__key_result_attainment"
    )
    guardrails = {row["key_result_id"]: row for row in rows_of(demo, "from okr__guardrails")}
    texts = load()[language]
    assert set(said) == {row["key_result_id"] for row in rows}
    for row in rows:
        fields, unit = said[row["key_result_id"]]["fields"], row["unit"]
        codes = said[row["key_result_id"]]["codes"]
        assert codes["status"] == row["status"]
        assert fields["status"] == texts["status"][row["status"]]
        assert fields["progress"] == percent(row["progress_raw"], language)
        assert percent(row["expected_progress"], language) in fields["expected"]
        assert fields["status_reason"] == Formats(Labels(language), "EUR").told(
            row["status_reason"]
        )
        assert fields["owner"] == row["owner"]
        if row["metric_type"] != "milestone":
            assert fields["baseline"] == in_words(row["baseline_value"], unit, language)
            assert fields["actual"] == in_words(row["actual_value"], unit, language)
            bounds = [row["lower_bound"], row["upper_bound"]]
            for value in bounds if any(bounds) else [row["target_value"]]:
                assert value is None or in_words(value, unit, language) in fields["target"]
        if row["forecast_value"] is not None:
            assert fields["forecast"] == in_words(row["forecast_value"], unit, language)
        for end in ("forecast_low", "forecast_high"):
            if row[end] is not None:
                assert in_words(row[end], unit, language) in fields["interval"]
        for name, column in (("odds", "probability_met"), ("luck", "chance_without_change")):
            assert (name in fields) == (row[column] is not None)
            assert (
                row[column] is None or percent(row[column], language) in fields[name].split("\n")[0]
            )
        assert fields.get("movement") == row["movement_evidence"]
        assert ("actual_interval" in fields) == (row["actual_low"] is not None)
        for end in ("actual_low", "actual_high"):
            if row[end] is not None:
                assert in_words(row[end], unit, language) in fields["actual_interval"]
        if row["confidence"] is not None:
            assert fields["confidence"] == percent(row["confidence"], language)
        guardrail = guardrails.get(row["key_result_id"])
        states = {True: "breached", False: "kept"}
        assert codes.get("guardrail") == (guardrail and states[guardrail["is_breached"]])


def test_a_missing_forecast_is_blank_on_a_phone(
    changed: Callable, browser: Browser, tmp_path: Path
) -> None:
    """What stands beside a forecast never shows under its name where there is none."""
    gone = ", ".join(f"forecast_{name} = null" for name in ("value", "low", "high", "reason"))
    database = changed(
        f"update okr__key_result_attainment set {gone}, probability_met = null,"
        " chance_without_change = 0.05 where key_result_id = 'KR-3'"
    )
    browser.open(write_page(tmp_path / "gone.html", database), PHONE)
    row = "document.getElementById('kr-KR-3')"
    assert browser.run(f"getComputedStyle({row}.querySelector('.col-forecast')).display") == "none"
    luck = f"{row}.querySelector('[data-field=luck]')"
    assert browser.run(f"{luck}.textContent").startswith("5%")
    assert browser.run(f"{luck}.closest('td').dataset.label") == "Target"


def test_a_history_has_each_measurement_once(
    demo: Path, pages: dict[str, Path], browser: Browser
) -> None:
    """A value that is carried on until the next one makes no flat line."""
    browser.open(pages["en"])
    said = browser.run(
        "Object.fromEntries([...document.querySelectorAll('[data-kr]')].map(row => [row.dataset.kr,"
        " row.querySelector('.col-history polyline')?.getAttribute('points').split(' ').length]))"
    )
    counts = rows_of(
        demo,
        "select key_result_id, count(distinct value_date) as n from okr__key_result_progress"
        " where actual_value is not null group by 1",
    )
    assert {2, 3} <= {row["n"] for row in counts}
    for row in counts:
        assert said[row["key_result_id"]] == (row["n"] if row["n"] > 1 else None)


def test_bars_of_drivers_are_coloured_by_what_they_are_worth(
    pages: dict[str, Path], browser: Browser
) -> None:
    """A CAC that rises is bad: its segments that rose have the colour of what falls elsewhere."""
    browser.open(pages["en"])

    def bars(kpi: str) -> dict[str, int]:
        figure = f"document.querySelector('[data-figure=drivers-{kpi}]')"
        effects = browser.run(
            f"[...{figure}.querySelectorAll('tbody td:last-child')].map(c => c.textContent)"
        )
        rose = sum(effect.startswith("+") for effect in effects)
        fills = f"[...{figure}.querySelectorAll('svg path')].map(p => p.getAttribute('fill'))"
        drawn = browser.run(fills)
        assert len(effects) == drawn.count("var(--up)") + drawn.count("var(--down)")
        return {"rose": rose, "bad": drawn.count("var(--down)"), "all": len(effects)}

    cac, revenue = bars("cac"), bars("net_revenue")
    assert cac["bad"] == cac["rose"] > cac["all"] / 2
    assert revenue["bad"] == revenue["all"] - revenue["rose"] < revenue["all"] / 2


def test_segments_are_words_where_a_label_is_given(pages: dict[str, Path]) -> None:
    english, french = (pages[name].read_text() for name in ("en", "fr"))
    assert "channel: paid search" in english
    assert "canal\u00a0: recherche payante" in french
    assert "channel: paid_search" not in english


def test_the_tree_has_value_target_and_health_at_each_node(
    demo: Path, pages: dict[str, Path], browser: Browser
) -> None:
    browser.open(pages["en"])
    nodes = browser.run(
        "[...document.querySelectorAll('.tree .node')].map(n => ["
        " n.querySelector('.name').textContent, n.querySelector('[data-field=value]').textContent,"
        " n.textContent])"
    )
    last = rows_of(
        demo,
        "select kpi_id, h.kpi_name, h.unit, value, health, lower_bound, upper_bound"
        " from kpi__health as h where dimension = 'total' and period_grain = 'month'"
        " and period_start = date '2026-08-01'",
    )
    rows = {row["kpi_name"]: row for row in last}
    states = {"healthy": "Healthy", "unhealthy": "In trouble", "watch": "To watch"}
    assert len(nodes) > 30
    for name, value, text in nodes:
        row = rows.get(name)
        if row and row["unit"] in ("ratio", "currency"):
            assert value == in_words(row["value"], row["unit"], "en").replace("€0.00", "€0"), name
            assert states.get(row["health"], "Unknown") in text
    told = {name: text for name, _, text in nodes}
    # of a key result that runs; else of a healthy range
    assert "Target: €165,000" in told["Closing MRR"]


def test_every_objective_shows_its_score(
    demo: Path, pages: dict[str, Path], browser: Browser
) -> None:
    browser.open(pages["en"])
    said = browser.run(
        "Object.fromEntries([...document.querySelectorAll('[data-objective]')].map(o =>"
        " [o.dataset.objective, o.querySelector('[data-field=score]').textContent]))"
    )
    for row in rows_of(demo, "from okr__objective_attainment"):
        expected = f"score {percent(row['score'], 'en')}, {percent(row['expected_score'], 'en')}"
        assert said.pop(row["objective_id"]).startswith(expected)
    assert not said


def test_every_kpi_has_a_tile_with_its_last_value(
    demo: Path, pages: dict[str, Path], browser: Browser
) -> None:
    browser.open(pages["en"])
    said = browser.run(
        "[...document.querySelectorAll('[data-kpi]')].map(t => [t.dataset.kpi,"
        " t.querySelector('p').textContent, t.querySelector('[data-field=value]').textContent])"
    )
    whole = {kpi: value for kpi, about, value in said if about.startswith("whole company")}
    last = rows_of(
        demo,
        "select kpi_id, unit, value from kpi__health"
        " where dimension = 'total' and period_grain = 'month' and value is not null"
        " qualify period_start = max(period_start) over (partition by period_grain)",
    )
    plain = [row for row in last if row["unit"] in ("ratio", "currency", "count")]
    assert len(plain) > 50
    for row in plain:
        expected = in_words(row["value"], row["unit"], "en").replace("€0.00", "€0")
        assert whole[row["kpi_id"]] == expected, row["kpi_id"]
    trouble = rows_of(
        demo, "from okr__focus_candidates where finding = 'kpi_in_trouble' order by rank"
    )
    # the ones in trouble come first
    assert [kpi for kpi, *_ in said][: len(trouble)] == [row["kpi_id"] for row in trouble]


def test_the_bridge_adds_up_to_the_mart(
    demo: Path, pages: dict[str, Path], browser: Browser
) -> None:
    browser.open(pages["en"])
    said = browser.run(
        "[...document.querySelectorAll('[data-figure=bridge] tbody td')].map(c => c.textContent)"
    )
    row = rows_of(
        demo,
        "from kpi__subscriptions where dimension = 'total' and period_grain = 'month'"
        " and period_end <= date '2026-09-13' order by period_start desc limit 1",
    )[0]
    gains = [row[name] for name in ("new_mrr", "expansion_mrr", "reactivation_mrr")]
    losses = [-row[name] for name in ("contraction_mrr", "churned_mrr")]
    expected = [f"€{row['opening_mrr']:,.0f}"]
    signs = {True: "+", False: "\u2212"}
    expected += [f"{signs[v > 0]}€{abs(v):,.0f}" for v in [*gains, *losses]]
    assert said == [*expected, f"€{row['closing_mrr']:,.0f}"]


LINES = """
[...document.querySelectorAll('#attention [data-line]')].map(row => Object.fromEntries(
    [...row.querySelectorAll('[data-field]')].map(c => [c.dataset.field, c.textContent.trim()])))
"""


def test_what_needs_attention_first_is_seven_lines_at_most(
    demo: Path, pages: dict[str, Path], browser: Browser
) -> None:
    """What is lost first, the dearest before; a KPI that such a key result is about isn't again."""
    browser.open(pages["en"])
    said = browser.run(LINES)
    assert len(said) <= 7
    behind = rows_of(
        demo,
        "select key_result_id, kpi_id, status, key_result_name as what, owner,"
        " (select max(money_lost) from okr__focus_candidates as f"
        "  where covered_by_key_result_id = key_result_id and f.kpi_id = a.kpi_id) as money"
        " from okr__key_result_attainment as a"
        " where status in ('off_track', 'missed', 'at_risk') and due_date >= date '2026-09-13'"
        " order by money desc nulls last",
    )
    late = [row for row in behind if row["status"] != "at_risk"]
    breached = rows_of(demo, "select key_result_id from okr__guardrails where is_breached")
    assert [line["what"] for line in said[: len(late)]] == [row["what"] for row in late]
    for line, row in zip(said, late, strict=False):
        assert line["owner"] == row["owner"]
        assert row["money"] is None or line["cost"] == f"€{row['money']:,.0f} a month"
    for line, row in zip(said[len(late) :], breached, strict=False):
        assert line["what"].startswith(f"Guardrail of {row['key_result_id']} breached")
    told = {(row["key_result_id"], row["kpi_id"]) for row in behind}
    rest = [
        row
        for row in rows_of(
            demo, "from okr__focus_candidates where finding = 'kpi_in_trouble' order by rank"
        )
        if (row["covered_by_key_result_id"], row["kpi_id"]) not in told
    ]
    shown = said[len(late) + len(breached) :]
    assert len(said) == min(len(rest) + len(behind) + len(breached), 7)
    assert len(late) > 1
    assert len(rest) > 2
    risks = [row["what"] for row in behind if row["status"] == "at_risk"]
    assert [line["what"] for line in shown[len(rest) :]] == risks[: len(shown) - len(rest)]
    owners = {row["key_result_id"]: row["owner"] for row in rows_of(demo, "from okr__key_results")}
    for line, row in zip(shown, rest, strict=False):
        assert line["what"].startswith(row["kpi_name"])
        assert line["cost"] == f"€{row['money_lost']:,.0f} a month"
        assert line["since"] == f"{row['in_trouble_since']:%B %Y}"
        assert line["owner"] == owners.get(row["covered_by_key_result_id"], "nobody yet")
    # each leads to a place of the page
    dead = "filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1))))"
    assert browser.run(f"[...document.querySelectorAll('#attention a')].{dead}.length") == 0


def test_nothing_needs_attention_where_all_is_well(changed: Callable, tmp_path: Path) -> None:
    well = changed(
        "update okr__key_result_attainment set status = 'on_track'",
        "update okr__guardrails set is_breached = false",
        "delete from okr__focus_candidates",
        "delete from okr__alerts",
    )
    page = write_page(tmp_path / "well.html", well).read_text()
    assert "Nothing: no key result is behind" in page
    assert "data-line" not in page


def test_an_alert_on_what_no_line_tells_is_a_line(changed: Callable, tmp_path: Path) -> None:
    alone = changed(
        "update okr__key_result_attainment set status = 'on_track'",
        "update okr__guardrails set is_breached = false",
        "delete from okr__focus_candidates",
        "delete from okr__alerts where kind != 'guardrail_breached'",
    )
    page = write_page(tmp_path / "alone.html", alone).read_text()
    assert page.count("data-line=") == 1
    assert "is breached: 3.95% in the month to Aug 31, 2026" in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_headline_is_what_the_company_lives_by(
    demo: Path, pages: dict[str, Path], browser: Browser, language: str
) -> None:
    browser.open(pages[language])
    said = browser.run(
        "[...document.querySelectorAll('[data-headline]')].map(f => [f.dataset.headline,"
        " f.querySelector('[data-field=value]').textContent,"
        " f.querySelector('[data-field=change]').textContent,"
        " f.querySelectorAll('svg[role=img]').length])"
    )
    kpis = ["net_revenue", "closing_mrr", "gross_margin", "customer_churn_rate", "cac"]
    assert [kpi for kpi, *_ in said] == kpis
    last = rows_of(
        demo,
        "select kpi_id, unit, value, change, change_ratio from kpi__values"
        " where dimension = 'total' and period_grain = 'month'"
        " and period_start = date '2026-08-01'",
    )
    rows = {row["kpi_id"]: row for row in last}
    for kpi, value, change, drawings in said:
        row = rows[kpi]
        assert value == in_words(row["value"], row["unit"], language)
        share = row["change"] if row["unit"] == "ratio" else row["change_ratio"]
        figure = f"{abs(share) * 100:.1f}"
        assert (figure if language == "en" else in_french(figure)) in change
        assert change.startswith("+" if share > 0 else "\u2212")
        assert drawings == 1


def test_how_many_are_in_trouble_stands_beside_what_chance_makes(
    demo: Path, pages: dict[str, Path], browser: Browser
) -> None:
    browser.open(pages["en"])
    row = rows_of(
        demo,
        "select count(*) filter (health = 'unhealthy') as n, count(*) as m,"
        " sum(expected_false_alarm_rate) as k from kpi__health where is_judged"
        " and period_grain = 'month' and period_start = date '2026-08-01'"
        " and expected_false_alarm_rate is not null",
    )[0]
    expected = f"In trouble: {row['n']}, of {row['m']} KPIs and segments judged in August 2026;"
    expected += f" {row['k']:.1f} expected by chance."
    said = browser.run(
        "[...document.querySelectorAll('[data-field=judged]')].map(p => p.textContent)"
    )
    assert said == [expected, expected]


def test_a_chart_shows_the_limits_that_each_point_was_tested_by() -> None:
    """By hand: values 0 to 10 are 92 to 17 high, so 0 is at 92 and 10 at 17."""
    limits = [(None, None), (2, 8), (0, 10)]
    rows = [
        {
            "value": Decimal(value),
            "lower_limit": None if low is None else Decimal(low),
            "upper_limit": None if high is None else Decimal(high),
            "center_line": None,
            "special_cause": "none",
            "variation": "common_cause",
        }
        for value, (low, high) in zip((3, 7, 5), limits, strict=True)
    ]
    texts = dict.fromkeys(("upper", "lower", "highest", "lowest", "start", "end"), "x")
    drawn = svg.xmr("name", rows, texts, (None, None))
    paths = re.findall('class="limit" d="([^"]*)"', drawn)
    # a gap, then two levels: lower 2 and 0, upper 8 and 10
    levels = [re.findall(r"[ML][\d.]+ ([\d.]+)H", path) for path in paths]
    assert levels == [["77.0", "92.0"], ["32.0", "17.0"]]


def test_what_happened_stands_beside_the_kpis_that_may_have_felt_it(
    demo: Path, pages: dict[str, Path], browser: Browser
) -> None:
    browser.open(pages["en"])
    tile = "document.querySelector('[data-kpi={}]')"
    said = browser.run(
        "[...document.querySelectorAll('[data-kpi]')].map(t => [t.dataset.kpi,"
        " [...t.querySelectorAll('.events li')].map(e => e.textContent),"
        " t.querySelectorAll('.event').length])"
    )
    texts = {kpi: (events, marks) for kpi, events, marks in said}
    # one event is about every KPI, one about this alone
    everybody, own = "Mar 1, 2026: price rise of all plans", "Apr 2, 2026: guided set-up"
    events, marks = texts["activation_rate"]
    assert events[0] == everybody and events[1].startswith(own) and marks == 2
    assert texts["nps"] == ([everybody], 1)
    link = browser.run(tile.format("nps") + ".querySelector('.events a').href")
    assert link == "https://example.com/notes/price-rise"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_headers_of_key_results_fit_their_columns(
    pages: dict[str, Path], browser: Browser, language: str
) -> None:
    browser.open(pages[language], DESK)
    cut = browser.run(
        "[...document.querySelectorAll('.krs thead th')]"
        ".filter(th => th.scrollWidth > th.clientWidth + 1).map(th => th.textContent)"
    )
    assert cut == []


def test_an_event_is_marked_in_its_period_and_runs_nothing() -> None:
    points = [
        {
            "kpi_id": "k",
            "dimension": "total",
            "dimension_value": "total",
            "period_grain": "month",
            "period_start": date(2026, month, 1),
            "period_end": date(2026, month, 28),
            "value": Decimal(month),
            "health": "healthy",
            "health_reason": "as it was",
            "special_cause": "none",
            "variation": "common_cause",
            "periods_in_trouble": 0,
        }
        | dict.fromkeys(("lower_limit", "upper_limit", "center_line"))
        | dict.fromkeys(("lower_bound", "upper_bound"))
        for month in (1, 2, 3)
    ]
    events = [
        {"event_date": day, "event": "outage", "link": link}
        for day, link in [
            (date(2025, 12, 31), None),
            (date(2026, 2, 28), "javascript:alert(1)"),
            (date(2026, 3, 1), "https://example.com"),
            (date(2026, 4, 1), None),
        ]
    ]
    info = {"kpi_name": "K", "unit": "count", "desired_direction": "up"}
    tile = Kpi(Formats(Labels("en"), "EUR"), points, info, {}, None, events).tile()
    assert [(event["text"][:12], event["link"]) for event in tile["events"]] == [
        ("Feb 28, 2026", None),
        ("Mar 1, 2026:", "https://example.com"),
    ]
    # the second and the third of three points
    places = [float(x) for x in re.findall(r'class="event" d="M([\d.]+) ', tile["chart"])]
    dots = re.findall(r'class="line" points="([^"]*)"', tile["chart"])[0].split()
    assert places == [float(dot.split(",")[0]) for dot in dots[1:]]


def test_days_in_sentences_are_written_as_the_page_writes_days() -> None:
    english, french = (Formats(Labels(name), "EUR") for name in ("en", "fr"))
    assert english.told("Met on 2026-07-31.") == "Met on Jul 31, 2026."
    assert french.told("Atteint le 01/09/2026.") == "Atteint le 1er sept. 2026."
    # a day of an id, one that somebody wrote, and one that is none
    for text in ("plan-2026-07-31", 'due date "2026-07-31"', "on 2026-02-30", "R2026-07-31"):
        assert english.told(text) == text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_calls_nobody_and_reports_no_error(
    pages: dict[str, Path], browser: Browser, language: str
) -> None:
    browser.open(pages[language])
    browser.run(OPEN_ALL)
    asked = [sent["request"]["url"] for sent in browser.happened("Network.requestWillBeSent")]
    assert [url for url in asked if not url.startswith("data:")] == [pages[language].as_uri()]
    assert not browser.happened("Log.entryAdded", "Runtime.exceptionThrown")
    assert not browser.happened("Runtime.consoleAPICalled")
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert policy in pages[language].read_text()


@pytest.mark.parametrize(("width", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_axe_finds_nothing_serious(
    pages: dict[str, Path], browser: Browser, width: int, scheme: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core isn't installed: make browser")
    browser.open(pages["en"], width, scheme=scheme)
    browser.run(OPEN_ALL)
    browser.run(f"{AXE.read_text()};1")
    found = browser.run(
        "axe.run().then(r => r.violations.map(v => [v.impact, v.id, v.nodes[0].html]))"
    )
    assert not [entry for entry in found if entry[0] in ("serious", "critical")], found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_wider_than_a_phone(
    pages: dict[str, Path], browser: Browser, language: str
) -> None:
    browser.open(pages[language], PHONE)
    for step in ("1", OPEN_ALL):
        browser.run(step)
        # a phone's innerWidth grows with what is too wide
        assert browser.run("document.documentElement.scrollWidth") <= PHONE
    clipped = browser.run(
        "[...document.querySelectorAll('svg[role=img] text')].filter(t => {"
        " const own = t.getBoundingClientRect();"
        " const all = t.ownerSVGElement.getBoundingClientRect();"
        " return own.width && (own.left < all.left - 1 || own.right > all.right + 1)"
        "}).map(t => t.textContent)"
    )
    assert not clipped


def test_every_drawing_has_a_name_and_its_data(pages: dict[str, Path], browser: Browser) -> None:
    browser.open(pages["en"])
    drawings = "svg:not([aria-hidden])"
    nameless = f"[...document.querySelectorAll('{drawings}')].filter(s => !s.ariaLabel).length"
    assert browser.run(nameless) == 0
    assert browser.run(f"document.querySelectorAll('{drawings}').length") > 100
    holders = "[...document.querySelectorAll('figure, .tile, .objective')]"
    bare = "filter(h => h.querySelector('svg[role=img]') && !h.querySelector('details table'))"
    assert browser.run(f"{holders}.{bare}.length") == 0


def names_of(database: Path) -> list[tuple[str, str]]:
    """Return the text columns of the public tables that a person or a source has written."""
    written = re.compile(
        r"(_name|owner|dimension_value|message|_mend|_reason|object|input|formula)$"
    )
    columns = rows_of(
        database,
        "select table_name as t, column_name as c from information_schema.columns"
        " where data_type = 'VARCHAR'",
    )
    # names of settings are the code's
    tables = set(public_tables(database)) - {"kpi__settings"}
    return [(r["t"], r["c"]) for r in columns if r["t"] in tables and written.search(r["c"])]


def test_names_are_text_whatever_they_hold(
    demo: Path, changed: Callable, browser: Browser, tmp_path: Path
) -> None:
    text = PAYLOAD.replace("'", "''")
    statements = [
        f"update {table} set {column} = {column} || '{text}' where {column} != 'total'"
        for table, column in names_of(demo)
    ]
    # ids too, alike in all tables so that they still fit together
    for table in public_tables(demo):
        names = rows_of(demo, f"select column_name as c from (describe {table})")
        statements += [
            f"update {table} set {name['c']} = {name['c']} || '{text}'"
            for name in names
            if name["c"].endswith(("key_result_id", "objective_id"))
        ]
    page = write_page(tmp_path / "bad.html", changed(*statements))
    browser.open(page)
    browser.run(OPEN_ALL)
    assert browser.run("window.pwned === undefined")
    made = "document.querySelectorAll('img, script, iframe, a[href^=javascript]').length"
    assert browser.run(made) == 0
    handlers = "e => [...e.attributes].some(a => a.name.startsWith('on'))"
    assert not browser.run(f"[...document.querySelectorAll('*')].some({handlers})")
    shown = browser.run("document.body.textContent")
    for section in ("okr", "health", "why", "trust"):
        assert PAYLOAD in browser.run(f"document.getElementById('{section}').textContent")
    assert shown.count(PAYLOAD) > 100
    assert browser.run("document.title").startswith("OKR and KPI scorecard")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_row_of_a_person_is_on_it(demo: Path, pages: dict[str, Path], language: str) -> None:
    page = pages[language].read_text()
    rejected = rows_of(demo, "select row_key, raw_row from kpi__rejected_rows")
    assert rejected
    for row in rejected:
        values = json.loads(row["raw_row"]).items()
        ids = [value for name, value in values if name.endswith("_id") and value]
        for value in ids:
            assert not re.search(rf"\b{re.escape(str(value))}\b", page), value


def test_tables_that_are_not_there_leave_their_sections_out(
    demo: Path, changed: Callable, tmp_path: Path
) -> None:
    """Without all other tables, and with them empty, there is a page that says so."""
    tables = [table for table in public_tables(demo) if table != "kpi__settings"]
    dropped = changed(*(f"drop table {table}" for table in tables))
    page = write_page(tmp_path / "dropped.html", dropped).read_text()
    assert "This project has no OKRs yet" in page
    assert "This project has no KPIs with values yet" in page
    assert "No mart for this in the project: kpi__subscriptions" in page
    with duckdb.connect(dropped) as connection, duckdb.connect(demo, read_only=True) as whole:
        for table in tables:
            columns = whole.execute(f"describe {table}").fetchall()
            types = ", ".join(f"{column[0]} {column[1]}" for column in columns)
            connection.execute(f"create table {table} ({types})")
    page = write_page(tmp_path / "empty.html", dropped).read_text()
    assert "No rule is broken." in page


def test_without_settings_there_is_no_page(changed: Callable, tmp_path: Path) -> None:
    """A build of an earlier version: money without a currency would be a guess."""
    old = changed("drop table kpi__settings")
    ran = command("dashboard", "--output", str(tmp_path / "page.html"), **of_demo(old))
    assert ran.returncode == 1
    assert "kpi__settings can't be read" in ran.stderr
    assert "dbt build" in ran.stderr
    assert not (tmp_path / "page.html").exists()


def test_a_project_without_okrs_has_its_kpis(changed: Callable, tmp_path: Path) -> None:
    """The models of the OKRs are not in the manifest of such a project."""
    copy = changed()
    path = copy.parent / "duckdb" / "manifest.json"
    manifest = json.loads(path.read_text())
    nodes = manifest["nodes"].items()
    manifest["nodes"] = {key: node for key, node in nodes if not node["name"].startswith("okr__")}
    path.write_text(json.dumps(manifest))
    page = write_page(tmp_path / "page.html", copy).read_text()
    assert "This project has no OKRs yet" in page
    assert 'data-kpi="net_revenue"' in page
    assert 'data-figure="bridge"' in page


def test_a_project_that_installs_the_package_has_its_page(tmp_path: Path) -> None:
    """It maps orders alone: no subscriptions, no marketing, no OKRs; and pays in pounds."""
    columns = "order_id, customer_id, ordered_at, status, currency_code"
    days = ", ".join(
        f"('O{m}', 'C{m % 3}', '2025-{m:02}-15', 'completed', 'GBP')" for m in range(1, 10)
    )
    line = (
        "select 'L' || order_id as order_line_id, order_id, null as product_category,"
        " 1 as quantity,"
        " 120 as unit_price, null as discount_amount, null as unit_cost from {{ ref('orders') }}"
    )
    settings = {
        "okr_metrics_inputs": {"orders": "orders", "order_lines": "order_lines"},
        "okr_metrics_as_of_date": "2025-09-30",
        "okr_metrics_reporting_currency": "GBP",
    }
    orders = f"select * from (values {days}) as t ({columns})"
    shop = Project(tmp_path / "shop", {"orders": orders, "order_lines": line}, settings)
    built = shop.build()
    assert built.returncode == 0, built.stdout
    ran = command("dashboard", folder=shop.folder)
    assert ran.returncode == 0, ran.stderr
    page = (shop.folder / "target/okr_metrics.html").read_text()
    assert "As of Sep 30, 2025" in page
    assert "This project has no OKRs yet" in page
    assert "Of £360 revenue in Jul\u2009–\u2009Sep 2025" in page
    assert "kpi__subscriptions" in page


def test_300_kpis_by_segment_stay_usable(
    changed: Callable, browser: Browser, tmp_path: Path
) -> None:
    tables = {
        "kpi__catalog": "kpi_id",
        "kpi__health": "kpi_id",
        "kpi__values": "kpi_id",
        "okr__focus_candidates": "kpi_id",
    }
    database = changed(
        *(
            f"insert into {table} select t.* replace ({key} || '_' || n as {key})"
            f" from {table} as t, range(4) as r(n)"
            for table, key in tables.items()
        )
    )
    page = write_page(tmp_path / "many.html", database)
    assert page.stat().st_size < 2_000_000
    browser.open(page, PHONE)
    drawn = browser.run("document.querySelectorAll('.tile').length")
    rows = browser.run("document.querySelectorAll('#health .group tr').length")
    assert 50 < drawn <= 140
    assert drawn + rows > 300
    assert browser.run("document.documentElement.scrollWidth") <= PHONE


def test_the_demo_is_small(pages: dict[str, Path]) -> None:
    assert all(page.stat().st_size < 2_000_000 for page in pages.values())


def test_the_french_page_has_no_english_sentence(demo: Path, pages: dict[str, Path]) -> None:
    page = pages["fr"].read_text()
    english_page = pages["en"].read_text()
    told = Formats(Labels("en"), "EUR").told
    texts = [str(escape(told(text))) for text in shown_sentences(demo)]
    assert sum(text in english_page for text in texts) > 30
    assert [text for text in texts if text in page] == []
    assert re.findall("lang=[^>]*", page) == ['lang="fr"']
    assert "<h4>Taux d’attrition clients</h4>" in page
    assert "<h4>Customer churn rate</h4>" in english_page


def test_a_language_without_labels_is_said_with_what_to_do(
    changed: Callable, tmp_path: Path
) -> None:
    german = changed(
        "update kpi__settings set setting_value = 'de' where setting_name = 'language'"
    )
    ran = command("dashboard", "--output", str(tmp_path / "page.html"), **of_demo(german))
    assert ran.returncode == 1
    assert "'de'" in ran.stderr
    assert "add a table [de] to labels.toml" in ran.stderr
    assert not (tmp_path / "page.html").exists()


def test_numbers_and_days_are_those_of_any_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """As CLDR has them; the labels are a copy, so that they say nothing of the language."""
    english = load()["en"]
    monkeypatch.setattr(labels, "load", lambda: {name: english for name in ("de", "ja", "fr")})
    german, japanese, french = (Formats(Labels(name), "EUR") for name in ("de", "ja", "fr"))
    assert german.money(Decimal(1234)) == "1.234\u00a0€"
    assert german.money(Decimal("-12.345")) == "\u221212,34\u00a0€"
    assert german.share(Decimal("0.0377"), 1) == "3,8\u00a0%"
    assert german.number(Decimal("1234.5"), 1) == "1.234,5"
    assert german.day(date(2026, 9, 13)) == "13. Sept. 2026"
    assert japanese.money(Decimal(1234)) == "€1,234"
    assert japanese.day(date(2026, 9, 13)) == "2026年9月13日"
    assert french.money(Decimal(1234)) == "1\u202f234\u00a0€"
    assert french.day(date(2026, 9, 1)) == "1er sept. 2026"


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    ran = command("dashboard", "--output", str(tmp_path / "p.html"), DBT_TARGET_PATH=str(tmp_path))
    assert ran.returncode == 1
    assert "run dbt build first" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list(tmp_path.glob("*.html"))


def test_the_languages_have_the_same_labels() -> None:
    texts = load()

    def flat(tree: dict, path: str = "") -> dict[str, set[str]]:
        found = {}
        for key, value in tree.items():
            if isinstance(value, dict):
                found |= flat(value, f"{path}{key}.")
            else:
                found[path + key] = set(re.findall(r"{(\w+)}", value))
        return found

    assert flat(texts["en"]) == flat(texts["fr"])


def drivers_by_plan(*plans: str) -> list[dict]:
    """Return drivers of a KPI that fell by 6 in two dimensions: country unknown, and plans."""
    parts = [("country", "unknown", -6), *(("plan", plan, -6 / len(plans)) for plan in plans)]
    return [
        {"dimension": dimension, "dimension_value": segment, "total_effect": Decimal(effect)}
        | {"kpi_change": Decimal(-6), "previous_value": Decimal(9), "value": Decimal(3)}
        | {"rate_effect": None, "mix_effect": None}
        for dimension, segment, effect in parts
    ]


def test_a_dimension_that_is_not_mapped_explains_nothing() -> None:
    """All of a change is of unknown there, which is the greatest effect and says nothing."""
    last = {"period_grain": "month", "period_start": date(2026, 8, 1)}
    last["period_end"] = date(2026, 8, 31)
    health = SimpleNamespace(
        series={("orders", "total", "total"): [last]},
        info=lambda _: {"unit": "count", "kpi_name": "Orders", "desired_direction": "up"},
    )
    formats = Formats(Labels("en"), "USD")
    drawn = drivers.figure(formats, health, "orders", drivers_by_plan("pro", "team", "unknown"))
    assert drawn is not None
    assert drawn["title"] == "Orders fell by 6 in August 2026: most of it from pro"
    assert drivers.figure(formats, health, "orders", drivers_by_plan("unknown")) is None


def test_a_margin_without_costs_is_no_sentence_with_a_dash() -> None:
    """Operating income isn't known without a ledger, and the title says so."""
    row = dict.fromkeys(why.MARGIN) | {"net_revenue": Decimal(900), "operating_income": None}
    row |= {"period_start": date(2026, 4, 1), "period_end": date(2026, 6, 30)}
    marts = SimpleNamespace(rows=lambda *_, **__: [row])
    formats = Formats(Labels("en"), "USD")
    drawn = why.WhySection(marts, formats, None, None, date(2026, 7, 1)).margin()
    assert drawn is not None
    assert drawn["title"].endswith("what is left as operating income isn't known")
