"""What the package must withstand: right numbers, or one clear message and unchanged marts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Project
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target

OPERATIONAL = [
    "customers",
    "orders",
    "order_lines",
    "refunds",
    "subscriptions",
    "marketing_spend",
    "operating_expenses",
    "exchange_rates",
    "marketing_touches",
    "product_events",
    "survey_responses",
    "support_tickets",
    "kpi_targets",
]
# a space that doesn't break is no space to PostgreSQL and Spark either
AWKWARD = ["O'Hara, Inc.", 'the "best" café', "two  spaces\u00a0", "☕ 100% & more;", "back\\slash"]


def order(number: object, customer_id: str, ordered_at: str, currency_code: str = "USD") -> dict:
    """Return a row of orders."""
    return {
        "order_id": f"o{number}",
        "customer_id": customer_id,
        "ordered_at": ordered_at,
        "status": "completed",
        "currency_code": currency_code,
    }


def line(number: object, unit_price: object = 100) -> dict:
    """Return the one line of an order."""
    return {
        "order_line_id": f"l{number}",
        "order_id": f"o{number}",
        "product_category": "beans",
        "quantity": 1,
        "unit_price": unit_price,
        "discount_amount": "",
        "unit_cost": 40,
    }


def refund(number: object, amount: object, refunded_at: str) -> dict:
    """Return a refund of an order."""
    return {
        "refund_id": f"r{number}",
        "order_id": f"o{number}",
        "subscription_id": "",
        "refunded_at": refunded_at,
        "amount": amount,
        "currency_code": "",
    }


REFUND_OF_A_SUBSCRIPTION = refund(0, 3, "2026-02-20") | {
    "refund_id": "r of s0",
    "order_id": "",
    "subscription_id": "s0",
}


def subscription(number: object, customer_id: str, started_at: str, ended_at: str = "") -> dict:
    """Return a monthly subscription of 10."""
    return {
        "subscription_id": f"s{number}",
        "customer_id": customer_id,
        "plan": "basic",
        "status": "active",
        "started_at": started_at,
        "ended_at": ended_at,
        "amount": 10,
        "billing_interval": "month",
        "quantity": "",
        "currency_code": "USD",
        "churn_reason": "",
    }


def customer(customer_id: str) -> dict:
    """Return a row of customers."""
    row = {"customer_id": customer_id, "created_at": "2026-01-01", "country": "FR"}
    return row | {"segment": "", "acquisition_channel": "search"}


def spend(amount: object) -> dict:
    """Return a day's spend on search."""
    return {
        "spend_date": "2026-01-05",
        "channel": "search",
        "campaign": "",
        "amount": amount,
        "currency_code": "USD",
        "impressions": "",
        "clicks": "",
    }


def expense(amount: object) -> dict:
    """Return a ledger line."""
    return {
        "expense_id": "e1",
        "expense_date": "2026-01-31",
        "category": "payroll",
        "department": "",
        "amount": amount,
        "currency_code": "USD",
    }


def guardrail(key_result_id: str, guardrail_kpi_id: str, **other: object) -> dict:
    """Return a row of okr_guardrails."""
    row = {"key_result_id": key_result_id, "guardrail_kpi_id": guardrail_kpi_id}
    return (
        row | {"dimension": "", "dimension_value": "", "lower_bound": "", "upper_bound": ""} | other
    )


def branch(parent_kpi_id: str, child_kpi_id: str, **other: object) -> dict:
    """Return a row of kpi_tree."""
    row = {"parent_kpi_id": parent_kpi_id, "child_kpi_id": child_kpi_id}
    return row | {"relation": "sum", "sign": 1} | other


