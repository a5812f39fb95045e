"""Guardrails, conflicts and focus candidates, each rule with what fires and what must not.

All of it is one build of a company whose KPIs are its own mart, so that any value of any month
can be dictated. The as-of date, 2025-05-20, is inside May: April is the last complete month.
Expectations are worked out by hand from docs/okr-definitions.md, "Focus candidates".
"""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import Project
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target

AS_OF = "2025-05-20"
CYCLES = {
    "Q1": ("2025-01-01", "2025-03-31"),
    "Q2": ("2025-04-01", "2025-06-30"),
    "Y": ("2025-01-01", "2025-12-31"),
    "Q4": ("2025-10-01", "2025-12-31"),
}
TARGET_COLUMNS = {"baseline_value", "target_value", "lower_bound", "upper_bound"}


def months(first: str, values: list[float]) -> dict[str, float]:
    """Return {first day of a month: value} from a month such as 2024-10 on."""
    year, month = map(int, first.split("-"))
    days = [(year * 12 + month - 1 + number) for number in range(len(values))]
    return {
        f"{day // 12}-{day % 12 + 1:02d}-01": value for day, value in zip(days, values, strict=True)
    }


def wish(metric_type: str, **columns: object) -> dict:
    """Return a key result as a mixture of its own columns and those of its target; Q2, total."""
    numbers = {"baseline_value": 60} if metric_type in ("increase", "decrease", "average") else {}
    return numbers | {"metric_type": metric_type, "objective_id": "Q2"} | columns


@dataclass
class Pair:
    """Two key results, and the rule by which they are in conflict, if any."""

    name: str
    one: dict
    other: dict
    rule: str | None
    # the other's KPI, where it isn't the same
    other_kpi: str | None = None
    kind: str = "derived"
    # guardrail of one of them, and whose
    guardrail: dict | None = None
    owner: int = 1
    tree: list[tuple[str, str, int]] = field(default_factory=list)
    revision: dict | None = None


UP, DOWN = wish("increase", target_value=100), wish("decrease", target_value=50)
FR = {"dimension": "country", "dimension_value": "FR"}
DE = {"dimension": "country", "dimension_value": "DE"}
SMB = {"dimension": "segment", "dimension_value": "smb"}
IN_Q1 = {"objective_id": "Q1"}
MILESTONE = wish("milestone")


def guarded(name: str, mover: dict, bounds: dict, rule: str | None, **other: object) -> Pair:
    """Return a milestone with a guardrail on the KPI that another key result moves."""
    first, second = (mover, MILESTONE) if other.get("owner") == 2 else (MILESTONE, mover)
    return Pair(name, first, second, rule, guardrail=bounds, **other)


