"""Forecast, backtest and luck against plain Python; scores of random key results.

One build holds all: a mart of the user's whose segments are the cases, so that any value of any
month can be dictated. The as-of date, 2025-05-20, is inside May: April is the last complete month.
"""

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
import yaml
from companies import draw_examples
from conftest import Project
from custom_mart import kpi, mart_yaml, one_order
from hypothesis import strategies as st
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target
from oracle_outlook import Outlook, last_day, month_of

AS_OF = date(2025, 5, 20)
APRIL = month_of(date(2025, 4, 1))
Q2 = (date(2025, 4, 1), date(2025, 6, 30))
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
KINDS = {"flow_kpi": "flow", "level_kpi": "stock", "share_kpi": "ratio"}


def walk(name: str, months: int, step: float, noise: float, at: float = 100) -> dict[int, float]:
    """Return a level for each of so many months up to April and May: a drift with noise."""
    chance = random.Random(name)
    first = APRIL - months + 1
    return {first + i: round(at + step * i + chance.gauss(0, noise), 4) for i in range(months + 1)}


def without(series: dict[int, float], *months_back: int) -> dict[int, float]:
    """Return a series without some months, counted back from April."""
    return {month: v for month, v in series.items() if APRIL - month not in months_back}


# name: (kpi, months, dates, metric_type, baseline, target, lower, upper)
CASES = {
    "rising": ("level_kpi", walk("a", 36, 1, 3), Q2, "increase", 135, 140, None, None),
    "falling": ("level_kpi", walk("b", 30, -1, 4, 200), Q2, "decrease", 172, 168, None, None),
    "all_year": ("level_kpi", walk("c", 34, 2, 5), YEAR, "increase", 160, 190, None, None),
    "sum": ("flow_kpi", walk("d", 28, 0.5, 8), Q2, "cumulative", None, 360, None, None),
    "sum_reached": ("flow_kpi", walk("e", 28, 0, 5), Q2, "cumulative", None, 120, None, None),
    "sum_of_a_year": ("flow_kpi", walk("f", 36, 0, 20), YEAR, "cumulative", None, 1300, None, None),
    "sum_begun": (
        *("flow_kpi", walk("g", 30, 0, 9), (date(2025, 5, 1), Q2[1]), "cumulative"),
        *(None, 230, None, None),
    ),
    "sum_without_a_year_before": (
        *("flow_kpi", walk("x", 9, 0, 9), Q2, "cumulative"),
        *(None, 330, None, None),
    ),
    "average": ("flow_kpi", walk("h", 33, 0, 12), Q2, "average", 95, 105, None, None),
    "average_of_shares": (
        *("share_kpi", walk("i", 33, 0, 0.05, 0.6), Q2, "average"),
        *(0.6, 0.65, None, None),
    ),
    "share": (
        "share_kpi",
        walk("j", 33, 0.003, 0.03, 0.87),
        Q2,
        "increase",
        0.95,
        0.98,
        None,
        None,
    ),
    "at_least": ("level_kpi", walk("k", 30, 0, 5), Q2, "at_least", None, None, 80, None),
    "at_most_left": ("level_kpi", walk("l", 30, 0, 5), Q2, "at_most", None, None, None, 60),
    "range": ("level_kpi", walk("m", 30, 0, 5), Q2, "range", None, None, 90, 112),
    "few_cases": ("level_kpi", walk("n", 8, 0, 5), Q2, "increase", 100, 110, None, None),
    "five_cases": ("level_kpi", walk("y", 12, 0, 5), Q2, "increase", 100, 110, None, None),
    "six_cases": ("level_kpi", walk("o", 13, 0, 5), Q2, "increase", 100, 110, None, None),
    "no_line": ("level_kpi", walk("p", 2, 0, 5), Q2, "increase", 100, 110, None, None),
    "gaps": (
        "flow_kpi",
        without(walk("q", 30, 0, 9), 9, 15),
        Q2,
        "cumulative",
        None,
        290,
        None,
        None,
    ),
    "gap_of_a_level": (
        *(
            "level_kpi",
            without(walk("r", 30, 0, 9), 0, 9, 15),
            (date(2025, 2, 1), Q2[1]),
            "increase",
        ),
        *(100, 110, None, None),
    ),
    "flat": ("level_kpi", walk("s", 20, 0, 0), Q2, "increase", 90, 100, None, None),
    "flat_and_short_of_it": ("level_kpi", walk("t", 20, 0, 0), Q2, "increase", 90, 101, None, None),
    "due_inside_a_month": (
        *("level_kpi", walk("u", 30, 0, 9), (Q2[0], date(2025, 6, 15)), "decrease"),
        *(110, 90, None, None),
    ),
    "last_month_known": (
        *("level_kpi", walk("v", 30, 0, 9), (Q2[0], date(2025, 5, 25)), "increase"),
        *(90, 91, None, None),
    ),
    "closed": (
        *("level_kpi", walk("w", 30, 0, 9), (date(2025, 1, 1), date(2025, 3, 31)), "increase"),
        *(90, 120, None, None),
    ),
}

