"""The rows that a lineage query lists are those behind a value: they add up, and they are right."""

import json
import random
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import yaml
from companies import INPUTS, merge, random_companies
from conftest import REPOSITORY, Project, run_dbt
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target
from oracle_kpis import (
    STANDARD,
    Reader,
    attributed_channels,
    number,
    optional_number,
    paid_states,
    read_book,
    read_orders,
    read_versions,
)
from test_oracle import COMPANIES, DEMO, read_seeds

AUGUST = date(2026, 8, 1), date(2026, 8, 31)
SEPARATOR = "--- next"


class Lineage:
    """A built warehouse, and lineage queries on it."""

    def __init__(self, database: Path, dbt: Callable[..., str]) -> None:
        """Take the file, and a function that runs dbt on it and returns what it says."""
        self.database, self.dbt = database, dbt

    def query(self, sql: str) -> list[tuple]:
        """Return the rows of a query; dbt opens the file itself, so no connection stays open."""
        with duckdb.connect(self.database, read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def compiled(self, calls: list[str]) -> list[str]:
        """Return what each call of a macro gives, all by one run of dbt."""
        models = self.query(
            "select table_name from information_schema.tables"
            " where regexp_matches(table_name, '^(kpi__|okr__|int_|fct_|stg_)')"
        )
        parsed = [f"-- depends_on: {{{{ ref('okr_metrics', '{name}') }}}}" for (name,) in models]
        called = [f"{{{{ okr_metrics.{call} if execute }}}}" for call in calls]
        text = "\n".join([*parsed, SEPARATOR, f"\n{SEPARATOR}\n".join(called)])
        said = self.dbt("--quiet", "compile", "--inline", text)
        return said.split(SEPARATOR)[1:]

    def traceable(self) -> list[str]:
        """Return the KPIs that can be traced, as the error of one that can't names them."""
        call = "{{ okr_metrics.lineage_query('nothing', 'month', '', '') }}"
        said = " ".join(self.dbt("--quiet", "compile", "--inline", call).split())
        return re.search(r"These can be: (.*?)\.", said)[1].split(", ")

    def parts(self, sql: str) -> tuple[Decimal, Decimal]:
        """Return the sums of a lineage query's two sides."""
        sums = dict(
            self.query(f"select side, sum(contribution) from ({without_order(sql)}) group by 1")
        )
        return sums.get("numerator", Decimal(0)), sums.get("denominator", Decimal(0))

    def wrong_values(self, rows: list[tuple]) -> list[tuple]:
        """Return those rows of kpi__values whose parts the rows behind don't add up to."""
        queries = self.compiled([f"lineage_query{tuple(map(str, row[:6]))}" for row in rows])
        found = [(row, self.parts(sql)) for row, sql in zip(rows, queries, strict=True)]
        return [
            (*row, *parts)
            for row, parts in found
            if not adds_up(parts[0], row[6])
            or (row[7] is not None and not adds_up(parts[1], row[7]))
        ]


def adds_up(found: Decimal, expected: Decimal) -> bool:
    """Return whether two sums are one, to the millionth that a mart rounds money to."""
    return abs(found - expected) <= Decimal("0.000002")


def without_order(sql: str) -> str:
    """Return a printed query as one that another can read from."""
    return sql.rsplit("order by", 1)[0]


def values_of(kpis: list[str], condition: str) -> str:
    """Return the query of the values of KPIs, in the order of lineage_query's arguments."""
    return (
        "select kpi_id, period_grain, period_start, period_start, dimension, dimension_value,"
        f" numerator, denominator from kpi__values where kpi_id in {tuple(kpis)}"
        f" and value is not null and {condition} order by all"
    )


def lineage_of(project: Project, folder: Path) -> Lineage:
    """Return the lineage on a project's file, with a copy of the package as the root project.

    A query written in a project reaches no macro of a package that calls its siblings.
    """
    left_out = shutil.ignore_patterns(".*", "target", "logs", "seeds", "tests", "analyses")
    shutil.copytree(REPOSITORY, folder, ignore=left_out)
    shutil.copytree(project.folder / "seeds", folder / "seeds")
    shutil.copytree(project.folder / "models", folder / "models" / "custom")
    variables = yaml.safe_load((project.folder / "dbt_project.yml").read_text())["vars"]
    root = Project.__new__(Project)
    root.folder = folder
    options = ("--vars", json.dumps(variables), "--profiles-dir", str(project.folder))
    options += ("--profile", "shop")
    return Lineage(project.database, lambda *arguments: root.dbt(*arguments, *options).stdout)


@pytest.fixture(scope="module")
def demo_lineage(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Lineage:
    """Return the lineage of the demo, on a copy of it."""
    file = Path(shutil.copy(demo, tmp_path_factory.mktemp("lineage")))
    return Lineage(file, lambda *arguments: run_any(file, *arguments))


def run_any(file: Path, *arguments: str) -> str:
    """Run dbt on a file of the demo; return what it says even where it stops."""
    try:
        return run_dbt(*arguments, OKR_METRICS_DUCKDB=str(file))
    except AssertionError as stopped:
        return str(stopped)


def test_every_kpi_of_the_demo_that_can_be_traced_adds_up(demo_lineage: Lineage) -> None:
    kpis = demo_lineage.traceable()
    assert {
        *("net_revenue", "order_revenue", "orders", "refunds", "subscription_revenue"),
        *("refund_rate", "average_order_value", "gross_profit", "gross_margin", "operating_margin"),
        *("marketing_spend", "operating_expenses", "new_customers", "cac", "closing_mrr", "arr"),
        *("closing_subscribers", "customer_churn_rate", "gross_mrr_churn_rate", "nps", "csat"),
        *("net_revenue_retention", "tickets_opened", "activation_rate"),
    } <= set(kpis)
    # the whole, and of each KPI the segment with the most in it
    rows = demo_lineage.query(
        values_of(
            kpis,
            f"period_grain = 'month' and period_start = date '{AUGUST[0]}'"
            " qualify row_number() over (partition by kpi_id, dimension = 'total'"
            " order by abs(numerator) desc, dimension, dimension_value) = 1",
        )
    )
    # what hangs on the ledger has no segments
    assert len(rows) > 1.7 * len(kpis)
    assert demo_lineage.wrong_values(rows) == []


def test_every_key_result_of_the_demo_adds_up(demo_lineage: Lineage) -> None:
    """On its first day with a value, and on the last, when a period runs."""
    rows = demo_lineage.query(
        "select key_result_id, period_end, actual_value, kind"
        " from okr__key_result_progress inner join okr__key_results using (key_result_id)"
        " inner join kpi__catalog using (kpi_id) where actual_value is not null"
        " qualify row_number() over (partition by key_result_id order by period_end) = 1"
        " or is_latest order by all"
    )
    assert len({row[0] for row in rows}) >= 10
    calls = [f"lineage_of_key_result('{name}', '{day}')" for name, day, *_ in rows]
    for row, sql in zip(rows, demo_lineage.compiled(calls), strict=True):
        numerator, denominator = demo_lineage.parts(sql)
        if row[3] == "ratio":
            assert float(numerator) / float(denominator) == pytest.approx(float(row[2]), 1e-9), row
        else:
            assert adds_up(numerator, row[2]) and denominator == 0, row


def test_the_printed_query_of_a_key_result(demo_lineage: Lineage) -> None:
    """KR-3's spend and customers, as its mart has them."""
    arguments = "{key_result_id: KR-3, as_of: 2026-08-31}"
    sql = demo_lineage.dbt("--quiet", "run-operation", "okr_metrics_lineage", "--args", arguments)
    rows = demo_lineage.query(sql)
    assert {(row[0], row[1], row[2]) for row in rows} == {
        ("numerator", "cac_marketing_spend", "marketing_spend"),
        ("denominator", "new_customers", "customers"),
    }
    ((spend, customers),) = demo_lineage.query(
        "select marketing_spend, new_customers from kpi__acquisition where period_grain = 'month'"
        " and period_start = date '2026-08-01' and dimension_value = 'paid_search'"
    )
    assert demo_lineage.parts(sql) == (spend, customers)


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return the demo's raw rows."""
    return Reader(read_seeds(), DEMO["as_of"], DEMO["currency"], DEMO["zone"])


TRACED = {
    "customer_churn_rate": ("segment", "smb"),
    "refund_rate": ("total", "total"),
    "cac": ("acquisition_channel", "paid_search"),
}


@pytest.fixture(scope="module")
def keys(demo_lineage: Lineage) -> dict[str, dict[str, set]]:
    """Return {KPI: {measure: keys and days of its rows in August 2026}}, each in its segment."""
    month = str(AUGUST[0])
    calls = [f"lineage_query{(kpi, 'month', month, month, *at)}" for kpi, at in TRACED.items()]
    found: dict[str, dict[str, set]] = {}
    for kpi, sql in zip(TRACED, demo_lineage.compiled(calls), strict=True):
        for _, measure, _, key, day, *_ in demo_lineage.query(sql):
            found.setdefault(kpi, {}).setdefault(measure, set()).add((key, day))
    return found


def test_the_rows_of_a_stock_are_those_of_the_seeds(demo_lineage: Lineage, reader: Reader) -> None:
    """Customers with MRR at the end of August whose main plan is team, each with their MRR."""
    expected = {
        customer: float(state.mrr)
        for customer, states in paid_states(read_versions(reader, STANDARD)).items()
        for state in states
        if state.start <= AUGUST[1] < state.end and state.plan == "team"
    }
    assert len(expected) > 50
    month = str(AUGUST[0])
    call = f"lineage_query('closing_mrr', 'month', '{month}', '{month}', 'plan', 'team')"
    rows = demo_lineage.query(demo_lineage.compiled([call])[0])
    assert {row[:3] for row in rows} == {("numerator", "closing_mrr", "customers")}
    assert {row[3]: float(row[6]) for row in rows} == pytest.approx(expected, abs=1e-5)


def test_the_customers_of_churn_are_those_of_the_seeds(keys: dict, reader: Reader) -> None:
    """Small customers with MRR on July 31, and those of them without any on August 31."""
    eve = AUGUST[0] - timedelta(days=1)
    opening, closing = set(), set()
    for customer, states in paid_states(read_versions(reader, STANDARD)).items():
        if reader.customers[customer]["segment"] == "smb":
            opening |= {customer for state in states if state.start <= eve < state.end}
            closing |= {customer for state in states if state.start <= AUGUST[1] < state.end}
    found = keys["customer_churn_rate"]
    found = {measure: {key for key, _ in rows} for measure, rows in found.items()}
    assert len(opening - closing) > 10
    assert found == {"opening_subscribers": opening, "churned_subscribers": opening - closing}


def test_the_rows_of_refund_rate_are_those_of_the_seeds(keys: dict, reader: Reader) -> None:
    """Refunds of August, and lines of August's orders, of orders that were not cancelled."""
    orders = read_orders(reader, STANDARD)
    standing = {name: order for name, order in orders.items() if not order.is_cancelled}
    refunds = {
        (row["refund_id"], when.day)
        for row, when, _ in reader.dated("refunds", "refund_id", "refunded_at")
        if row["order_id"] in standing and AUGUST[0] <= when.day <= AUGUST[1]
    }
    lines = {
        (row["order_line_id"], standing[row["order_id"]].day)
        for row, _ in reader.rows("order_lines", "order_line_id")
        if row["order_id"] in standing
        and AUGUST[0] <= standing[row["order_id"]].day <= AUGUST[1]
        and None not in (number(row["quantity"]), number(row["unit_price"]))
        and optional_number(row["discount_amount"], None)[0]
        and optional_number(row["unit_cost"], None)[0]
    }
    assert refunds
    assert keys["refund_rate"] == {"order_refunds": refunds, "order_revenue": lines}


def test_the_customers_of_cac_are_those_of_the_seeds(keys: dict, reader: Reader) -> None:
    """Who first ordered or paid in August and whose first touch was paid search; its spend."""
    book = read_book(reader, STANDARD)
    customers = {
        (customer, day)
        for customer, day in book.first_date.items()
        if AUGUST[0] <= day <= AUGUST[1]
        and attributed_channels(book, customer, "first_touch") == {"paid_search": 1}
    }
    found = keys["cac"]
    assert len(customers) > 5
    assert found["new_customers"] == customers
    days = {
        day
        for day, channel, _ in book.spend
        if channel == "paid_search" and AUGUST[0] <= day <= AUGUST[1]
    }
    assert {day for _, day in found["cac_marketing_spend"]} == days


POLICIES = {
    "profile": "stripe",
    "attribution": "linear",
    "cac_lag_periods": 1,
    "reactivation_window_days": 20,
    "nrr_reactivation": "include",
}
ODD_ID = "KR-'1'"
KEY_RESULTS = [
    key_result(ODD_ID, "O", "orders", metric_type="cumulative"),
    key_result("mean", "O", "closing_mrr", metric_type="average"),
    key_result("mean_ratio", "O", "gross_margin", metric_type="average"),
    key_result("worth", "O", "ltv", metric_type="at_least"),
    key_result("growing", "O", "net_revenue_growth", metric_type="at_least"),
    key_result("own", "O", "deliveries", metric_type="at_least"),
    key_result("seen", "O", "active_users", metric_type="at_least"),
    key_result("reported", "O", "", metric_type="milestone"),
    key_result("nowhere", "O", "orders", dimension="country", dimension_value="XX"),
]
MART = """
select 'month' as period_grain, cast('2025-04-01' as date) as period_start,
    'total' as dimension, 'total' as dimension_value, 7 as deliveries
"""
MART_YAML = {
    "models": [
        {
            "name": "my_deliveries",
            "columns": [
                *(
                    {"name": name}
                    for name in ("period_grain", "period_start", "dimension", "dimension_value")
                ),
                {
                    "name": "deliveries",
                    "description": "Parcels that arrived.",
                    "config": {
                        "meta": {"kpi": {"kind": "flow", "unit": "count", "direction": "up"}}
                    },
                },
            ],
        }
    ]
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return random companies under other policies, with key results."""
    goals = {"baseline_value": 1, "target_value": 50, "lower_bound": 1}
    goals_of = {"mean_ratio": {"baseline_value": 0.1, "target_value": 0.9}}
    seeds = {f"raw_{name}": rows for name, rows in merge(random_companies(20)).items()} | {
        "okr_cycles": [cycle("H1", "2025-01-01", "2025-06-30")],
        "okr_objectives": [objective("O", "H1")],
        "okr_key_results": KEY_RESULTS,
        "okr_key_result_targets": [
            target(name, "2025-01-01", **goals | goals_of.get(name, {}))
            for name in (row["key_result_id"] for row in KEY_RESULTS)
        ],
        "okr_check_ins": [check_in("reported", "2025-03-10", value_reported=1)],
    }
    inputs = {name: f"raw_{name}" for name in INPUTS}
    project = Project(
        tmp_path_factory.mktemp("lineage") / "shop",
        {"my_deliveries": MART},
        {
            "okr_metrics_inputs": inputs
            | {name: name for name in OKR_INPUTS if name != "okr_phased_targets"},
            "okr_metrics_as_of_date": str(COMPANIES["as_of"]),
            "okr_metrics_reporting_timezone": COMPANIES["zone"],
            "okr_metrics_period_grains": ["week", "month", "quarter"],
            "okr_metrics_policies": POLICIES,
            "okr_metrics_max_reject_share": 1,
            "okr_metrics_custom_kpis": ["my_deliveries"],
            **{f"okr_metrics_{name}": value for name, value in COMPANIES["settings"].items()},
        },
        seeds,
    )
    (project.folder / "models" / "my_deliveries.yml").write_text(yaml.safe_dump(MART_YAML))
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    return project


@pytest.fixture(scope="module")
def shop_lineage(shop: Project, tmp_path_factory: pytest.TempPathFactory) -> Lineage:
    """Return the lineage on the shop's file."""
    return lineage_of(shop, tmp_path_factory.mktemp("lineage") / "root")


def test_values_of_random_companies_add_up_under_other_policies(shop_lineage: Lineage) -> None:
    """Customers in fractions, spend of the month before, joined and left inside a month."""
    rows = shop_lineage.query(values_of(shop_lineage.traceable(), "numerator != 0"))
    chosen = random.Random(4).sample(rows, 60)
    assert shop_lineage.wrong_values(chosen) == []


def test_key_results_over_several_periods_add_up(shop_lineage: Lineage) -> None:
    rows = shop_lineage.query(
        "select key_result_id, period_end, actual_value from okr__key_result_progress"
        f" where key_result_id in ('mean', 'mean_ratio', '{ODD_ID.replace(chr(39), 2 * chr(39))}')"
        " and actual_value is not null order by 1, 2"
    )
    assert len(rows) > 10
    calls = [f"lineage_of_key_result({name!r}, '{day}')" for name, day, _ in rows]
    for (name, day, actual), sql in zip(rows, shop_lineage.compiled(calls), strict=True):
        numerator, denominator = shop_lineage.parts(sql)
        if name == ODD_ID:
            assert (numerator, denominator) == (actual, 0), (name, day)
        else:
            value = float(numerator) / float(denominator)
            assert value == pytest.approx(float(actual), 1e-9), (name, day)


def print_lineage(project: Project, name: str, day: str) -> str:
    """Return what okr_metrics_lineage says in a project that installs the package."""
    arguments = yaml.safe_dump({"key_result_id": name, "as_of": day}, default_flow_style=True)
    return project.dbt(
        "--quiet", "run-operation", "okr_metrics_lineage", "--args", arguments
    ).stdout


def test_a_milestone_prints_its_check_ins(shop: Project) -> None:
    sql = print_lineage(shop, "reported", "2025-03-31")
    assert "is a milestone: its actual_value is reported" in sql
    assert [row[:2] for row in shop.query(sql)] == [(date(2025, 3, 10), 1)]


@pytest.mark.parametrize(
    ("name", "day", "message"),
    [
        ("KR-0", "2025-04-30", "there is no key result 'KR-0'. Key results: KR-'1', growing, mean"),
        (ODD_ID, "2025-04-29", "isn't looked at on 2025-04-29. Days: 2025-01-31, 2025-02-28, 2025"),
        ("nowhere", "2025-04-30", "nowhere has no value on 2025-04-30 (no_data)"),
        (
            "worth",
            "2025-04-30",
            "'ltv' can't be traced to rows: it is a formula (arpa x gross_marg",
        ),
        (
            "growing",
            "2025-04-30",
            "it compares net_revenue with that of another period. Trace net_revenue in both. These",
        ),
        (
            "seen",
            "2025-04-30",
            "its part active_users is no sum over rows, under the policies in force. Look at kpi",
        ),
        (
            "own",
            "2025-04-30",
            "it is a KPI of your model my_deliveries, which alone knows its rows",
        ),
    ],
)
def test_what_cannot_be_traced_says_why(shop: Project, name: str, day: str, message: str) -> None:
    assert message in " ".join(print_lineage(shop, name, day).split())