PAIRS = [
    Pair("opposite", UP, DOWN, "opposite_directions"),
    Pair(
        "opposite_dimensions",
        wish("at_least", lower_bound=5) | FR,
        wish("at_most", upper_bound=3) | SMB,
        "opposite_directions",
    ),
    Pair("opposite_total", UP, DOWN | FR, "opposite_directions"),
    Pair(
        "opposite_average",
        wish("average", target_value=10),
        UP,
        "opposite_directions",
        kind="stock",
    ),
    Pair(
        "opposite_sum",
        wish("cumulative", target_value=300),
        wish("at_most", upper_bound=90),
        "opposite_directions",
        kind="flow",
    ),
    Pair(
        "opposite_one_day",
        UP | {"due_date": "2025-04-30"},
        DOWN | {"start_date": "2025-04-30"},
        "opposite_directions",
    ),
    Pair("opposite_segments", UP | FR, DOWN | DE, None),
    Pair("opposite_dates", UP | IN_Q1, DOWN, None),
    Pair("opposite_range", wish("range", lower_bound=1, upper_bound=2), DOWN, None),
    Pair("same_way", UP, wish("at_least", lower_bound=5), None),
    Pair("targets", UP, UP | {"target_value": 120}, "different_targets"),
    Pair("targets_same", UP, UP, None),
    Pair("targets_stones", UP | {"due_date": "2025-05-31"}, UP | {"target_value": 120}, None),
    Pair("targets_segment", UP, UP | FR | {"target_value": 120}, None),
    Pair("targets_grain", UP, UP | {"target_value": 120, "period_grain": "quarter"}, None),
    Pair("targets_type", UP, wish("average", target_value=120), None, kind="stock"),
    Pair(
        "targets_bounds",
        wish("at_least", lower_bound=5) | FR,
        wish("at_least", lower_bound=6) | FR,
        "different_targets",
    ),
    Pair(
        "targets_sum",
        wish("cumulative", target_value=300),
        wish("cumulative", target_value=900, objective_id="Y", due_date="2025-06-30"),
        None,
        kind="flow",
    ),
    Pair(
        "targets_revised",
        UP,
        UP,
        "different_targets",
        revision={"valid_from": "2025-05-01", "target_value": 130},
    ),
    Pair(
        "targets_revised_later",
        UP,
        UP,
        None,
        revision={"valid_from": "2025-06-01", "target_value": 130},
    ),
    guarded("guard_below", DOWN, {"lower_bound": 55}, "guardrail"),
    guarded("guard_owner_second", DOWN, {"lower_bound": 55}, "guardrail", owner=2),
    guarded("guard_above", wish("at_least", lower_bound=80), {"upper_bound": 70}, "guardrail"),
    guarded("guard_most", wish("at_most", upper_bound=50), {"lower_bound": 60}, "guardrail"),
    guarded("guard_ratio", DOWN | FR, {"lower_bound": 55}, "guardrail"),
    guarded("guard_on_bound", DOWN, {"lower_bound": 50}, None),
    guarded("guard_inside", DOWN, {"lower_bound": 45}, None),
    guarded("guard_away", UP, {"lower_bound": 200}, None),
    guarded("guard_segments", DOWN | FR, {"lower_bound": 55} | DE, None),
    guarded("guard_dates", DOWN | IN_Q1, {"lower_bound": 55}, None),
    guarded("guard_other_size", DOWN | FR, {"lower_bound": 55}, None, kind="stock"),
    guarded(
        "guard_other_grain",
        UP | {"period_grain": "quarter"},
        {"upper_bound": 70},
        None,
        kind="flow",
    ),
    # 390 in three months are 130 a month
    guarded(
        "guard_sum",
        wish("cumulative", target_value=390),
        {"upper_bound": 120},
        "guardrail",
        kind="flow",
    ),
    guarded(
        "guard_sum_inside",
        wish("cumulative", target_value=300),
        {"upper_bound": 120},
        None,
        kind="flow",
    ),
    Pair("tree_child", UP, UP, "kpi_tree", "t_child", tree=[("", "t_child", -1)]),
    Pair("tree_parent", UP, UP, "kpi_tree", "t_parent", tree=[("t_parent", "", -1)]),
    Pair("tree_positive", UP, DOWN, "kpi_tree", "t_positive", tree=[("", "t_positive", 1)]),
    Pair("tree_agrees", UP, DOWN, None, "t_agrees", tree=[("", "t_agrees", -1)]),
    Pair("tree_segments", UP | FR, UP | DE, None, "t_segments", tree=[("", "t_segments", -1)]),
    Pair("tree_dates", UP | IN_Q1, UP, None, "t_dates", tree=[("", "t_dates", -1)]),
    Pair("tree_siblings", UP, DOWN, None, "t_sib", tree=[("t_top", "", 1), ("t_top", "t_sib", 1)]),
    # minus times minus is plus
    Pair(
        "tree_two_steps",
        UP,
        DOWN,
        "kpi_tree",
        "t_two",
        tree=[("", "t_two_a", -1), ("t_two_a", "t_two", -1)],
    ),
    Pair(
        "tree_five_steps",
        UP,
        UP,
        "kpi_tree",
        "t_five_5",
        tree=[("", "t_five_1", -1)] + [(f"t_five_{n}", f"t_five_{n + 1}", 1) for n in range(1, 5)],
    ),
    Pair(
        "tree_six_steps",
        UP,
        UP,
        None,
        "t_six_6",
        tree=[("", "t_six_1", -1)] + [(f"t_six_{n}", f"t_six_{n + 1}", 1) for n in range(1, 6)],
    ),
    Pair(
        "tree_two_ways",
        UP,
        UP,
        None,
        "t_ways",
        tree=[("", "t_ways", -1), ("", "t_ways_a", 1), ("t_ways_a", "t_ways", 1)],
    ),
]

