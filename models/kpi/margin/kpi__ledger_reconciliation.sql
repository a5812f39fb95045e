{{ config(enabled=revenue_is_on() and has_input('ledger_revenue') and 'month' in setting('period_grains')) }}

with

margin as (

    select * from {{ ref('kpi__margin') }}

    where
        period_grain = 'month'
        and dimension = 'total'
        and is_complete_period

),

ledger as (

    select
        *,
        -- the books say what they made of a line in another currency
        coalesce(booked_amount, revenue) as ledger_amount

    from {{ ref('fct_kpi__ledger_revenue') }}

),

ledger_days as (

    select
        min(booked_date) as first_day,
        max(booked_date) as last_day

    from ledger

),

booked as (

    select
        margin.period_start,
        sum(case when ledger.is_refund then 0 else ledger.ledger_amount end) as ledger_sales,
        -sum(case when ledger.is_refund then ledger.ledger_amount else 0 end) as ledger_refunds,
        sum(ledger.ledger_amount - ledger.revenue) as from_exchange_rates

    from margin

    inner join ledger
        on margin.period_start <= ledger.booked_date
        and margin.period_end >= ledger.booked_date

    group by margin.period_start

),

-- a month within the days of the books in which nothing is booked has no revenue
by_month as (

    select
        margin.period_start,
        margin.period_end,
        margin.period_label,
        margin.order_revenue,
        margin.refunds,
        margin.subscription_revenue,
        margin.net_revenue,
        case when ledger_days.first_day is not null then coalesce(booked.ledger_sales, 0) end as ledger_sales,
        case when ledger_days.first_day is not null then coalesce(booked.ledger_refunds, 0) end as ledger_refunds,
        case when ledger_days.first_day is not null then coalesce(booked.from_exchange_rates, 0) end
            as from_exchange_rates

    from margin

    left join ledger_days
        on margin.period_start <= ledger_days.last_day
        and margin.period_end >= ledger_days.first_day

    left join booked
        on margin.period_start = booked.period_start

),

differences as (

    select
        *,
        ledger_sales - ledger_refunds - net_revenue as difference,
        refunds - ledger_refunds as from_refunds,
        ledger_sales - ledger_refunds - net_revenue
        - (refunds - ledger_refunds) - from_exchange_rates as rest

    from by_month

),

-- what is too much in a month, or too little, is given back by months with the opposite, the last one first:
-- the balance of all months so far falls back to where it was before
balances as (

    select
        *,
        sum(coalesce(rest, 0)) over (order by period_start rows between unbounded preceding and current row) as balance

    from differences

),

around as (

    select
        *,
        balance - coalesce(rest, 0) as balance_before,
        min(balance) over (order by period_start rows between 1 following and unbounded following) as lowest_after,
        max(balance) over (order by period_start rows between 1 following and unbounded following) as highest_after

    from balances

),

offsets as (

    select
        *,
        -- what the month gives back of months before
        case
            when rest > 0 and balance_before < 0 then least(rest, -balance_before)
            when rest < 0 and balance_before > 0 then greatest(rest, -balance_before)
            else 0
        end as given_back

    from around

),

timed as (

    select
        *,
        -- and what months after it give back of the month
        given_back + case
            when rest > given_back
                then least(rest - given_back, greatest(balance - coalesce(lowest_after, balance), 0))
            when rest < given_back
                then greatest(rest - given_back, least(balance - coalesce(highest_after, balance), 0))
            else 0
        end as from_timing

    from offsets

),

final as (

    select
        period_start,
        period_end,
        period_label,
        {{ literals([setting('reporting_currency')]) }} as currency_code,
        cast(order_revenue as numeric(38, 6)) as order_revenue,
        cast(subscription_revenue as numeric(38, 6)) as subscription_revenue,
        cast(refunds as numeric(38, 6)) as refunds,
        cast(net_revenue as numeric(38, 6)) as net_revenue,
        cast(ledger_sales as numeric(38, 6)) as ledger_sales,
        cast(ledger_refunds as numeric(38, 6)) as ledger_refunds,
        cast(ledger_sales - ledger_refunds as numeric(38, 6)) as ledger_revenue,
        cast(difference as numeric(38, 6)) as difference,
        {{ ratio('difference', 'net_revenue') }} as difference_share,
        cast(from_refunds as numeric(38, 6)) as from_refunds,
        cast(from_exchange_rates as numeric(38, 6)) as from_exchange_rates,
        cast(case when rest is not null then from_timing end as numeric(38, 6)) as from_timing,
        cast(rest - from_timing as numeric(38, 6)) as unexplained

    from timed

)

select * from final
