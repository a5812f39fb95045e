"""Two shops, two brands: ids of one number in both, dimensions of the user's own, the source."""

import json
import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from conftest import Project
from test_lineage import Lineage, lineage_of, values_of

AS_OF = date(2026, 3, 31)
COLUMNS = {
    "customers": "customer_id created_at country segment acquisition_channel brand",
    "orders": "order_id customer_id ordered_at status currency_code sales_channel",
    "order_lines": "order_line_id order_id product_category quantity unit_price unit_cost",
    "refunds": "refund_id order_id refunded_at amount",
    "subscriptions": "subscription_id customer_id plan status started_at ended_at amount"
    " billing_interval currency_code sales_region",
    "marketing_spend": "spend_date channel amount currency_code",
    "survey_responses": "response_id customer_id survey_type score responded_at",
    "support_tickets": "ticket_id customer_id opened_at",
    "product_events": "event_id customer_id user_id occurred_at event_name",
    "marketing_touches": "touch_id customer_id touched_at channel",
}
# every id is given twice, once in each shop, and is another thing there
SHOPS = {
    "eu": {
        "customers": [
            "17 2026-01-02 FR smb ads alpha",
            "18 2026-01-03 DE mid fairs alpha",
        ],
        "orders": [
            "1001 17 2026-01-10 paid USD web",
            "1002 18 2026-02-11 paid USD store",
            "1003 17 2026-03-05 cancelled USD web",
        ],
        "order_lines": ["1 1001 shoes 2 50 20", "2 1002 hats 1 30 10", "3 1003 hats 9 99 10"],
        "refunds": ["1 1001 2026-02-01 15"],
        "subscriptions": [
            "S1 17 basic active 2026-01-10 - 31 month USD north",
            "S2 18 basic active 2026-01-15 2026-02-15 40 month USD north",
            "S2 18 basic active 2026-02-15 - 40 month USD south",
        ],
        "marketing_spend": ["2026-01-04 ads 60 USD"],
        "survey_responses": ["1 17 nps 10 2026-02-02", "2 18 nps 3 2026-02-03"],
        "support_tickets": ["1 17 2026-02-04"],
        "product_events": ["1 17 u1 2026-02-05 seen", "2 18 u2 2026-02-05 seen"],
        "marketing_touches": ["1 17 2026-01-01 ads"],
    },
    "us": {
        "customers": ["17 2026-01-20 US smb friends beta", "19 2026-02-01 US big ads -"],
        "orders": [
            "1001 17 2026-01-22 paid USD web",
            "1002 19 2026-02-12 paid USD -",
        ],
        "order_lines": ["1 1001 shoes 1 500 200", "2 1002 shoes 3 10 4"],
        "refunds": ["1 1001 2026-02-20 70"],
        "subscriptions": [
            "S1 17 pro active 2026-02-01 2026-03-10 280 month USD -",
            "S3 17 basic active 2026-02-01 2026-03-10 60 month USD south",
        ],
        "marketing_spend": ["2026-01-05 ads 90 USD", "2026-02-05 friends 40 USD"],
        "survey_responses": ["1 17 nps 0 2026-02-02"],
        "support_tickets": ["1 17 2026-02-04", "2 19 2026-02-04"],
        "product_events": ["1 17 u1 2026-02-05 seen"],
        "marketing_touches": ["1 17 2026-01-02 friends"],
    },
}
DIMENSIONS = {
    "brand": "customers.brand",
    "sales_channel": "orders.sales_channel",
    "sales_region": "subscriptions.sales_region",
    "currency_code": "orders.currency_code",
    "group": "customers.segment",
}
SETTINGS = {"dimensions": DIMENSIONS, "customer_identity": "per_source"}


def rows_of(shop: str, table: str) -> list[dict[str, str]]:
    """Return the raw rows of a shop's table; a dash is an empty field."""
    columns = COLUMNS[table].split()
    return [
        dict(zip(columns, ["" if word == "-" else word for word in row.split()], strict=True))
        for row in SHOPS[shop][table]
    ]