numbers = st.integers(-400, 400).map(lambda number: number / 4)


@st.composite
def key_results(draw: st.DrawFn) -> dict:
    """Draw a key result that the lint lets pass, and what its KPI says in April."""
    baseline, goal = draw(st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1]))
    on_the_way = baseline + draw(st.integers(-4, 12)) / 8 * (goal - baseline)
    return {
        "baseline": baseline,
        "target": goal,
        "actual": draw(st.sampled_from([None, draw(numbers), *[on_the_way] * 4])),
        "weight": draw(st.sampled_from(["", "0", "1", "2.5"])),
        "start": Q2[0].replace(day=draw(st.sampled_from([1, 1, 15, 30]))),
        "due": draw(st.sampled_from([Q2[1], AS_OF, date(2025, 4, 30), date(2025, 4, 29)])),
    }


objectives = st.lists(key_results(), min_size=1, max_size=3).filter(
    lambda drawn: (
        any(row["weight"] != "0" for row in drawn)
        and all(row["start"] <= row["due"] for row in drawn)
    )
)


def variants(drawn: list[dict]) -> dict[str, list[dict]]:
    """Return key results as drawn, in another unit, and with a better actual value."""
    unit = {"baseline", "target", "actual"}

    def in_cents(row: dict) -> dict:
        return {k: v * 100 if k in unit and v is not None else v for k, v in row.items()}

    def better(row: dict) -> dict:
        step = 7 if row["target"] > row["baseline"] else -7
        return row | {"actual": None if row["actual"] is None else row["actual"] + step}

    return {
        "": drawn,
        "/cents": [in_cents(row) for row in drawn],
        "/better": [better(row) for row in drawn],
    }


OBJECTIVES = {
    f"R{number}{variant}": rows
    for number, drawn in enumerate(draw_examples(objectives, 60, 2025))
    for variant, rows in variants(drawn).items()
}


def mart_rows() -> Iterator[dict]:
    """Yield the rows of the user's mart."""
    for name, (kpi_id, months, *_) in CASES.items():
        for month, value in months.items():
            year, number = divmod(month, 12)
            row = dict.fromkeys(("flow_kpi", "level_kpi", "heads", "people"), "")
            people = 50 + month % 7
            if kpi_id == "share_kpi":
                row |= {"heads": value * people, "people": people}
            else:
                row[kpi_id] = value
            yield {"period_start": date(year, number + 1, 1), "segment": name} | row
    for name, rows in OBJECTIVES.items():
        for number, row in enumerate(rows):
            if row["actual"] is not None:
                yield {
                    "period_start": date(2025, 4, 1),
                    "segment": f"{name}/{number}",
                    **dict.fromkeys(("flow_kpi", "heads", "people"), ""),
                    "level_kpi": row["actual"],
                }


