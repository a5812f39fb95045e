"""Money that a stranger's raw data bring: what counts, what is a credit, a copy or unread."""

import json
from pathlib import Path

import pytest
from conftest import Project
from test_robustness import customer, line, order, subscription

SHOP = {
    # 383 of orders that count, 7,000 of those that don't, 10 of one whose status nobody knows
    "orders": [
        *(order(n, "c1", "2026-01-10") | {"status": "Paid"} for n in (1, 2)),
        order(3, "c2", "2026-01-11") | {"status": ""},
        order("returns", "c2", "2026-01-12") | {"status": "partially-refunded"},
        *(
            order(status, "c3", "2026-01-20") | {"status": status}
            for status in ("failed", "Draft", "VOIDED", "pending", "On Hold", "test", "Canceled")
        ),
        order("strange", "c3", "2026-01-20") | {"status": "limbo"},
        # one order of two customers on one day
        order(4, "c1", "2026-02-10"),
        order(4, "c2", "2026-02-10"),
        *(order(n, "c1", "2026-03-10") for n in range(100, 130)),
    ],
    "order_lines": [
        line(1, 200),
        line(2, 150),
        line(3, 50),
        # a return of two at 10 with its cost, and a credit of 5
        line("returns", 10) | {"quantity": -2},
        line("credit", -5) | {"order_id": "oreturns", "unit_cost": ""},
        *(
            line(status, 1000)
            for status in ("failed", "Draft", "VOIDED", "pending", "On Hold", "test", "Canceled")
        ),
        line("strange", 10),
        line(4, 70),
        *(line(n, 100) for n in range(100, 130)),
        # another thing under a key that is taken
        line(129, 40),
    ],
    # 30 of an order, 20 of a customer alone, 5 taken back
    "refunds": [
        {"refund_id": "r1", "order_id": "o1", "customer_id": "c2"}
        | {"refunded_at": "2026-02-01", "amount": 30, "currency_code": ""},
        {"refund_id": "r2", "order_id": "", "customer_id": "c2"}
        | {"refunded_at": "2026-02-01", "amount": 20, "currency_code": "USD"},
        {"refund_id": "r3", "order_id": "", "customer_id": "c2"}
        | {"refunded_at": "2026-02-02", "amount": -5, "currency_code": "USD"},
    ],
    # 100 and 250 of one day and channel; 250 comes twice; an ad credit
    "marketing_spend": [
        {"spend_date": day, "channel": "Search Ads", "amount": amount, "currency_code": "USD"}
        for day, amount in [
            *(("2026-01-05", amount) for amount in (100, 250, 250)),
            ("2026-01-31", -40),
        ]
    ],
    "operating_expenses": [
        {"expense_id": "x1", "expense_date": "2026-01-31", "category": "Online advertising"}
        | {"amount": 310, "currency_code": "USD"},
    ],
    "customers": [
        customer(name) | {"acquisition_channel": "search_ads"} for name in ("c1", "c2", "c3")
    ],
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the built shop."""
    project = Project(
        tmp_path_factory.mktemp("money") / "shop",
        {},
        {
            "okr_metrics_inputs": {name: name for name in SHOP},
            "okr_metrics_as_of_date": "2026-03-31",
            "okr_metrics_period_grains": ["month"],
        },
        SHOP,
    )
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    project.said = built.stdout
    return project


def findings(project: Project, rule_id: str) -> dict[str, tuple]:
    """Return {object: (rows, amount)} of a rule."""
    rows = project.query(
        "select object, number_of_rows, amount from kpi__input_findings"
        f" where rule_id = '{rule_id}' and severity = 'warning'"
    )
    return {name: (number, amount and float(amount)) for name, number, amount in rows}


def test_orders_that_failed_or_wait_are_no_revenue(shop: Project) -> None:
    """200 + 150 + 50 of three orders, less 2 x 10 returned and a credit of 5."""
    assert float(shop.by_month("kpi__margin", "order_revenue")["2026-01"]) == 375
    assert shop.by_month("kpi__margin", "orders")["2026-01"] == 4
    assert shop.query(
        "select row_key, reject_reason from kpi__rejected_rows where input = 'orders'"
    ) == [
        ("ostrange", 'status is on no list (okr_metrics_order_statuses adds words): "limbo"'),
    ]


def test_a_return_gives_its_cost_back(shop: Project) -> None:
    """3 lines at 40, less 2 at 40."""
    assert float(shop.by_month("kpi__margin", "cost_of_revenue")["2026-01"]) == 40


def test_refunds_of_orders_and_customers_lower_net_revenue(shop: Project) -> None:
    margin = shop.query(
        "select dimension_value, refunds, net_revenue, refund_rate from kpi__margin"
        " where period_start = date '2026-02-01' and dimension = 'total'"
    )
    # 30 + 20 - 5 of the order of 70
    assert [tuple(map(float, row[1:])) for row in margin] == [(45, 25, pytest.approx(45 / 70))]
    # the order decides whose it is: of c1, who comes from France as all do
    owners = shop.query("select refund_id, customer_id from fct_kpi__refunds order by 1")
    assert owners == [("r1", "c1"), ("r2", "c2"), ("r3", "c2")]


def test_spend_of_one_day_and_channel_is_added_up(shop: Project) -> None:
    """100 + 250, the copy of 250 left out, less the credit of 40."""
    assert float(shop.by_month("kpi__margin", "marketing_spend")["2026-01"]) == 310


def test_rows_of_one_key_that_differ_are_told_with_their_money(shop: Project) -> None:
    assert findings(shop, "copies_that_differ") == {
        "input orders": (1, 70),
        "input order_lines": (1, 40),
    }
    assert float(shop.by_month("kpi__margin", "order_revenue")["2026-03"]) == 3000
    assert "[copies_that_differ]" in shop.said


def test_channels_written_otherwise_and_ads_counted_twice_are_asked_about(shop: Project) -> None:
    assert findings(shop, "channel_without_match") == {
        "channel 'Search Ads' of marketing_spend": (None, 310)
    }
    assert findings(shop, "ads_counted_twice") == {"advertising in the ledger": (1, 310)}
    assert "is 'search_ads' the same?" in shop.said


def test_money_is_reconciled(shop: Project) -> None:
    rows = shop.query(
        "select input, input_status, accepted_amount, rejected_amount, rejected_without_amount"
        " from kpi__reconciliation"
    )
    money = {row[0]: (row[1], *(part and float(part) for part in row[2:])) for row in rows}
    # 400 + 20 + 5 + 7 x 1000 + 70 + 30 x 100; the line of the strange order is 10
    assert money["order_lines"] == ("read", 10495, 10, 0)
    assert money["refunds"] == ("read", 55, 0, 0)
    assert money["marketing_spend"] == ("read", 390, 0, 0)
    assert money["customers"] == ("read", None, None, None)


def test_the_answer_to_a_question_ends_it(shop: Project) -> None:
    variables = json.dumps({"okr_metrics_policies": {"ad_spend_in_ledger": False}})
    built = shop.dbt("build", "--select", "kpi__input_findings", "--vars", variables)
    assert built.returncode == 0, built.stdout[-3000:]
    assert findings(shop, "ads_counted_twice") == {}


CLUB = {
    "subscriptions": [
        subscription(1, "c1", "2026-01-01") | {"amount": 310},
        subscription(2, "c2", "2026-01-01") | {"amount": 31, "plan": "pro"},
    ],
    # all of January's 310, 7 that name a customer, and one of nothing
    "refunds": [
        {"refund_id": "r1", "order_id": "", "subscription_id": "s1", "customer_id": ""}
        | {"refunded_at": "2026-01-20", "amount": 310, "currency_code": ""},
        {"refund_id": "r2", "order_id": "", "subscription_id": "", "customer_id": "c2"}
        | {"refunded_at": "2026-01-20", "amount": 7, "currency_code": "USD"},
        {"refund_id": "r3", "order_id": "o1", "subscription_id": "", "customer_id": "c2"}
        | {"refunded_at": "2026-01-20", "amount": 90, "currency_code": "USD"},
    ],
    "order_lines": [line(1)],
    "marketing_spend": [
        {"spend_date": "2026-01-05", "channel": "search", "amount": 9, "currency_code": "USD"}
    ],
    "okr_check_ins": [
        {"key_result_id": "KR", "check_in_date": "2026-01-01", "confidence": 1}
        | {"comment": "", "value_reported": ""}
    ],
}


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the built club, which has no orders; the join behind its spend loses all."""
    joined = "select * from {{ ref('marketing_spend') }} where channel = 'none of them'"
    project = Project(
        tmp_path_factory.mktemp("money") / "club",
        {"joined_spend": joined},
        {
            "okr_metrics_inputs": {name: name for name in CLUB}
            | {"marketing_spend": "joined_spend"},
            "okr_metrics_as_of_date": "2026-01-31",
            "okr_metrics_period_grains": ["month"],
            "okr_metrics_max_reject_share": 0.4,
        },
        CLUB,
    )
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    project.said = built.stdout
    return project


def test_a_refund_of_a_subscription_lowers_net_revenue_where_it_belongs(club: Project) -> None:
    """341 accrue in January, 317 are given back: 310 of plan basic, 7 of no plan."""
    rows = club.query(
        "select dimension, dimension_value, refunds, net_revenue, refund_rate from kpi__margin"
        " where dimension in ('total', 'plan') order by 1, 2"
    )
    assert [(*row[:2], *(part and float(part) for part in row[2:])) for row in rows] == [
        ("plan", "basic", 310, pytest.approx(0, abs=1e-6), None),
        ("plan", "pro", 0, pytest.approx(31), None),
        ("plan", "unknown", 7, -7, None),
        ("total", "total", 317, pytest.approx(24), None),
    ]
    assert club.query("select reject_reason from kpi__rejected_rows") == [
        ('it names an order, and orders with order_lines are not mapped: "o1"',)
    ]


def test_an_input_that_nothing_reads_or_without_rows_is_told(club: Project) -> None:
    """In the reconciliation, among the findings, by the build and by the doctor."""
    statuses = dict(club.query("select input, input_status from kpi__reconciliation"))
    assert statuses == {
        "subscriptions": "read",
        "refunds": "read",
        "order_lines": "unread",
        "marketing_spend": "empty",
    }
    assert findings(club, "unread_input").keys() == {"input order_lines", "input okr_check_ins"}
    assert findings(club, "empty_input").keys() == {"input marketing_spend"}
    assert "input order_lines: it is mapped, and nothing reads it" in club.said
    assert "input marketing_spend: it is mapped, and its relation has no row" in club.said
    doctor = club.dbt("--quiet", "run-operation", "okr_metrics_doctor")
    assert doctor.returncode == 0, doctor.stdout
    assert "order_lines: nothing reads it. Map orders" in doctor.stdout
    assert "marketing_spend: 'joined_spend' has no row" in doctor.stdout


def test_it_is_told_though_nothing_can_be_measured(club: Project, tmp_path: Path) -> None:
    inputs = json.dumps({"okr_metrics_inputs": {"order_lines": "order_lines"}})
    built = club.dbt("build", "--vars", inputs, "--target-path", str(tmp_path))
    assert built.returncode == 0, built.stdout[-3000:]
    assert "input order_lines: it is mapped, and nothing reads it" in built.stdout
    assert club.query("select input, source_rows, input_status from kpi__reconciliation") == [
        ("order_lines", 1, "unread")
    ]