def variables(named: bool = True, **settings: object) -> dict:
    """Return the vars of the project: each input from both shops, by name or as a list."""
    inputs = {
        table: {shop: f"{shop}_{table}" for shop in SHOPS}
        if named
        else [f"{shop}_{table}" for shop in SHOPS]
        for table in COLUMNS
    }
    return {
        "okr_metrics_inputs": inputs,
        "okr_metrics_as_of_date": str(AS_OF),
        "okr_metrics_period_grains": ["month"],
        # null in --vars, else what the project says stays
        "okr_metrics_dimensions": None,
        "okr_metrics_customer_identity": None,
        **{f"okr_metrics_{name}": value for name, value in settings.items()},
    }


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the built project of the two shops, whose ids are those of each source."""
    seeds = {f"{shop}_{table}": rows_of(shop, table) for shop in SHOPS for table in COLUMNS}
    project = Project(
        tmp_path_factory.mktemp("shops") / "shops",
        {},
        variables(**SETTINGS),
        seeds,
    )
    built = project.build()
    assert built.returncode == 0, built.stdout[-6000:]
    return project


def dbt(project: Project, settings: dict, *arguments: str) -> str:
    """Run dbt with other vars, expect it to fail, and return what it prints."""
    ran = project.dbt(*arguments, "--vars", json.dumps(settings))
    assert ran.returncode != 0, ran.stdout
    return " ".join(ran.stdout.split())


def segments(project: Project, mart: str, measure: str, dimension: str) -> dict:
    """Return {(month, segment): value} where it isn't nought."""
    rows = project.query(
        f"select month(period_start), dimension_value, cast({measure} as double) from {mart}"
        f" where period_grain = 'month' and dimension = '{dimension}' and {measure} != 0"
    )
    return {(month, segment): value for month, segment, value in rows}


def days_of(version: dict[str, str]) -> list[date]:
    """Return the days that a version counts on."""
    day = date.fromisoformat(version["started_at"])
    ended = version["ended_at"] and date.fromisoformat(version["ended_at"])
    days = []
    while day <= AS_OF and (not ended or day < ended):
        days.append(day)
        day += timedelta(days=1)
    return days


def days_in_month(day: date) -> int:
    """Return the number of days of a day's month."""
    return (date(day.year, day.month + 1, 1) - timedelta(days=1)).day


def net_revenue(dimension: str) -> dict:
    """Work out net revenue by month and segment from the raw rows alone."""
    of_customer = {"country": "country", "brand": "brand", "group": "segment"}
    revenue: dict = defaultdict(float)
    for shop in SHOPS:
        customers = {row["customer_id"]: row for row in rows_of(shop, "customers")}
        orders = {row["order_id"]: row for row in rows_of(shop, "orders")}

        def segment(row: dict, customers: dict = customers, shop: str = shop) -> str:
            if dimension == "source":
                return shop
            if dimension in of_customer:
                return customers[row["customer_id"]][of_customer[dimension]] or "unknown"
            if "plan" in row and dimension in ("sales_channel", "currency_code"):
                return "subscriptions"
            return row.get(dimension) or "unknown"

        for line in rows_of(shop, "order_lines"):
            order = orders[line["order_id"]]
            if order["status"] != "cancelled":
                month = date.fromisoformat(order["ordered_at"]).month
                worth = float(line["quantity"]) * float(line["unit_price"])
                revenue[month, segment(order)] += worth
        for refund in rows_of(shop, "refunds"):
            month = date.fromisoformat(refund["refunded_at"]).month
            revenue[month, segment(orders[refund["order_id"]])] -= float(refund["amount"])
        for version in rows_of(shop, "subscriptions"):
            for day in days_of(version):
                accrued = float(version["amount"]) / days_in_month(day)
                revenue[day.month, segment(version)] += accrued
    return {key: value for key, value in revenue.items() if value}


@pytest.mark.parametrize(
    "dimension",
    ["country", "brand", "group", "source", "sales_channel", "sales_region", "currency_code"],
)
def test_revenue_of_each_segment_is_that_of_the_raw_rows(shops: Project, dimension: str) -> None:
    """Customer 17 and order 1001 are two: no revenue stands in the other shop's segment."""
    found = segments(shops, "kpi__margin", "net_revenue", dimension)
    assert found == pytest.approx(net_revenue(dimension), abs=1e-4)


