"""The demo company comes back from raw tables of its sources as it is, whatever loaded them.

The connectors' views give the inputs row by row, and `kpi__values` is that of a project which maps
the inputs by hand. What the sources don't know is in `raw_demo.as_sources_know_it`.
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
}
# input: its rows, as both sides say them
ROWS = {
    "customers": "select customer_id, created_at, country, segment, acquisition_channel from {}",
    # a row that ends where an equal one begins is one with it
    "subscriptions": """
    with said as (
        select
            subscription_id, customer_id, plan, cast(amount as double) as amount,
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
}


def project_of(
    folder: Path, hand: Tables, sources: dict[str, dict], raw: dict[str, Tables]
) -> Project:
    """Return a built project that names sources, and maps by hand what they don't feed."""
    fed = {"stripe": ["customers", "subscriptions"]}
    left = set(hand).difference(*(fed[source] for source in sources)) - {"kpi_targets"}
    inputs = {name: f"my_{name}" for name in sorted(left)}
    project = Project(
        folder / "shop",
        {view: f"select * from hand.{name}" for name, view in inputs.items()},
        SETTINGS | {"okr_metrics_inputs": inputs, "okr_metrics_sources": sources},
    )
    write(folder / "raw", "hand", hand)
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
    return project_of(
        tmp_path_factory.mktemp("by_hand"), raw_demo.as_sources_know_it(company), {}, {}
    )


def fivetran(company: Tables) -> dict[str, Tables]:
    """Return the raw tables of all sources as Fivetran lands them."""
    return {"stripe": raw_demo.stripe(company)}


LOADERS = {"fivetran": fivetran}


@pytest.fixture(scope="module", params=LOADERS)
def connected(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, company: Tables
) -> Project:
    """Return the project that names the sources, as one of the loaders lands them."""
    hand = raw_demo.as_sources_know_it(company)
    raw = LOADERS[request.param](company)
    sources: dict[str, dict] = {source: {"loader": request.param} for source in raw}
    sources["stripe"]["segment_key"] = "segment"
    return project_of(tmp_path_factory.mktemp(request.param), hand, sources, raw)


@pytest.mark.parametrize("name", ROWS)
def test_the_views_give_the_inputs_back_row_by_row(connected: Project, name: str) -> None:
    views = connected.query(
        f"select view_name from duckdb_views() where regexp_matches(view_name, '^con_.*__{name}$')"
    )
    assert views
    given = " union all ".join(f"select * from {view}" for (view,) in views)
    found = ROWS[name].format(f"({given})", count="interval_count")
    wanted = ROWS[name].format(f"hand.{name}", count="null")
    connected.query(found)
    missing = connected.query(f"({wanted}) except all ({found}) order by all")
    surplus = connected.query(f"({found}) except all ({wanted}) order by all")
    assert (missing[:5], surplus[:5], len(missing), len(surplus)) == ([], [], 0, 0)
    assert len(connected.query(wanted)) > 100


def test_every_kpi_is_that_of_inputs_mapped_by_hand(connected: Project, by_hand: Project) -> None:
    columns = "kpi_id, period_grain, period_start, dimension, dimension_value, null_reason"
    values = "round(value, 2), round(numerator, 2), round(denominator, 2), sample_size"
    with duckdb.connect() as both:
        both.execute(f"attach '{by_hand.database}' as by_hand (read_only)")
        both.execute(f"attach '{connected.database}' as connected (read_only)")
        hand, con = (
            f"select {columns}, {values} from {name}.main.kpi__values"
            for name in ("by_hand", "connected")
        )
        missing = both.sql(f"({hand}) except all ({con}) order by all").fetchall()
        surplus = both.sql(f"({con}) except all ({hand}) order by all").fetchall()
        assert (missing[:5], surplus[:5], len(missing), len(surplus)) == ([], [], 0, 0)
        assert len(both.sql(hand).fetchall()) > 1000