def company() -> dict[str, list[dict]]:
    """Return a healthy small company's seeds: January and February 2026, ids of every kind."""
    names = [f"c{number}" for number in range(30)] + AWKWARD
    return {
        "customers": [customer(name) for name in names],
        "orders": [order(i, name, "2026-01-10") for i, name in enumerate(names)]
        + [order(f"{i}b", f" {name} ", "2026-02-10") for i, name in enumerate(names)],
        "order_lines": [line(i) for i, _ in enumerate(names)]
        + [line(f"{i}b") for i, _ in enumerate(names)],
        "refunds": [refund(0, 100, "2026-02-20")],
        "subscriptions": [subscription(i, name, "2026-01-15") for i, name in enumerate(names)],
        "marketing_spend": [spend(350)],
        "operating_expenses": [expense(100)],
        "exchange_rates": [{"rate_date": "2026-01-01", "currency_code": "EUR", "rate": 2}],
        "marketing_touches": [
            {"touch_id": "t1", "customer_id": "c1", "touched_at": "2026-01-02"}
            | {"channel": "search", "campaign": ""}
        ],
        "product_events": [
            {"event_id": f"v{number}", "customer_id": name, "user_id": "u"}
            | {"occurred_at": "2026-01-12 10:00:00", "event_name": "login"}
            for number, name in enumerate(["c1", "c2", ""])
        ],
        "survey_responses": [
            {"response_id": "a1", "customer_id": "c1", "survey_type": "nps", "score": 0}
            | {"responded_at": "2026-01-20"}
        ],
        "support_tickets": [
            {"ticket_id": "k1", "customer_id": "", "opened_at": "2026-01-20 10:00:00"}
            | {"first_responded_at": "", "solved_at": "2026-01-20 13:00:00"}
        ],
        "kpi_targets": [
            {"kpi_id": "net_revenue", "dimension": "", "dimension_value": ""}
            | {"period_grain": "month", "valid_from": "2026-01-01", "lower_bound": 1}
            | {"upper_bound": "", "provenance": "agreed"}
        ],
        "okr_cycles": [cycle("Q1", "2026-01-01", "2026-03-31")],
        "okr_objectives": [objective("O", "Q1")],
        "okr_key_results": [
            key_result("KR-7", "O", "net_revenue", dimension="country", dimension_value="FR")
        ],
        "okr_key_result_targets": [
            target("KR-7", "2026-01-01", baseline_value=0, target_value=7000)
        ],
        "okr_phased_targets": [
            {"key_result_id": "KR-7", "period_end": "2026-02-28", "expected_value": 3000}
        ],
        "okr_check_ins": [check_in("KR-7", "2026-02-01")],
        "okr_guardrails": [guardrail("KR-7", "gross_margin", lower_bound=0.1)],
        "kpi_tree": [branch("gross_profit", "net_revenue")],
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the built healthy company; a test changes seeds and builds again."""
    optional = {name: name for name in ("okr_guardrails", "kpi_tree")}
    inputs = {name: name for name in OPERATIONAL} | OKR_INPUTS | optional
    project = Project(
        tmp_path_factory.mktemp("robustness") / "project",
        {},
        {
            "okr_metrics_as_of_date": "2026-02-28",
            "okr_metrics_inputs": inputs,
            "okr_metrics_period_grains": ["month"],
        },
        company(),
    )
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    return project


def rebuild(project: Project, changes: dict[str, list[dict]], *arguments: str) -> tuple[int, str]:
    """Build the healthy company with some seeds changed; return exit code and output."""
    for name, rows in (company() | changes).items():
        project.write_seed(name, rows)
    # a seed's columns may have become others
    built = project.dbt("build", "--full-refresh", *arguments)
    return built.returncode, built.stdout


def marts(project: Project) -> dict[str, list[tuple]]:
    """Return the rows of every public mart but the three that report on the inputs."""
    names = project.query(
        "select table_name from information_schema.tables where table_name like '%pi\\_\\_%'"
        " escape '\\' or table_name like 'okr\\_\\_%' escape '\\'"
    )
    reports = {"kpi__rejected_rows", "kpi__reconciliation", "kpi__input_findings"}
    public = {name for (name,) in names if name.startswith(("kpi__", "okr__"))} - reports
    assert len(public) > 10
    return {name: sorted(project.query(f"select * from {name}"), key=str) for name in public}


def value(project: Project, kpi_id: str, month: str = "2026-01-01") -> tuple:
    """Return value and null_reason of a KPI at total."""
    (row,) = project.query(
        f"select value, null_reason from kpi__values where kpi_id = '{kpi_id}'"
        f" and period_start = '{month}' and dimension = 'total'"
    )
    return row


TWO_TARGETS = [
    target("KR-7", "2026-01-01", target_value=5, baseline_value=0),
    target("KR-7", "2026-01-01", target_value=6, baseline_value=0),
]
MANY_BAD_LINES = company()["order_lines"] + [
    line(0) | {"order_line_id": f"bad{number}", "unit_price": "n/a"} for number in range(10_000)
]
REFUSED = {
    "unknown KPI": (
        {"okr_key_results": [key_result("KR-7", "O", "custmer_churn_rate")]},
        "key result KR-7: kpi_id 'custmer_churn_rate' is not in the catalogue; did you mean"
        " 'customer_churn_rate'?",
    ),
    "two targets on one day": (
        {"okr_key_result_targets": TWO_TARGETS},
        "key result KR-7: 2 targets start on 2026-01-01",
    ),
    "cycle ends before it starts": (
        {"okr_cycles": [cycle("Q1", "2026-03-31", "2026-01-01")]},
        "cycle Q1: end_date 2026-01-01 is before start_date 2026-03-31",
    ),
    "missing columns": (
        {
            "customers": [{"customer_id": "c0", "created_at": "2026-01-01"}],
            "orders": [{"order_id": "o0", "customer_id": "c0", "ordered_at": "2026-01-01"}],
        },
        "input orders, mapped to 'orders', lacks:",
        "currency_code  -- required",
    ),
    "10,000 rejected rows": (
        {"order_lines": MANY_BAD_LINES},
        "Input order_lines: 10000 of 10070 rows rejected (99.3%)",
        "unit_price is not a number, rows: 10000",
    ),
    "baseline is the target": (
        {
            "okr_key_result_targets": [
                target("KR-7", "2026-01-01", baseline_value=5, target_value=5)
            ]
        },
        "key result KR-7: its target is its baseline",
    ),
    "parents in a circle": (
        {
            "okr_objectives": [
                objective("O", "Q1", parent_objective_id="P"),
                objective("P", "Q1", parent_objective_id="O"),
            ]
        },
        "objective O: its parents go round in a circle",
    ),
    "mistakes in guardrails and the tree of KPIs": (
        {
            "okr_guardrails": [
                guardrail("KR-8", "gros_margin", lower_bound=0.1),
                guardrail("KR-7", "gross_margin"),
                guardrail("KR-7", "orders", lower_bound=2, upper_bound=1),
                guardrail("KR-7", "nps", lower_bound="high", dimension="planet"),
                guardrail("KR-7", "csat", lower_bound=0.1),
                guardrail("KR-7", "csat", upper_bound=0.9),
            ],
            "kpi_tree": [
                branch("gross_profit", "net_revenu", relation="child", sign=""),
                branch("orders", "", sign=2),
                branch("cac", "arpa"),
                branch("arpa", "nps"),
                branch("nps", "cac"),
                branch("ltv", "cac"),
            ],
        },
        "guardrail gros_margin of key result KR-8: key_result_id 'KR-8' is not in okr_key_results;"
        " did you mean 'KR-7'?",
        "guardrail_kpi_id 'gros_margin' is not in kpi__catalog; did you mean 'gross_margin'?",
        "guardrail gross_margin of key result KR-7: it has no bound",
        "guardrail orders of key result KR-7: lower_bound is above upper_bound",
        "guardrail nps (planet total) of key result KR-7: a bound is not a number below 1e15",
        "guardrail nps (planet total) of key result KR-7: dimension 'planet' isn't valid",
        "guardrail csat of key result KR-7: okr_guardrails has 2 rows of it",
        "kpi_tree, gross_profit from net_revenu: child_kpi_id 'net_revenu' is not in kpi__catalog;"
        " did you mean 'net_revenue'?",
        "kpi_tree, gross_profit from net_revenu: relation 'child' isn't valid. Write one of: sum,",
        "kpi_tree, gross_profit from net_revenu: its sign is neither 1 nor -1",
        "kpi_tree, orders from (empty): its sign is neither 1 nor -1",
        "kpi_tree, orders from (empty): child_kpi_id '' is not in kpi__catalog",
        "kpi_tree, cac: it goes round in a circle",
    ),
    "other mistakes, all at once": (
        {
            "okr_objectives": [
                objective("O", "Q1", parent_key_result_id="KR-7", parent_objective_id="P"),
                objective("P", "Q9", level="galaxy"),
            ],
            "okr_key_results": [
                key_result("KR-7", "O", "gross_margin", metric_type="cumulative", weight=0),
                key_result("KR-8", "O", "ltv", metric_type="average", weight=0),
                key_result("KR-9", "O", "orders", due_date="2026-04-15", metric_type="range"),
                key_result("KR-9", "O", "orders", metric_type="decrease", weight="heavy"),
            ],
            "okr_key_result_targets": [
                target("KR-7", "2026-01-01", target_value=0.5),
                target("KR-8", "", target_value="lots"),
                target("KR-9", "2026-01-01", lower_bound=3, upper_bound=2, target_value=1),
                target("KR-10", "2026-01-01", target_value=1),
            ],
            "okr_check_ins": [check_in("KR-7", "soon", confidence=7)],
        },
        "objective O: it has a parent_objective_id and a parent_key_result_id",
        "cycle_id 'Q9' is not in okr_cycles",
        "objective_id P: level 'galaxy' isn't valid. Write one of: company,",
        "'gross_margin' is a ratio",
        "key result KR-8: metric_type average needs",
        "key result KR-9: its dates, 2026-01-01 to 2026-04-15, are outside",
        "key_result_id KR-9: okr_key_results has 2 rows of it",
        "key_result_id 'KR-10' is not in okr_key_results",
        "key result KR-8: a target's valid_from is missing",
        "key result KR-8: a value of its target is not a number below 1e15",
        "key result KR-9: lower_bound is above upper_bound",
        "key result KR-7: its check-in of soon has a check_in_date that is not a date",
        "key result KR-9: its weight is not a number from 0 to 1000000000",
        "Keep one of them. [two_parents]",
        '"main_okr_metrics_internal"."int_okr__findings" holds every finding on the OKRs.',
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_be_wrong_stops_before_any_mart_changes(project: Project, case: str) -> None:
    changes, *messages = REFUSED[case]
    before = marts(project)
    code, output = rebuild(project, changes)
    assert code == 1
    for message in messages:
        assert message in output, output[-4000:]
    assert marts(project) == before
    assert value(project, "new_customers") == (35, None)


def test_rows_that_cant_be_used_are_set_aside_with_their_reason(project: Project) -> None:
    changes = {
        "orders": company()["orders"] + [order("x", "c1", "2026-01-10", "XXX")],
        "subscriptions": company()["subscriptions"]
        + [subscription("x", "c1", "2026-02-10", "2026-02-01")],
    }
    code, output = rebuild(project, changes)
    assert code == 0, output[-3000:]
    assert project.query(
        "select input, row_key, reject_reason from kpi__rejected_rows order by input"
    ) == [
        ("orders", "ox", 'unknown currency_code: exchange_rates has no row of it: "XXX"'),
        ("subscriptions", "sx", 'it ends before it starts: "2026-02-01"'),
    ]


def test_awkward_ids_count_like_any_other(project: Project) -> None:
    code, output = rebuild(project, {})
    assert code == 0, output[-3000:]
    assert value(project, "new_customers") == (35, None)
    assert project.query("select count(*) from kpi__rejected_rows") == [(0,)]
    ids = project.query("select distinct customer_id from fct_kpi__order_lines")
    assert {name for (name,) in ids} >= set(AWKWARD)


def test_ten_thousand_rejected_rows_are_all_kept_when_allowed(project: Project) -> None:
    arguments = ["--vars", "{okr_metrics_max_reject_share: 1}"]
    code, output = rebuild(project, {"order_lines": MANY_BAD_LINES}, *arguments)
    assert code == 0, output[-3000:]
    assert project.query("select count(*), min(raw_row) from kpi__rejected_rows")[0][0] == 10_000
    assert value(project, "order_revenue") == (3500, None)


def test_empty_inputs_give_empty_marts(project: Project) -> None:
    empty = set(OPERATIONAL) - {"customers", "exchange_rates"}
    for name, rows in company().items():
        project.write_seed(name, rows)
    for name in empty:
        path = project.folder / "seeds" / f"{name}.csv"
        path.write_text(path.read_text().splitlines()[0] + "\n")
    built = project.dbt("build", "--full-refresh")
    assert built.returncode == 0, built.stdout[-3000:]
    assert project.query("select count(*) from kpi__values") == [(0,)]
    assert project.query("select status, score from okr__key_result_attainment") == [
        ("no_data", None)
    ]


def test_one_customer_and_one_day(project: Project) -> None:
    changes = {
        "customers": [customer("only")],
        "orders": [order(1, "only", "2026-02-28")],
        "order_lines": [line(1)],
        "refunds": [refund(1, 0, "2026-02-28")],
        "subscriptions": [subscription(1, "only", "2026-02-28")],
        "marketing_spend": [spend(0) | {"spend_date": "2026-02-28"}],
        "operating_expenses": [expense(0) | {"expense_date": "2026-02-28"}],
    }
    days = {"touched_at", "occurred_at", "responded_at", "opened_at", "solved_at"}
    for name in ("marketing_touches", "product_events", "survey_responses", "support_tickets"):
        row = company()[name][0] | {"customer_id": "only"}
        changes[name] = [{key: "2026-02-28" if key in days else row[key] for key in row}]
    code, output = rebuild(project, changes)
    assert code == 0, output[-3000:]
    february = "2026-02-01"
    assert value(project, "new_customers", february) == (1, None)
    assert value(project, "closing_mrr", february) == (10, None)
    # nobody was there to churn
    assert value(project, "customer_churn_rate", february) == (None, "zero_denominator")
    # 100 of the order and one of February's 28 days of 10
    assert float(value(project, "net_revenue", february)[0]) == pytest.approx(100 + 10 / 28)
    assert project.query("select distinct period_start::varchar from kpi__values") == [(february,)]


# its first row is of February, and there were none before it
NO_SUBSCRIPTIONS_BEFORE = "{okr_metrics_data_starts: {subscriptions: 2026-01-01}}"


def test_an_order_without_lines_is_none(project: Project) -> None:
    """c2 becomes a customer with the order that has a line; the other order is warned of."""
    changes = {
        "orders": [
            order(1, "c1", "2026-01-05"),
            order(2, "c2", "2026-01-06"),
            order(3, "c2", "2026-02-06"),
        ],
        "order_lines": [line(1), line(3)],
        "refunds": [refund(3, 1, "2026-02-20")],
        "subscriptions": [subscription(1, "c1", "2026-02-01")],
    }
    code, output = rebuild(project, changes, "--vars", NO_SUBSCRIPTIONS_BEFORE)
    assert code == 0, output[-3000:]
    assert "WARN 1 assert_orders_have_lines" in output
    for month in ("2026-01-01", "2026-02-01"):
        assert value(project, "orders", month) == (1, None)
        assert value(project, "new_customers", month) == (1, None)
    # c2's order of January made them no customer who comes back
    assert value(project, "repeat_purchase_rate", "2026-02-01") == (0, None)


def test_all_orders_refunded(project: Project) -> None:
    names = [row["customer_id"] for row in company()["customers"]]
    changes = {
        "orders": [order(i, name, "2026-01-10") for i, name in enumerate(names)],
        "order_lines": [line(i) for i, _ in enumerate(names)],
        "refunds": [refund(i, 100, "2026-01-20") for i, _ in enumerate(names)],
        "subscriptions": [subscription(1, "c1", "2026-02-01")],
    }
    code, output = rebuild(project, changes, "--vars", NO_SUBSCRIPTIONS_BEFORE)
    assert code == 0, output[-3000:]
    assert value(project, "net_revenue") == (0, None)
    assert value(project, "refund_rate") == (1, None)
    assert value(project, "gross_margin") == (None, "zero_denominator")
    # a refund doesn't give the cost back
    assert value(project, "gross_profit") == (-40 * len(names), None)


WRONG_RANGES = {
    'its kpi_id is not in kpi__catalog: "net_revenu"': {"kpi_id": "net_revenu"},
    "no kpi_id": {"kpi_id": ""},
    'period_grain must be day, week, month, quarter or year: "fortnight"': {
        "period_grain": "fortnight"
    },
    'valid_from is not a date: "soon"': {"valid_from": "soon"},
    'lower_bound is not a number: "high"': {"lower_bound": "high"},
    "no bound: give lower_bound, upper_bound or both": {"lower_bound": ""},
    'lower_bound is above upper_bound: "1"': {"upper_bound": 0},
    'provenance must be agreed, default, placeholder: "guess"': {"provenance": "guess"},
}


def test_a_wrong_healthy_range_is_set_aside(project: Project) -> None:
    (good,) = company()["kpi_targets"]
    wrong = [good | {"valid_from": "2026-02-01"} | change for change in WRONG_RANGES.values()]
    arguments = ["--vars", "{okr_metrics_max_reject_share: 1}"]
    code, output = rebuild(project, {"kpi_targets": [good, *wrong]}, *arguments)
    assert code == 0, output[-3000:]
    rejected = project.query("select input, reject_reason from kpi__rejected_rows")
    assert sorted(rejected) == sorted(("kpi_targets", reason) for reason in WRONG_RANGES)
    # the good one is in force; the data enter January in its midst
    assert project.query(
        "select lower_bound, health from kpi__health where kpi_id = 'net_revenue'"
        " and period_grain = 'month' and dimension = 'total' and period_start = date '2026-02-01'"
    ) == [(1, "healthy")]


def test_zero_marketing_spend(project: Project) -> None:
    code, output = rebuild(project, {"marketing_spend": [spend(0)]})
    assert code == 0, output[-3000:]
    assert value(project, "cac") == (0, None)
    assert value(project, "ltv_to_cac", "2026-02-01")[0] is None
    assert value(project, "cac", "2026-02-01") == (None, "zero_denominator")


def test_two_sources_of_one_input_are_read_as_one(project: Project) -> None:
    """A list may hold models, seeds and source.table; a key that both hold is rejected once."""
    other = [order("0", "c1", "2026-01-11"), order("other", "c1", "2026-02-11")]
    project.write_seed("other_orders", other)
    sources = "sources: [{name: raw, schema: main, tables: [{name: other_orders}]}]\n"
    (project.folder / "models" / "sources.yml").write_text(sources)
    lines = [*company()["order_lines"], line("other", 7)]
    inputs = {name: name for name in OPERATIONAL} | {"orders": ["orders", "raw.other_orders"]}
    seeded = project.dbt("seed", "--full-refresh")
    assert seeded.returncode == 0, seeded.stdout
    arguments = ["--vars", json.dumps({"okr_metrics_inputs": inputs})]
    code, output = rebuild(project, {"order_lines": lines}, *arguments)
    assert code == 0, output[-3000:]
    assert value(project, "orders", "2026-02-01") == (36, None)
    assert project.query("select source_name, row_key, reject_reason from kpi__rejected_rows") == [
        ("raw.other_orders", "o0", 'order_id comes from another source too: "o0"')
    ]


@pytest.mark.parametrize(
    "mapped",
    [
        [],
        ["customers"],
        ["marketing_spend", *OKR_INPUTS],
        ["order_lines", "refunds"],
        ["orders", "order_lines", "okr_cycles"],
        ["subscriptions", "orders", "refunds", *OKR_INPUTS],
        [*(set(OPERATIONAL) - {"customers"}), *OKR_INPUTS],
        ["product_events"],
        ["support_tickets", "customers"],
        ["survey_responses", "product_events", "subscriptions"],
        ["marketing_touches", "orders", "order_lines"],
    ],
)
def test_any_part_of_the_inputs_builds_what_it_can(project: Project, mapped: list[str]) -> None:
    """What needs an absent input is off; the rest works."""
    seeds = company()
    if not {"orders", "order_lines"} <= set(mapped):
        # of an order it would stop the build: the next test
        seeds["refunds"] = [REFUND_OF_A_SUBSCRIPTION]
    for name, rows in seeds.items():
        project.write_seed(name, rows)
    project.database.unlink()
    inputs = json.dumps({"okr_metrics_inputs": {name: name for name in sorted(mapped)}})
    # what is said of an input that nothing reads is no mistake of ours
    strict = "{error: all, warn: [JinjaLogWarning]}"
    built = project.dbt("--warn-error-options", strict, "build", "--vars", inputs)
    assert built.returncode == 0, built.stdout[-3000:]
    tables = {name for (name,) in project.query("select table_name from duckdb_tables()")}
    has_revenue = "subscriptions" in mapped or {"orders", "order_lines"} <= set(mapped)
    has_usage = "product_events" in mapped
    has_satisfaction = bool({"survey_responses", "support_tickets"} & set(mapped))
    has_marts = has_revenue or has_usage or has_satisfaction
    assert ("kpi__values" in tables) == ("kpi__health" in tables) == has_marts
    assert ("kpi__margin" in tables) == has_revenue
    assert ("kpi__usage" in tables) == has_usage
    assert ("kpi__satisfaction" in tables) == has_satisfaction
    assert ("kpi__subscriptions" in tables) == ("subscriptions" in mapped)
    assert ("okr__key_result_attainment" in tables) == (
        has_marts and OKR_INPUTS.keys() <= set(mapped)
    )


def test_refunds_of_orders_that_are_not_mapped_stop_before_any_mart(project: Project) -> None:
    """Money that was paid back is left out of no net revenue in silence."""
    of_order = refund(0, 100, "2026-02-20")
    for name, rows in (company() | {"refunds": [of_order, REFUND_OF_A_SUBSCRIPTION]}).items():
        project.write_seed(name, rows)
    inputs = {name: name for name in ("customers", "subscriptions", "refunds")}
    variables = json.dumps({"okr_metrics_inputs": inputs})
    built = project.dbt("build", "--full-refresh", "--vars", variables)
    output = " ".join(built.stdout.split())
    assert built.returncode == 1
    assert "it names an order, and orders with order_lines are not mapped, rows: 1" in output
    assert "No mart was changed." in output


def test_the_doctor_says_what_is_mapped_missing_and_off(project: Project) -> None:
    project.write_seed("customers", [{"customer_id": "c0", "created_at": "2026-01-01"}])
    assert project.dbt("seed", "--full-refresh").returncode == 0
    variables = "{okr_metrics_inputs: {customers: customers, orders: orders}}"
    report = project.dbt("--quiet", "run-operation", "okr_metrics_doctor", "--vars", variables)
    assert report.returncode == 0, report.stdout
    assert "orders: orders" in report.stdout
    absent = (
        "Optional columns that are absent: read as null\n"
        "  input customers, mapped to 'customers', has no:\n      country\n"
    )
    assert absent in report.stdout
    assert "subscriptions: kpi__subscriptions, subscription revenue, ltv" in report.stdout


def test_the_demo_generator_writes_the_same_bytes(tmp_path: Path) -> None:
    folder = Path(__file__).resolve().parents[2] / "seeds" / "demo"
    command = [sys.executable, folder / "generate_demo.py", "--folder", tmp_path]
    subprocess.run(command, check=True)
    written = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    assert written == {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    assert sum(map(len, written.values())) < 3_000_000