# Key results on `score`, which is met by April; their guardrail is `guard` of the same country.
GUARDRAILS = {
    "breached": ({"2025-04-01": 12}, "Q2", (True, 12, "2025-04-30", 1, "2025-04-30")),
    "on_bound": ({"2025-04-01": 10}, "Q2", (False, 10, "2025-04-30", 0, None)),
    "on_lower_bound": ({"2025-04-01": 10}, "Q2", (False, 10, "2025-04-30", 0, None)),
    "below": ({"2025-04-01": 8}, "Q2", (True, 8, "2025-04-30", 1, "2025-04-30")),
    "no_value": ({}, "Q2", (None, None, None, 0, None)),
    # before the start, and a month that still runs
    "outside_dates": (
        {"2025-03-01": 99, "2025-04-01": 9, "2025-05-01": 99},
        "Q2",
        (False, 9, "2025-04-30", 0, None),
    ),
    "back_inside": (
        months("2025-01", [9, 12, 11, 8]),
        "Y",
        (False, 8, "2025-04-30", 2, "2025-02-28"),
    ),
    "worse_again": (
        months("2025-01", [12, 9, 9, 13]),
        "Y",
        (True, 13, "2025-04-30", 2, "2025-01-31"),
    ),
    # due in March: April doesn't move it
    "frozen": (months("2025-01", [9, 9, 9, 99]), "Q1", (False, 9, "2025-03-31", 0, None)),
    "frozen_breached": (
        months("2025-01", [9, 9, 11, 9]),
        "Q1",
        (True, 11, "2025-03-31", 1, "2025-03-31"),
    ),
    "gap": ({"2025-02-01": 12}, "Y", (True, 12, "2025-02-28", 1, "2025-02-28")),
}


def ranged(**months_of_segments: dict) -> dict[tuple[str, str], dict]:
    """Return {(country, name): values} for each name."""
    return {("country", name): values for name, values in months_of_segments.items()}


# six points that swing from 10 to 12: mean 11, moving range 2, limits 5.68 and 16.32
SWING = [10, 12, 10, 12, 10, 12]
# mean 11, sigma 2.66 / 3 x 2: 20 and 2 are 5.08 sigmas away; the point before is on the other side
OUTSIDE = months("2024-09", [*reversed(SWING), 20, 20])
BELOW = months("2024-09", [*SWING, 2, 2])
# 1.1 sigmas above the mean, for a long time
NEAR = months("2024-03", [*SWING, *[13] * 8])
# KPI: kind, direction, upper bound of its healthy range or none, {segment: {month: value}}
SERIES = {
    "trouble": (
        "derived",
        "down",
        10,
        ranged(
            longest=months("2025-02", [11, 11, 11]),
            far=months("2025-03", [11, 15]),
            near_rich=months("2025-03", [99, 12]),
            near_poor=months("2025-03", [11, 12]),
            near_unpaid=months("2025-03", [11, 12]),
            one_period=months("2025-03", [10, 12]),
            over=months("2025-02", [11, 11, 10]),
            gone=months("2025-02", [11, 11]),
        ),
    ),
    "nought": ("derived", "down", 0, ranged(nought=months("2025-03", [1, 1]))),
    "exact": ("derived", "down", 10, ranged(FR=months("2025-03", [11, 14.9]))),
    "by_total": ("derived", "down", 10, ranged(FR=months("2025-03", [11, 14.8]))),
    "by_dimension": ("derived", "down", 10, ranged(FR=months("2025-03", [11, 14.7]))),
    "by_origin": ("derived", "down", 10, ranged(FR=months("2025-03", [11, 14.6]))),
    "open": ("derived", "down", 10, ranged(FR=months("2025-03", [11, 14.5]))),
    "late": ("derived", "down", 10, ranged(FR=months("2025-03", [11, 10.1]))),
    "outside": ("derived", "down", None, ranged(FR=OUTSIDE, unknown=OUTSIDE)),
    "near": ("derived", "down", None, {("total", "total"): NEAR}),
    "not_judged": ("flow", "down", None, {("total", "total"): OUTSIDE}),
    "sales": ("flow", "up", None, {("total", "total"): BELOW}),
    # of one family: the one that costs most of a segment, and the whole in place of its segments
    "bookings": ("flow", "up", None, {("total", "total"): BELOW} | ranged(FR=BELOW)),
    "visits": ("flow", "up", None, ranged(FR=months("2024-09", [*SWING, 4, 4]))),
    "fine": ("derived", "down", 10, {("total", "total"): {"2025-04-01": 9}}),
    "score": ("stock", "up", None, ranged(**{name: {"2025-04-01": 10} for name in GUARDRAILS})),
    "guard": ("derived", "down", None, ranged(**{n: v for n, (v, _, _) in GUARDRAILS.items()})),
}
# two quarters in trouble: of `quarterly`, which has nothing else, and of `fine`, which has months
QUARTERS = {"2024-10-01": 12, "2025-01-01": 11}

