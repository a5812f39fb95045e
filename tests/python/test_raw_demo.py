"""The demo company comes back from raw tables of its sources as it is, whatever loaded them.

The connectors' views give the inputs row by row, and `kpi__values` is that of a project which maps
the inputs by hand. What the sources don't know is left out of both sides, in
`raw_demo.as_sources_know_it`.
"""

from pathlib import Path

import duckdb
import pytest
import raw_demo
from conftest import Project
from raw_demo import Tables
from test_connector_stripe import write
from test_connectors import load

ONE_IN = 8
SETTINGS: dict = {
    "okr_metrics_as_of_date": raw_demo.TODAY,
    "okr_metrics_reporting_currency": "EUR",
    "okr_metrics_period_grains": ["month"],
    "okr_metrics_channel_rules": raw_demo.CHANNEL_RULES,
}
# what each source feeds, and what it is told
FEEDS = {
    "stripe": ["customers", "subscriptions"],
    "shopify": ["customers", "orders", "order_lines", "refunds"],
    **dict.fromkeys(raw_demo.ADS, ["marketing_spend"]),
    "quickbooks": ["operating_expenses"],
    "zendesk": ["support_tickets", "survey_responses"],
    "segment": ["product_events", "marketing_touches"],
}
TOLD: dict[str, dict] = {
    "stripe": {"segment_key": "segment"},
    "quickbooks": {"categories": raw_demo.CATEGORIES},
    **{source: {"channel": channel} for source, channel in raw_demo.ADS.items()},
}
# input: its rows, as both sides say them
ROWS = {
    "customers": "select customer_id, created_at, country, segment, acquisition_channel from {}",
    # a row that ends where an equal one begins is one with it
    "subscriptions": """
    with said as (
        select
            subscription_id, customer_id, plan,
            -- Stripe bills a trial at nothing
            if(status = 'trialing', 0, cast(amount as double)) as amount,
            -- the last version says that it was cancelled, or the day of its end does
            if(status = 'cancelled', 'active', status) as status,
            if(billing_interval = 'quarter', 'month', billing_interval) as unit,
            if(billing_interval = 'quarter', 3, coalesce({count}, 1)) as units,
            cast(coalesce(quantity, 1) as integer) as quantity, currency_code, churn_reason,
            cast(started_at as timestamp) as start, cast(ended_at as timestamp) as until
        from {}
    ), marked as (
        select *, coalesce(lag(until) over (
            partition by subscription_id, customer_id, plan, amount, status, unit, units, quantity
            order by start
        ) != start, true) as is_new
        from said
    ), islands as (
        select *, count(*) filter (is_new) over (
            partition by subscription_id, customer_id, plan, amount, status, unit, units, quantity
            order by start
        ) as island
        from marked
    ), merged as (
        select
            subscription_id, customer_id, plan, amount, status, unit, units, quantity,
            currency_code, island, min(start) as start,
            if(bool_or(until is null), null, max(until)) as until, max(churn_reason) as churn_reason
        from islands
        group by all
    )
    select * exclude (churn_reason, island), if(
        lead(start) over (partition by subscription_id order by start) is null, churn_reason, null
    ) as churn_reason
    from merged
    """,
    "orders": """
    select
        order_id, customer_id, ordered_at, currency_code,
        if(status in ('paid', 'refunded'), 'completed', status) as status
    from {}
    """,
    "order_lines": """
    select
        order_line_id, order_id, product_category, cast(quantity as integer) as quantity,
        round(cast(unit_price as double), 6) as unit_price,
        coalesce(cast(discount_amount as double), 0) as discount_amount,
        cast(unit_cost as double) as unit_cost
    from {}
    """,
    "refunds": """
    select
        replace(refund_id, 'adjustment-', '') as refund_id, order_id, refunded_at,
        cast(amount as double) as amount, currency_code
    from {}
    """,
    "marketing_spend": """
    select
        spend_date, channel, campaign, cast(amount as double) as amount, currency_code,
        cast(impressions as integer) as impressions, cast(clicks as integer) as clicks
    from {}
    """,
    "operating_expenses": """
    select
        regexp_replace(expense_id, '^[a-z]+-|-1$', '', 'g') as expense_id, expense_date, category,
        department, cast(amount as double) as amount, currency_code
    from {}
    """,
    "support_tickets": """
    select ticket_id, customer_id, opened_at, first_responded_at, solved_at from {}
    """,
    "survey_responses": """
    select response_id, customer_id, survey_type, cast(score as integer) as score, responded_at
    from {} where survey_type = 'csat'
    """,
    "product_events": "select event_id, customer_id, user_id, occurred_at, event_name from {}",
    "marketing_touches": "select touch_id, customer_id, touched_at, channel, campaign from {}",
}