def test_no_row_is_lost_where_two_shops_count_alike(shops: Project) -> None:
    """Ids of two sources are no copies, and lines and refunds find the order of their own shop."""
    assert shops.query("select count(*) from kpi__rejected_rows") == [(0,)]
    assert shops.query("select sum(duplicates_dropped) from kpi__reconciliation") == [(0,)]
    assert shops.query("select * from kpi__input_findings where severity != 'info'") == []


def test_every_mart_of_customers_has_the_dimensions_of_customers(shops: Project) -> None:
    """New customers, answers, tickets, users and repeat orders by brand and by source."""
    brands = segments(shops, "kpi__acquisition", "new_customers", "brand")
    assert brands == {(1, "alpha"): 2, (1, "beta"): 1, (2, "unknown"): 1}
    assert segments(shops, "kpi__satisfaction", "nps", "brand") == {(2, "beta"): -100}
    assert segments(shops, "kpi__satisfaction", "tickets_opened", "source") == {
        (2, "eu"): 1,
        (2, "us"): 2,
    }
    # u1 of eu and u1 of us are two users
    users = segments(shops, "kpi__usage", "active_users", "total")
    assert users == {(2, "total"): 3}
    assert segments(shops, "kpi__usage", "active_users", "brand") == {
        (2, "alpha"): 2,
        (2, "beta"): 1,
    }
    cohorts = shops.query(
        "select dimension_value, sum(cohort_size) from kpi__retention_cohorts"
        " where dimension = 'source' and periods_since = 0 group by 1 order by 1"
    )
    assert cohorts == [("eu", 2), ("us", 2)]
    absent = shops.query(
        "select count(*) from kpi__acquisition where dimension in ('plan', 'sales_channel')"
    )
    assert absent == [(0,)]


def test_spend_of_sources_named_alike_gives_cac_by_source(shops: Project) -> None:
    """Ads of eu in January are 60 for 2 customers, of us 90 for 1."""
    found = segments(shops, "kpi__acquisition", "cac", "source")
    assert found == {(1, "eu"): 30, (1, "us"): 90, (2, "us"): 40}


def test_a_subscriber_has_the_value_with_the_most_mrr_and_is_transferred(shops: Project) -> None:
    """Customer 18 moves south in February; 17 of us pays most where no region is known."""

    def found(measure: str, dimension: str = "sales_region") -> dict:
        return segments(shops, "kpi__subscriptions", measure, dimension)

    assert found("new_subscribers") == {(1, "north"): 2, (2, "unknown"): 1}
    assert found("transferred_subscribers") == {(2, "north"): -1, (2, "south"): 1}
    assert found("transferred_mrr") == {(2, "north"): -40, (2, "south"): 40}
    assert found("churned_mrr") == {(3, "unknown"): 340}
    assert found("closing_mrr") == {
        **{(1, "north"): 71, (2, "north"): 31, (3, "north"): 31},
        **{(2, "south"): 40, (3, "south"): 40, (2, "unknown"): 340},
    }
    assert found("churned_mrr", "source") == {(3, "us"): 340}
    assert found("transferred_mrr", "plan") == {}


def test_a_key_result_may_be_of_any_dimension_that_is_on(shops: Project) -> None:
    """The catalogue of dimensions is one list: the values have those of the settings."""
    found = {row[0] for row in shops.query("select distinct dimension from kpi__values")}
    standard = {"country", "segment", "acquisition_channel", "plan", "product_category"}
    assert found == {"total", "source", *standard, *DIMENSIONS}


@pytest.fixture(scope="module")
def lineage(shops: Project, tmp_path_factory: pytest.TempPathFactory) -> Lineage:
    """Return the lineage on the two shops' file."""
    return lineage_of(shops, tmp_path_factory.mktemp("lineage") / "root")