JUDGED = {"outside", "near", "sales", "bookings", "visits"}
FAMILY = {"sales": "sold", "bookings": "sold", "visits": "sold"}
# in the order of the ranks, ten at most: KPI, segment, grain, periods, edge, distance, net revenue,
# what it costs, others of its family, covered by
FOCUS = [
    ("bookings", "total", "month", 2, 11, 9 / 11, 151, 151 * 9 / 11, 3, None),
    ("trouble", "near_rich", "month", 2, 10, 0.2, 100, 20, 0, None),
    ("trouble", "near_poor", "month", 2, 10, 0.2, 50, 10, 0, None),
    ("quarterly", "total", "quarter", 2, 10, 0.1, 30, 3, 0, None),
    ("outside", "FR", "month", 2, 11, 9 / 11, 1, 9 / 11, 0, None),
    ("exact", "FR", "month", 2, 10, 0.49, 1, 0.49, 0, "F-exact"),
    ("by_total", "FR", "month", 2, 10, 0.48, 1, 0.48, 0, "F-by_total"),
    ("by_dimension", "FR", "month", 2, 10, 0.47, 1, 0.47, 0, "F-by_dimension"),
    ("by_origin", "FR", "month", 2, 10, 0.46, 1, 0.46, 0, "F-by_origin"),
    ("open", "FR", "month", 2, 10, 0.45, 1, 0.45, 0, None),
]
# unhealthy too, and not among the ten dearest
LEFT_OUT = {("late", "FR"), ("trouble", "longest"), ("trouble", "far"), ("nought", "nought")}
FOCUS_KEY_RESULTS = {
    "F-exact": ("exact", "Q2", DOWN | FR | {"weight": 1}),
    "F-exact_total": ("exact", "Q2", DOWN | {"weight": 9}),
    "F-by_total": ("by_total", "Q2", DOWN | {"weight": 1}),
    "F-by_dimension_before": ("by_total", "Q2", DOWN | SMB | {"weight": 9}),
    "F-by_dimension": ("by_dimension", "Q2", DOWN | SMB),
    "F-by_origin": ("score", "origin", UP | {"dimension": "country", "dimension_value": "new"}),
    # of another country, over, not begun, or of an objective that is over or not begun
    "F-open_segment": ("open", "Q2", DOWN | DE),
    "F-open_over": ("open", "Q1", DOWN),
    "F-open_later": ("open", "Y", DOWN | {"start_date": "2025-06-01"}),
    "F-open_origin": ("score", "old_origin", UP | {"dimension": "plan", "dimension_value": "x"}),
    "F-open_late_origin": (
        "score",
        "late_origin",
        UP | {"dimension": "plan", "dimension_value": "y"},
    ),
    "F-fine": ("fine", "Q2", DOWN),
    "F-fine_held": ("fine", "Q2", wish("at_most", upper_bound=10)),
    "F-fine_segment": ("fine", "Q2", DOWN | FR),
    "F-fine_over": ("fine", "Q1", DOWN),
    "F-fine_later": ("fine", "Y", DOWN | {"start_date": "2025-06-01"}),
}


