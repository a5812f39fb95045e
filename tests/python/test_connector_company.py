"""The raw company of ../shared mapped by hand: the right figures, and what naive mappings get.

The figures are in its SOURCE.txt, of another program; a naive mapping is one that a hurried user
writes: each must stop the build or be warned of.
"""

import json
from pathlib import Path

import pytest
from conftest import Project

# of a customer of Fivetran's Stripe connector: one row per item, version and discount
PIECES = """
with history as (

    select
        id,
        customer_id,
        status,
        cast(_fivetran_start as timestamp) as started_at,
        case when _fivetran_end not like '9999%' then cast(_fivetran_end as timestamp) end
            as ended_at

    from {{ ref('raw_subscription_history') }}

    -- the row of a cancellation starts where what was paid for ends
    where status in ('trialing', 'active', 'past_due', 'paused', 'unpaid')

),

items as (

    select
        items.id,
        items.subscription_id,
        plans.id as price,
        products.name as plan,
        upper(plans.currency) as currency_code,
        cast(plans.amount as decimal(18, 4))
        / case when plans.currency = 'jpy' then 1 else 100 end as amount,
        cast(items.quantity as integer) as quantity,
        plans."interval" as billing_interval,
        cast(plans.interval_count as integer) as interval_count,
        cast(plans.amount as double) * cast(items.quantity as integer)
        / cast(plans.interval_count as integer)
        / case when plans."interval" = 'year' then 12 else 1 end as monthly

    from {{ ref('raw_subscription_item') }} as items

    inner join {{ ref('raw_plan') }} as plans on items.plan_id = plans.id

    inner join {{ ref('raw_product') }} as products on plans.product_id = products.id

    -- usage is billed after the fact
    where plans.usage_type = 'licensed'

),

discounts as (

    select
        discounts.subscription_id,
        cast(discounts.start as timestamp) as first_moment,
        cast(discounts."end" as timestamp) as end_moment,
        coalesce(cast(coupons.percent_off as double), 0) / 100 as share_off,
        coalesce(cast(coupons.amount_off as double), 0) as amount_off

    from {{ ref('raw_subscription_discount') }} as discounts

    inner join {{ ref('raw_coupon') }} as coupons on discounts.coupon_id = coupons.id

),

-- a discount that ends cuts a version in two
moments as (

    select id, started_at as moment from history
    union
    select history.id, discounts.end_moment
    from history
    inner join discounts on history.id = discounts.subscription_id
    where discounts.end_moment > history.started_at
        and coalesce(discounts.end_moment < history.ended_at, true)

),

pieces as (

    select
        history.* exclude (started_at, ended_at),
        moments.moment as started_at,
        coalesce(
            least(lead(moments.moment) over (
                partition by history.id, history.started_at order by moments.moment
            ), history.ended_at),
            history.ended_at
        ) as ended_at

    from history

    inner join moments
        on history.id = moments.id
        and history.started_at <= moments.moment
        and coalesce(history.ended_at > moments.moment, true)

),

discounted as (

    select
        items.*,
        pieces.customer_id,
        pieces.status,
        pieces.started_at,
        pieces.ended_at,
        coalesce(1 - discounts.share_off, 1) as share_left,
        coalesce(discounts.amount_off, 0)
        / min(items.interval_count * case when items.billing_interval = 'year' then 12 else 1 end)
            over (partition by items.subscription_id) as monthly_off,
        sum(items.monthly) over (
            partition by items.subscription_id, pieces.started_at
        ) as monthly_total

    from pieces

    inner join items on pieces.id = items.subscription_id

    left join discounts
        on pieces.id = discounts.subscription_id
        and discounts.first_moment <= pieces.started_at
        and coalesce(discounts.end_moment > pieces.started_at, true)

)
"""
COLUMNS = """
    customer_id,
    plan,
    status,
    started_at,
    ended_at,
    cast(
        amount * share_left * greatest(1 - monthly_off / monthly_total, 0) as decimal(28, 10)
    ) as amount,
    billing_interval,
    quantity,
    currency_code,
    cast(null as varchar) as churn_reason
"""
HISTORY_AS_IT_IS = """
select
    items.id as subscription_id,
    history.customer_id,
    plans.product_id as plan,
    history.status,
    history._fivetran_start as started_at,
    history._fivetran_end as ended_at,
    cast(plans.amount as double) / case when plans.currency = 'jpy' then 1 else 100 end as amount,
    plans."interval" as billing_interval,
    plans.interval_count,
    items.quantity,
    plans.currency as currency_code,
    cast(null as varchar) as churn_reason

from {{ ref('raw_subscription_history') }} as history

inner join {{ ref('raw_subscription_item') }} as items on history.id = items.subscription_id

inner join {{ ref('raw_plan') }} as plans on items.plan_id = plans.id

where plans.usage_type = 'licensed'
"""
RIGHT = f"{PIECES} select id as subscription_id, interval_count, {COLUMNS} from discounted"
SUBSCRIPTIONS = {
    "right": RIGHT,
    # one id for all items, 6 months for one, and a hundredth of a yen: rules that don't meet
    "three_slips": f"{PIECES} select subscription_id, {COLUMNS} from discounted".replace(
        "'jpy' then 1 else", "'jpy' then 100 else"
    ),
    "history_as_it_is": HISTORY_AS_IT_IS,
}
CUSTOMERS = """
select id as customer_id, created as created_at, address_country as country

from {{ ref('raw_customer') }}

where livemode = 'True'
"""
RATES = """
select date '2024-11-01' as rate_date, 'EUR' as currency_code, 1.08 as rate
union all
select date '2024-11-01', 'JPY', 0.0067
"""
RAW = ["customer", "subscription_history", "subscription_item", "subscription_discount"]
RAW += ["coupon", "plan", "product"]
TABLES = ["--exclude-resource-type", "test", "unit_test", "seed"]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Project:
    """Return the project with views on the raw files; nothing is built yet."""
    folder = shared / "data" / "connector_company"
    models = {
        f"raw_{name}": f"select * from read_csv('{folder}/stripe.{name}.csv', all_varchar = true)"
        for name in RAW
    }
    models |= {f"subscriptions_{name}": sql for name, sql in SUBSCRIPTIONS.items()}
    project = Project(
        tmp_path_factory.mktemp("connector") / "shop",
        models | {"customers": CUSTOMERS, "exchange_rates": RATES},
        {
            "okr_metrics_inputs": mapping("right"),
            "okr_metrics_as_of_date": "2026-11-25",
            "okr_metrics_reporting_timezone": "America/New_York",
            "okr_metrics_period_grains": ["month"],
        },
    )
    project.install()
    return project