def test_the_rows_behind_a_value_are_those_of_its_segment(lineage: Lineage) -> None:
    """Of every dimension of the user's, and of the source."""
    own = ", ".join(f"'{name}'" for name in [*DIMENSIONS, "source"])
    rows = lineage.query(
        values_of(
            lineage.traceable(),
            f"dimension in ({own}) and numerator != 0"
            " qualify row_number() over (partition by kpi_id, dimension"
            " order by period_start desc, dimension_value) = 1",
        )
    )
    chosen = random.Random(5).sample(rows, 50)
    assert {row[4] for row in chosen} == {*DIMENSIONS, "source"}
    assert lineage.wrong_values(chosen) == []


ROWS_BEHIND = {
    ("order_revenue", 1, "source", "eu"): {("order_lines", "eu:1", 100)},
    ("order_revenue", 1, "source", "us"): {("order_lines", "us:1", 500)},
    ("order_revenue", 2, "sales_channel", "store"): {("order_lines", "eu:2", 30)},
    ("refunds", 2, "brand", "beta"): {("refunds", "us:1", 70)},
    ("closing_mrr", 2, "sales_region", "south"): {("customers", "eu:18", 40)},
    ("new_customers", 1, "brand", "alpha"): {
        ("customers", "eu:17", 1),
        ("customers", "eu:18", 1),
    },
    ("marketing_spend", 1, "source", "us"): {("marketing_spend", "ads unknown", 90)},
}


def test_the_keys_of_the_rows_are_those_of_their_source(lineage: Lineage) -> None:
    """Both shops have an order 1001 and a customer 17."""
    calls = [
        f"lineage_query('{kpi}', 'month', '2026-0{month}-01', '2026-0{month}-01', '{by}', '{of}')"
        for kpi, month, by, of in ROWS_BEHIND
    ]
    found = {
        at: {(row[2], row[3], row[6]) for row in lineage.query(sql)}
        for at, sql in zip(ROWS_BEHIND, lineage.compiled(calls), strict=True)
    }
    assert found == ROWS_BEHIND


def test_equal_ids_with_other_attributes_stop_until_somebody_says_what_they_are(
    shops: Project,
) -> None:
    """Only 17 stands in both shops, and everything that is known of it differs but the segment."""
    settings = variables(dimensions={"brand": "customers.brand"}, max_reject_share=1)
    output = dbt(shops, settings, "run", "--select", "+int_kpi__gate")
    assert (
        "input customers: 1 customer id stands in more than one of its sources (eu, us)"
        " with another country, acquisition_channel, brand, created_date: 17." in output
    )
    assert "okr_metrics_customer_identity: shared" in output


def test_a_column_that_a_relation_lacks_is_named_with_those_it_has(shops: Project) -> None:
    """The build and the doctor say so, before anything is read."""
    settings = variables(dimensions={"brand": "customers.brands"})
    output = dbt(shops, settings, "run", "--select", "int_kpi__inputs")
    wanted = "brands -- the dimension brand of okr_metrics_dimensions; its columns are: customer_id"
    assert "input customers, mapped to 'us_customers', lacks:" in output
    assert wanted in output
    said = shops.dbt("run-operation", "okr_metrics_doctor", "--vars", json.dumps(settings))
    assert wanted in " ".join(said.stdout.split())


def test_sources_that_cant_be_matched_must_be_named(shops: Project) -> None:
    """One help desk for two shops' customers says nothing of whose ticket it is."""
    settings = variables(customer_identity="per_source")
    settings["okr_metrics_inputs"]["support_tickets"] = "eu_support_tickets"
    output = dbt(shops, settings, "run", "--select", "stg_kpi__support_tickets")
    assert "which source of customers each source of support_tickets belongs to" in output
    assert "customers has: eu, us." in output


def test_ids_that_two_shops_share_are_a_warning_where_customers_isnt_mapped(
    shops: Project,
) -> None:
    """Nothing but the id is known, so both may be one customer."""
    settings = variables(max_reject_share=1)
    settings["okr_metrics_inputs"]["customers"] = []
    arguments = ["--select", "+int_kpi__gate", "--vars", json.dumps(settings)]
    ran = shops.dbt("run", *arguments)
    assert ran.returncode == 0, ran.stdout
    for table in ["orders", "subscriptions"]:
        assert (
            f"input {table}: 1 customer id stands in more than one of its sources (eu, us),"
            " and customers is not mapped: 17." in " ".join(ran.stdout.split())
        )