def kpis() -> dict[str, dict]:
    """Return {KPI: its meta} of the company's own mart."""
    meta = {name: {"kind": kind, "direction": way} for name, (kind, way, _, _) in SERIES.items()}
    meta["quarterly"] = {"kind": "derived", "direction": "down"}
    for name in JUDGED:
        meta[name] |= {"judged": True, "family": FAMILY.get(name)}
    for pair in PAIRS:
        names = {pair.name, pair.other_kpi, *(name for row in pair.tree for name in row[:2])}
        for name in names - {None, ""}:
            meta[name] = {"kind": pair.kind, "direction": "none"}
    return {name: row | {"unit": "count"} for name, row in meta.items()}


def mart_rows() -> list[dict]:
    """Return the values of the mart, one row each."""
    rows = [
        ("month", name, *segment, month, value)
        for name, (_, _, _, segments) in SERIES.items()
        for segment, values in segments.items()
        for month, value in values.items()
    ] + [
        ("quarter", name, "total", "total", day, value)
        for name in ("quarterly", "fine")
        for day, value in QUARTERS.items()
    ]
    columns = ("period_grain", "kpi_id", "dimension", "dimension_value", "period_start", "value")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def healthy_ranges() -> list[dict]:
    """Return an agreed upper bound for each segment of the KPIs that have one."""
    ranges = [
        (name, *segment, "month", bound)
        for name, (_, _, bound, segments) in SERIES.items()
        if bound is not None
        for segment in segments
    ] + [(name, "total", "total", "quarter", 10) for name in ("quarterly", "fine")]
    columns = ("kpi_id", "dimension", "dimension_value", "period_grain", "upper_bound")
    fixed = {"valid_from": "2020-01-01", "lower_bound": "", "provenance": "agreed"}
    return [dict(zip(columns, row, strict=True)) | fixed for row in ranges]


def okr_rows() -> dict[str, list[dict]]:
    """Return the rows of the OKR seeds."""
    key_results, targets, guardrails, tree = [], [], [], []

    def add(name: str, kpi_id: str, objective_id: str, columns: dict) -> None:
        numbers = {key: columns[key] for key in TARGET_COLUMNS & columns.keys()}
        own = {k: v for k, v in columns.items() if k not in TARGET_COLUMNS | {"objective_id"}}
        key_results.append(key_result(name, objective_id, kpi_id, **own))
        targets.append(target(name, "2025-01-01", **numbers))

    def add_guardrail(name: str, kpi_id: str, columns: dict) -> None:
        empty = {"dimension": "", "dimension_value": "", "lower_bound": "", "upper_bound": ""}
        guardrails.append({"key_result_id": name, "guardrail_kpi_id": kpi_id} | empty | columns)

    for pair in PAIRS:
        for number, columns in enumerate((pair.one, pair.other), start=1):
            kpi_id = pair.name if number == 1 else pair.other_kpi or pair.name
            is_milestone = columns["metric_type"] == "milestone"
            name = f"{pair.name}/{number}"
            add(name, "" if is_milestone else kpi_id, columns["objective_id"], columns)
        if pair.guardrail:
            add_guardrail(f"{pair.name}/{pair.owner}", pair.name, pair.guardrail)
        if pair.revision:
            targets.append(target(f"{pair.name}/2", **pair.revision))
        for parent, child, sign in pair.tree:
            names = {"parent_kpi_id": parent or pair.name, "child_kpi_id": child or pair.name}
            tree.append(names | {"relation": "influence", "sign": sign})
    for name, (_, cycle_id, _) in GUARDRAILS.items():
        segment = {"dimension": "country", "dimension_value": name}
        reached = wish("increase", baseline_value=0, target_value=10) | segment
        add(name, "score", f"G-{name}" if cycle_id == "Q2" else cycle_id, reached)
        bound = "lower_bound" if name in ("on_lower_bound", "below") else "upper_bound"
        add_guardrail(name, "guard", segment | {bound: 10})
    # of two guardrails the one that speaks is heard
    add_guardrail("no_value", "score", {"lower_bound": 1})
    add_guardrail("on_bound", "score", {"lower_bound": 1})
    add_guardrail("breached", "score", {"lower_bound": 1})
    for name, (kpi_id, objective_id, columns) in FOCUS_KEY_RESULTS.items():
        add(name, kpi_id, objective_id, columns)
    return {
        "okr_cycles": [cycle(name, *days) for name, days in CYCLES.items()],
        "okr_objectives": [objective(name, name) for name in CYCLES]
        + [objective(f"G-{name}", "Q2") for name, row in GUARDRAILS.items() if row[1] == "Q2"]
        + [
            objective("origin", "Q2", origin_kpi_id="by_origin"),
            objective("old_origin", "Q1", origin_kpi_id="open"),
            objective("late_origin", "Q4", origin_kpi_id="open"),
        ],
        "okr_key_results": key_results,
        "okr_key_result_targets": targets,
        "okr_guardrails": guardrails,
        "kpi_tree": tree,
        "okr_check_ins": [check_in("guard_below/1", "2025-05-01")],
        "okr_phased_targets": [
            {"key_result_id": "opposite/1", "period_end": "2025-06-30", "expected_value": 100}
        ],
    }