def okr_seeds() -> dict[str, list[dict]]:
    """Return the seeds: a key result for each case, an objective for each random one."""
    names = {"dimension": "case", "period_grain": "month"}
    rows, targets, owners = [], [], [objective("O", "Y")]
    for name, (kpi_id, _, dates, metric_type, baseline, goal, lower, upper) in CASES.items():
        row = {"metric_type": metric_type, "start_date": dates[0], "due_date": dates[1]}
        rows.append(key_result(name, "O", kpi_id, **names, dimension_value=name, **row))
        values = {"baseline_value": baseline, "target_value": goal}
        bounds = {"lower_bound": lower, "upper_bound": upper}
        filled = {k: v for k, v in (values | bounds).items() if v is not None}
        targets.append(target(name, str(dates[0]), **filled))
    for name, drawn in OBJECTIVES.items():
        owners.append(objective(name, "Y", owner=name))
        for number, row in enumerate(drawn):
            way = "increase" if row["target"] > row["baseline"] else "decrease"
            dates = {"start_date": row["start"], "due_date": row["due"], "metric_type": way}
            kr = f"{name}/{number}"
            rows.append(
                key_result(
                    kr,
                    name,
                    "level_kpi",
                    **names,
                    dimension_value=kr,
                    weight=row["weight"],
                    **dates,
                )
            )
            values = {"baseline_value": row["baseline"], "target_value": row["target"]}
            targets.append(target(kr, "2025-01-01", **values))
    return {
        "okr_cycles": [cycle("Y", "2025-01-01", "2025-12-31")],
        "okr_objectives": owners,
        "okr_key_results": rows,
        "okr_key_result_targets": targets,
        "okr_check_ins": [check_in("rising", "2025-05-01")],
        "okr_phased_targets": [
            {"key_result_id": "rising", "period_end": "2025-06-30", "expected_value": 140}
        ],
    }