def project_of(folder: Path, hand: Tables, raw: dict[str, Tables], loader: str) -> Project:
    """Return a built project that names sources, and maps by hand what they don't feed."""
    fed = {name for source in raw for name in FEEDS[source]}
    inputs: dict = {name: f"my_{name}" for name in sorted(set(hand) - fed)}
    views = {view: f"select * from hand.{name}" for name, view in inputs.items()}
    if "shopify" in raw:
        views["my_links"] = "select * from hand.customer_links"
        inputs["customer_links"] = "my_links"
    if "zendesk" in raw:
        # nothing else asks what people would recommend
        views["my_polls"] = "select * from hand.survey_responses where survey_type = 'nps'"
        inputs["survey_responses"] = {"polls": "my_polls"}
    sources = {
        source: TOLD.get(source, {}) | ({"loader": loader} if source in BY_OTHERS else {})
        for source in raw
    }
    project = Project(
        folder / "shop",
        views,
        SETTINGS | {"okr_metrics_inputs": inputs, "okr_metrics_sources": sources},
    )
    write(folder / "raw", "hand", hand | {"customer_links": raw_demo.customer_links(hand)})
    for source, tables in raw.items():
        write(folder / "raw", source, tables)
    load(project.database, folder / "raw")
    project.install()
    built = project.dbt("run", "--select", "+kpi__values")
    assert built.returncode == 0, built.stdout[-3000:]
    return project


@pytest.fixture(scope="module")
def company() -> Tables:
    """Return the company."""
    return raw_demo.company(ONE_IN)


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory, company: Tables) -> Project:
    """Return the project that maps all inputs by hand."""
    return project_of(tmp_path_factory.mktemp("by_hand"), company, {}, "none")


BY_OTHERS = ("stripe", "shopify")
LOADERS = {
    "fivetran": {source: getattr(raw_demo, source) for source in FEEDS},
    **{
        loader: {source: getattr(raw_demo, f"{source}_by_{loader}") for source in BY_OTHERS}
        for loader in ("airbyte", "dlt")
    },
}


@pytest.fixture(scope="module", params=LOADERS)
def connected(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, company: Tables
) -> Project:
    """Return the project that names the sources, as one of the loaders lands them."""
    raw = {source: render(company) for source, render in LOADERS[request.param].items()}
    return project_of(tmp_path_factory.mktemp(request.param), company, raw, request.param)


@pytest.mark.parametrize("name", ROWS)
def test_the_views_give_the_inputs_back_row_by_row(connected: Project, name: str) -> None:
    views = connected.query(
        "select view_name from duckdb_views()"
        f" where regexp_matches(view_name, '^con_.*__{name}$') order by all"
    )
    if not views:
        pytest.skip("no source of this loader feeds it")
    given = " union all by name ".join(f"select * from {view}" for (view,) in views)
    found = ROWS[name].format(f"({given})", count="interval_count")
    wanted = ROWS[name].format(f"hand.{name}", count="null")
    missing = connected.query(f"({wanted}) except all ({found}) order by all")
    surplus = connected.query(f"({found}) except all ({wanted}) order by all")
    assert (missing[:5], surplus[:5], len(missing), len(surplus)) == ([], [], 0, 0)
    assert len(connected.query(wanted)) > 10


def test_every_kpi_is_that_of_inputs_mapped_by_hand(connected: Project, by_hand: Project) -> None:
    columns = "kpi_id, period_grain, period_start, dimension, dimension_value, null_reason"
    values = "round(value, 2), round(numerator, 2), round(denominator, 2), sample_size"
    with duckdb.connect() as both:
        both.execute(f"attach '{by_hand.database}' as by_hand (read_only)")
        both.execute(f"attach '{connected.database}' as connected (read_only)")
        hand, con = (
            # who has two sources of an input can tell them apart, which no input mapped by hand can
            f"select {columns}, {values} from {name}.main.kpi__values where dimension != 'source'"
            for name in ("by_hand", "connected")
        )
        missing = both.sql(f"({hand}) except all ({con}) order by all").fetchall()
        surplus = both.sql(f"({con}) except all ({hand}) order by all").fetchall()
        assert (missing[:5], surplus[:5], len(missing), len(surplus)) == ([], [], 0, 0)
        assert len(both.sql(hand).fetchall()) > 1000