def revenue() -> dict[str, list[dict]]:
    """Return the orders of April: 100 of near_rich, 50 of near_poor, 1 of FR; and 30 in March."""
    orders = [
        # the calendar begins with it
        ("first", "2024-03-05", 1),
        ("near_rich", "2025-04-05", 100),
        ("near_poor", "2025-04-05", 50),
        ("FR", "2025-04-05", 1),
        ("elsewhere", "2025-03-05", 30),
    ]
    return {
        "orders": [
            {"order_id": name, "customer_id": name, "ordered_at": day, "amount": amount}
            for name, day, amount in orders
        ],
        "customers": [
            {"customer_id": name, "created_at": "2025-01-01", "country": name}
            for name, _, _ in orders
        ],
    }


def models() -> dict[str, str]:
    """Return the SQL of the company's models."""
    values = ",\n".join(
        f"max(case when kpi_id = '{name}' then value end) as {name}" for name in kpis()
    )
    return {
        "my_kpis": f"""
            select
                period_grain, cast(period_start as date) as period_start, dimension,
                dimension_value, {values}
            from {{{{ ref('mart_rows') }}}} group by 1, 2, 3, 4
        """,
        "my_customers": """
            select *, null as segment, null as acquisition_channel from {{ ref('customers') }}
        """,
        "my_orders": """
            select *, 'completed' as status, 'USD' as currency_code from {{ ref('orders') }}
        """,
        "my_lines": """
            select
                order_id as order_line_id, order_id, null as product_category, 1 as quantity,
                amount as unit_price, null as discount_amount, null as unit_cost
            from {{ ref('orders') }}
        """,
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the built company."""
    inputs = {
        "customers": "my_customers",
        "orders": "my_orders",
        "order_lines": "my_lines",
        "kpi_targets": "healthy_ranges",
        "okr_guardrails": "okr_guardrails",
        "kpi_tree": "kpi_tree",
    }
    variables = {
        "okr_metrics_as_of_date": AS_OF,
        "okr_metrics_period_grains": ["quarter", "month"],
        "okr_metrics_health_baseline_periods": 6,
        "okr_metrics_custom_kpis": ["my_kpis"],
        "okr_metrics_inputs": inputs | OKR_INPUTS,
    }
    seeds = {"mart_rows": mart_rows(), "healthy_ranges": healthy_ranges()}
    project = Project(
        tmp_path_factory.mktemp("focus") / "project",
        models(),
        variables,
        seeds | revenue() | okr_rows(),
    )
    keys = ("period_grain", "period_start", "dimension", "dimension_value")
    columns = [{"name": name} for name in keys] + [
        {"name": name, "description": f"The {name}.", "config": {"meta": {"kpi": meta}}}
        for name, meta in kpis().items()
    ]
    yaml_file = project.folder / "models" / "my_kpis.yml"
    yaml_file.write_text(yaml.safe_dump({"models": [{"name": "my_kpis", "columns": columns}]}))
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    return project


@pytest.mark.parametrize("name", GUARDRAILS)
def test_guardrails(project: Project, name: str) -> None:
    rows = project.query(
        "select is_breached, value, value_date::varchar, periods_breached,"
        f" first_breached_date::varchar from okr__guardrails where key_result_id = '{name}'"
        " and guardrail_kpi_id = 'guard'"
    )
    assert rows == [GUARDRAILS[name][2]]


def test_a_guardrail_says_why(project: Project) -> None:
    reasons = dict(
        project.query(
            "select key_result_id, reason from okr__guardrails where guardrail_kpi_id = 'guard'"
        )
    )
    assert reasons["breached"] == (
        "12 on 2025-04-30 is above its upper bound 10;"
        " outside in 1 of 1 periods measured, first on 2025-04-30."
    )
    assert reasons["below"].startswith("8 on 2025-04-30 is below its lower bound 10;")
    assert reasons["back_inside"] == (
        "8 on 2025-04-30 is inside its bounds (any to 10);"
        " outside in 2 of 4 periods measured, first on 2025-02-28."
    )
    assert reasons["no_value"] == "No value yet in a complete month since 2025-04-01."


def test_a_breach_stands_beside_the_score(project: Project) -> None:
    """It changes neither score nor status, and an objective that reads achieved says so."""
    found = {
        name: row
        for name, *row in project.query(
            "select key_result_id, guardrail_breached, cast(score as double), status"
            " from okr__key_result_attainment"
        )
    }
    assert found["breached"] == [True, 1, "on_track"]
    assert found["on_bound"] == [False, 1, "on_track"]
    assert found["no_value"] == [None, 1, "on_track"]
    assert found["opposite/1"][0] is None
    assert project.query(
        "select objective_id, worst_status, guardrails_breached, status_reason"
        " from okr__objective_attainment where objective_id in ('G-breached', 'G-on_bound')"
        " order by 1"
    ) == [
        (
            "G-breached",
            "on_track",
            1,
            "The worst of its key results is on track; a guardrail is breached: Guard of breached.",
        ),
        ("G-on_bound", "on_track", 0, "The worst of its key results is on track."),
    ]


def conflicts_of(project: Project) -> dict[str, list[str]]:
    """Return {pair: rules} of the pairs; a conflict of two pairs has both names."""
    found: dict[str, list[str]] = {}
    for rule, one, other in project.query(
        "select rule_id, key_result_id, other_key_result_id from okr__conflicts"
    ):
        names = [one.split("/")[0], other.split("/")[0]]
        if any("/" in name for name in (one, other)):
            found.setdefault(" and ".join(sorted(set(names))), []).append(rule)
    return found


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_conflicts(project: Project, pair: Pair) -> None:
    assert conflicts_of(project).get(pair.name, []) == ([pair.rule] if pair.rule else [])


def test_no_other_pair_is_in_conflict(project: Project) -> None:
    assert conflicts_of(project).keys() == {pair.name for pair in PAIRS if pair.rule}


def test_a_conflict_says_what_contradicts_what(project: Project) -> None:
    messages = dict(project.query("select key_result_id, message from okr__conflicts"))
    assert messages["opposite/1"] == (
        "opposite/1 wants opposite up to 100 by 2025-06-30;"
        " opposite/2 wants opposite down to 50 by 2025-06-30."
    )
    assert messages["guard_sum/1"] == (
        "guard_sum/2 wants guard_sum to add up to 390 (130 a month) by 2025-06-30;"
        " as a guardrail of guard_sum/1, guard_sum must stay at 120 or less."
    )
    assert messages["tree_two_steps/1"].endswith(
        "but tree_two_steps rises with t_two (tree_two_steps < t_two_a < t_two)."
    )
    assert project.query(
        "select kpi_id, other_kpi_id, dimension_value, other_dimension_value,"
        " overlap_start::varchar, overlap_end::varchar, is_open from okr__conflicts"
        " where key_result_id in ('opposite_one_day/1', 'guard_owner_second/1') order by 1"
    ) == [
        ("guard_owner_second", None, "total", "total", "2025-04-01", "2025-06-30", True),
        (
            *("opposite_one_day", "opposite_one_day", "total", "total"),
            *("2025-04-30", "2025-04-30", False),
        ),
    ]


def test_focus_candidates_are_ranked_and_covered(project: Project) -> None:
    rows = project.query(
        "select kpi_id, dimension_value, period_grain, periods_in_trouble, edge, distance,"
        " money_at_stake, money_lost, others_in_trouble, covered_by_key_result_id"
        " from okr__focus_candidates where finding = 'kpi_in_trouble' order by rank"
    )
    assert [row[:2] for row in rows] == [row[:2] for row in FOCUS]
    for row, expected in zip(rows, FOCUS, strict=True):
        assert (*row[:4], *row[8:]) == (*expected[:4], *expected[8:])
        for found, number in zip(row[4:8], expected[4:8], strict=True):
            assert float(found) == pytest.approx(number), expected


def test_what_is_left_out_is_in_health(project: Project) -> None:
    unhealthy = project.query(
        "select kpi_id, dimension_value from kpi__health where health = 'unhealthy'"
        " and period_grain = 'month' and period_start = date '2025-04-01'"
    )
    assert set(unhealthy) >= LEFT_OUT
    # 13 is within 3 sigmas of 11 however long it lasts; who isn't judged has no health
    healths = project.query(
        "select kpi_id, health from kpi__health where kpi_id in ('near', 'not_judged')"
        " and period_start = date '2025-04-01' and value is not null"
    )
    assert set(healths) == {("near", "healthy"), ("not_judged", "unknown")}


def test_a_focus_candidate_says_what_to_do(project: Project) -> None:
    messages = {
        (kpi, segment): message
        for kpi, segment, message in project.query(
            "select kpi_id, dimension_value, message from okr__focus_candidates"
        )
    }
    assert messages["open", "FR"] == (
        "Open (country FR) has been in trouble since March 2025: 14.50, beyond 10, the end of its"
        " healthy range. No objective looks at it: make it one, or set the range that is well"
        " enough in kpi_targets."
    )
    assert messages["bookings", "total"] == (
        "Bookings has been in trouble since March 2025: 2 where 11 was expected, about 124 USD a"
        " month at stake. So are 3 more KPIs and segments of the same kind. No objective looks at"
        " it: make it one, or set the range that is well enough in kpi_targets."
    )
    assert "about 20 USD a month at stake" in messages["trouble", "near_rich"]
    assert "F-exact (on track) looks at it" in messages["exact", "FR"]
    assert "F-by_origin (without data) looks elsewhere" in messages["by_origin", "FR"]


def test_key_results_on_kpis_that_are_well(project: Project) -> None:
    assert project.query(
        "select covered_by_key_result_id, rank, kpi_id, value from okr__focus_candidates"
        " where finding = 'key_result_on_healthy_kpi'"
    ) == [("F-fine", None, "fine", 9)]


def test_the_demo_shows_each_of_them(demo: Path) -> None:
    """One guardrail holds and one doesn't; the list of candidates is short enough to act on."""
    with duckdb.connect(demo, read_only=True) as warehouse:
        guardrails = warehouse.sql("select key_result_id, is_breached from okr__guardrails")
        assert set(guardrails.fetchall()) == {("KR-4", False), ("KR-10", True)}
        conflicts = warehouse.sql(
            "select key_result_id, other_key_result_id, is_open from okr__conflicts"
        )
        assert set(conflicts.fetchall()) == {
            ("KR-4", "KR-7", True),
            ("KR-4", "KR-8", True),
            ("KR-12", "KR-13", False),
        }
        rows = warehouse.sql(
            "select domain, covered_by_key_result_id from okr__focus_candidates"
            " inner join kpi__catalog using (kpi_id) where finding = 'kpi_in_trouble'"
        ).fetchall()
        assert len(rows) <= 10
        assert "growth" not in {domain for domain, _ in rows}
        assert {"KR-3", "KR-4", "KR-9", None} <= {cover for _, cover in rows}