MART = """
select
    'month' as period_grain,
    cast(period_start as date) as period_start,
    'case' as dimension,
    segment as dimension_value,
    cast(flow_kpi as double) as flow_kpi,
    cast(level_kpi as double) as level_kpi,
    cast(heads as double) as heads,
    cast(people as double) as people,
    cast(heads as double) / nullif(cast(people as double), 0) as share_kpi
from {{ ref('mart_rows') }}
"""
MART_YAML = mart_yaml(
    "my_mart",
    "heads",
    "people",
    kpi("flow_kpi", kind="flow", unit="count", direction="up"),
    kpi("level_kpi", kind="stock", unit="count", direction="up"),
    kpi(
        "share_kpi",
        kind="ratio",
        unit="ratio",
        direction="up",
        numerator="heads",
        denominator="people",
        bounds=[0, 1],
    ),
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the built project."""
    inputs = {"orders": "orders", "order_lines": "order_lines"}
    folder = tmp_path_factory.mktemp("outlook") / "shop"
    project = Project(
        folder,
        one_order("2022-04-01") | {"my_mart": MART},
        {
            "okr_metrics_as_of_date": str(AS_OF),
            "okr_metrics_period_grains": ["month"],
            "okr_metrics_custom_kpis": ["my_mart"],
            "okr_metrics_policies": {"pace": "seasonal"},
            "okr_metrics_inputs": inputs | OKR_INPUTS,
        },
        {"mart_rows": list(mart_rows())} | okr_seeds(),
    )
    (folder / "models" / "my_mart.yml").write_text(yaml.safe_dump(MART_YAML))
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    return project


def outlook_of(name: str) -> Outlook:
    """Return the oracle's view of a case."""
    kpi_id, months, dates, metric_type, baseline, goal, lower, upper = CASES[name]
    series = {
        month: (value, value * (50 + month % 7), 50 + month % 7)
        for month, value in months.items()
        if last_day(month) <= AS_OF
    }
    kr = {"metric_type": metric_type, "start": dates[0], "due": dates[1], "baseline": baseline}
    may = months[APRIL + 1]
    return Outlook(
        series,
        KINDS[kpi_id],
        kr | {"target": goal, "lower": lower, "upper": upper},
        AS_OF,
        (may, may * (50 + (APRIL + 1) % 7), 50 + (APRIL + 1) % 7),
        (0, 1 if kpi_id == "share_kpi" else None),
    )


def rows_by(project: Project, columns: tuple[str, ...], table: str, keys: int) -> dict:
    """Return {key: {column: number}}; the first columns are the key."""
    rows = project.query(f"select {', '.join(columns)} from {table}")
    return {
        row[0] if keys == 1 else row[:keys]: {
            name: value if value is None else float(value)
            for name, value in zip(columns[keys:], row[keys:], strict=True)
        }
        for row in rows
    }


@pytest.fixture(scope="module")
def attainment(project: Project) -> dict[str, dict]:
    """Return the figures of attainment by key result."""
    columns = ("forecast_value", "forecast_low", "forecast_high", "probability_met")
    columns = ("key_result_id", *columns, "chance_without_change", "actual_value", "score")
    return rows_by(project, columns, "okr__key_result_attainment", 1)


def same(left: float | None, right: float | None, tolerance: float = 1e-6) -> bool:
    """Return whether two figures agree, null with null."""
    if left is None or right is None:
        return left is right
    return left == pytest.approx(right, rel=tolerance, abs=tolerance)


@pytest.mark.parametrize("name", CASES)
def test_forecast_interval_and_probability(attainment: dict, name: str) -> None:
    """Value and interval to 1e-6; probability to what the approximations of the normal promise."""
    row = attainment[name]
    expected = outlook_of(name).forecast(row["actual_value"])
    assert same(row["forecast_value"], expected["forecast_value"])
    assert same(row["forecast_low"], expected["forecast_low"])
    assert same(row["forecast_high"], expected["forecast_high"])
    assert same(row["probability_met"], expected["probability_met"], 2e-6)


def test_the_cases_cover_what_they_are_named_for(attainment: dict) -> None:
    """Without these rows the comparison above would agree on nothing."""
    assert attainment["sum_reached"]["probability_met"] == 1
    assert attainment["at_most_left"]["probability_met"] == 0
    assert attainment["share"]["forecast_high"] is not None
    assert attainment["closed"]["forecast_value"] is None
    assert attainment["few_cases"]["forecast_low"] is None is not attainment["few_cases"]
    assert attainment["five_cases"]["forecast_low"] is None
    assert attainment["six_cases"]["forecast_low"] is not None
    assert attainment["flat"]["probability_met"] == 1
    assert attainment["flat_and_short_of_it"]["probability_met"] == 0
    assert attainment["no_line"]["forecast_value"] is not None
    assert attainment["six_cases"]["probability_met"] is None
    assert attainment["average"]["chance_without_change"] is not None
    some = attainment["last_month_known"]
    assert some["forecast_low"] == some["forecast_value"] == some["forecast_high"]


def test_a_forecast_is_inside_its_interval_and_all_three_inside_the_bounds(
    attainment: dict[str, dict],
) -> None:
    """Nothing that is counted is below 0, and no share above 1."""
    compared = 0
    for name, row in attainment.items():
        if name not in CASES or row["forecast_low"] is None:
            continue
        most = 1 if CASES[name][0] == "share_kpi" else float("inf")
        assert 0 <= row["forecast_low"] <= row["forecast_value"] <= row["forecast_high"] <= most
        compared += 1
    assert compared > 15


def test_words_of_a_forecast(project: Project) -> None:
    words = dict(
        project.query("select key_result_id, forecast_reason from okr__key_result_attainment")
    )
    assert words["no_line"].endswith("no interval: 0 past cases, and 6 are needed.")
    assert words["five_cases"].endswith("no interval: 5 past cases, and 6 are needed.")
    assert words["six_cases"].endswith("the interval is from 6 past cases, and odds need 8.")
    assert words["sum"].startswith("From recent levels, trend and the year before")
    assert words["sum"].endswith("the interval is from 21 past cases.")
    assert words["last_month_known"] == "The last period before the due date is complete."
    assert words["closed"] is None


def test_backtest(project: Project) -> None:
    columns = ("key_result_id", "periods_elapsed", "cases", "mean_absolute_error", "bias")
    columns = (*columns, "interval_cases", "interval_coverage", "reds", "reds_met")
    found = rows_by(project, columns, "okr__pace_backtest", 2)
    reds, compared = 0, 0
    for (name, known), row in found.items():
        if name in CASES:
            expected = outlook_of(name).backtest(known)
            for column, figure in row.items():
                assert same(figure, expected[column]), (name, known, column, figure, expected)
            reds += expected["reds"]
            compared += 1
    # some of every kind: reds that were met, intervals that missed
    assert compared > 60 and reds > 20
    assert any(row["reds_met"] for row in found.values())
    for name in CASES:
        outlook = outlook_of(name)
        for known in range(outlook.window):
            assert ((name, known) in found) == bool(outlook.backtest(known)), (name, known)


def test_seasonal_pace(project: Project) -> None:
    """A sum is expected to go as in earlier years; without one, and for a level, straight."""
    rows = dict(
        project.query("select key_result_id, expected_progress from okr__key_result_attainment")
    )
    seasonal = 0
    for name, (_, _, (start, due), metric_type, *_) in CASES.items():
        outlook = outlook_of(name)
        straight = ((min(AS_OF, due) - start).days + 1) / ((due - start).days + 1)
        share = outlook.seasonal_share() if metric_type == "cumulative" else None
        seasonal += share is not None
        if metric_type not in ("at_least", "at_most", "range"):
            expected = straight if share is None else share
            # a seeded line comes first; the one of `rising` ends at its target
            assert name == "rising" or same(float(rows[name]), expected), name
    assert seasonal >= 4
    assert outlook_of("sum_without_a_year_before").seasonal_share() is None


@pytest.mark.parametrize("name", CASES)
def test_chance_without_change(attainment: dict, name: str) -> None:
    assert same(
        attainment[name]["chance_without_change"], outlook_of(name).chance_without_change(), 2e-6
    )


def score_of(row: dict) -> Fraction | None:
    """Return the score by the definition, exactly."""
    is_measured = row["start"] <= date(2025, 4, 30) <= min(row["due"], AS_OF)
    if row["actual"] is None or not is_measured:
        return None
    baseline, goal, actual = (Fraction(row[k]) for k in ("baseline", "target", "actual"))
    return min(max((actual - baseline) / (goal - baseline), Fraction(0)), Fraction(1))


def test_scores_of_random_key_results(attainment: dict) -> None:
    """In [0, 1] or null, as defined, monotone in the actual value, the same in any unit."""
    unscored, inside = 0, 0
    for name, drawn in OBJECTIVES.items():
        for number, row in enumerate(drawn):
            score, expected = attainment[f"{name}/{number}"]["score"], score_of(row)
            assert same(score, None if expected is None else float(expected), 1e-9), (name, row)
            base = attainment[f"{name.split('/')[0]}/{number}"]["score"]
            if score is None:
                assert base is None
                unscored += 1
                continue
            assert 0 <= score <= 1
            inside += 0 < score < 1
            if name.endswith("/better"):
                assert score >= base
            elif name.endswith("/cents"):
                assert score == base
    assert unscored > 20 and inside > 20


def test_objectives_of_random_key_results(project: Project) -> None:
    """The weighted mean of scores that there are; null where there is none."""
    scores = dict(project.query("select objective_id, score from okr__objective_attainment"))
    unweighted = 0
    for name, drawn in OBJECTIVES.items():
        parts = [(Fraction(row["weight"] or 1), score_of(row)) for row in drawn]
        parts = [(weight, score) for weight, score in parts if score is not None]
        weight = sum(weight for weight, _ in parts)
        expected = float(sum(w * score for w, score in parts) / weight) if weight else None
        found = None if scores[name] is None else float(scores[name])
        assert same(found, expected, 1e-9), (name, drawn)
        unweighted += expected is None
    assert unweighted > 3