def mapping(name: str) -> dict[str, str]:
    """Return okr_metrics_inputs with one way to map the subscriptions."""
    inputs = {name: name for name in ("customers", "exchange_rates")}
    return inputs | {"subscriptions": f"subscriptions_{name}"}


def test_the_right_mapping_gives_the_figures_of_another_program(company: Project) -> None:
    built = company.dbt("build", "--select", "+kpi__subscriptions", *TABLES)
    assert built.returncode == 0, built.stdout[-3000:]
    found = company.query(
        "select strftime(period_start, '%Y-%m'), round(closing_mrr, 2), closing_subscribers"
        " from kpi__subscriptions where dimension = 'total' and period_start >= '2026-08-01'"
        " and is_complete_period order by 1"
    )
    assert [(month, float(mrr), count) for month, mrr, count in found] == [
        ("2026-08", 52506.17, 229),
        ("2026-09", 54546.03, 234),
        ("2026-10", 57381.33, 243),
    ]
    # nothing is asked of who maps it right
    assert "finding(s) on the inputs" not in built.stdout, built.stdout[-3000:]


def build_naive(company: Project, name: str) -> str:
    """Build the checks on a naive mapping; return what dbt says."""
    variables = json.dumps({"okr_metrics_inputs": mapping(name)})
    return company.dbt("build", "--select", "+int_kpi__gate", *TABLES, "--vars", variables).stdout


def test_items_months_and_yen_that_are_mapped_naively_are_warned_of(company: Project) -> None:
    said = build_naive(company, "three_slips")
    assert "finding(s) on the inputs" in said, said[-3000:]
    found = company.query(
        "select distinct rule_id, object from kpi__input_findings where severity = 'warning'"
    )
    assert {rule for rule, _ in found} >= {"items_under_one_id", "interval_count_left_out"}
    assert ("interval_count_left_out", "plan Enterprise, USD") in found
    assert ("decimals_of_currency", "input subscriptions, JPY") in found


def test_a_history_that_is_mapped_as_it_is_stops_the_build(company: Project) -> None:
    """Its open rows end in the year 9999, and what is canceled has rows of its own."""
    said = build_naive(company, "history_as_it_is")
    assert "No mart was changed" in said, said[-3000:]
    assert "Input subscriptions:" in said
