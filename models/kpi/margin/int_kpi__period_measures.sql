{{ config(enabled=revenue_is_on()) }}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

),

daily_rows as (

    select
        calendar_date,
        dimension,
        dimension_value,
        orders,
        order_lines,
        costed_lines,
        order_revenue,
        refunds,
        order_refunds,
        order_cost,
        marketing_spend,
        ledger_cost_of_revenue,
        ledger_variable,
        ledger_sales_and_marketing,
        ledger_other,
        cast(null as numeric(38, 10)) as subscription_revenue

    from {{ ref('int_kpi__daily_revenue_and_costs') }}

    union all

    select
        calendar_date,
        dimension,
        dimension_value,
        null as orders,
        null as order_lines,
        null as costed_lines,
        null as order_revenue,
        null as refunds,
        null as order_refunds,
        null as order_cost,
        null as marketing_spend,
        null as ledger_cost_of_revenue,
        null as ledger_variable,
        null as ledger_sales_and_marketing,
        null as ledger_other,
        subscription_revenue

    from {{ optional_model(
        'int_kpi__daily_subscription_revenue', has_input('subscriptions'),
        measures=['subscription_revenue'], columns={'calendar_date': 'date'},
    ) }}

),

final as (

    -- rounded once, so that the published parts give the published ratios
    select
        period_segments.period_grain,
        period_segments.period_start,
        period_segments.period_end,
        period_segments.period_label,
        period_segments.is_complete_period,
        period_segments.dimension,
        period_segments.dimension_value,
        cast({{ known(
            'coalesce(sum(daily_rows.orders), 0)', ['orders'], 'max'
        ) }} as numeric(38, 6)) as orders,
        cast({{ known(
            'coalesce(sum(daily_rows.order_lines), 0)', ['orders'], 'max'
        ) }} as numeric(38, 6)) as order_lines,
        cast({{ known(
            'coalesce(sum(daily_rows.costed_lines), 0)', ['orders'], 'max'
        ) }} as numeric(38, 6)) as costed_lines,
        cast({{ known(
            'coalesce(sum(daily_rows.order_revenue), 0)', ['orders'], 'max'
        ) }} as numeric(38, 6)) as order_revenue,
        cast({{ known(
            'coalesce(sum(daily_rows.refunds), 0)', ['refunds'], 'max'
        ) }} as numeric(38, 6)) as refunds,
        cast({{ known(
            'coalesce(sum(daily_rows.order_refunds), 0)', ['orders'], 'max'
        ) }} as numeric(38, 6)) as order_refunds,
        cast({{ known(
            'coalesce(sum(daily_rows.order_cost), 0)', ['orders'], 'max'
        ) }} as numeric(38, 6)) as order_cost,
        cast({{ known(
            'coalesce(sum(daily_rows.marketing_spend), 0)', ['marketing_spend'], 'max'
        ) }} as numeric(38, 6)) as marketing_spend,
        cast({{ known(
            'coalesce(sum(daily_rows.ledger_cost_of_revenue), 0)', ['operating_expenses'], 'max'
        ) }} as numeric(38, 6)) as ledger_cost_of_revenue,
        cast({{ known(
            'coalesce(sum(daily_rows.ledger_variable), 0)', ['operating_expenses'], 'max'
        ) }} as numeric(38, 6)) as ledger_variable,
        cast({{ known(
            'coalesce(sum(daily_rows.ledger_sales_and_marketing), 0)', ['operating_expenses'], 'max'
        ) }} as numeric(38, 6)) as ledger_sales_and_marketing,
        cast({{ known(
            'coalesce(sum(daily_rows.ledger_other), 0)', ['operating_expenses'], 'max'
        ) }} as numeric(38, 6)) as ledger_other,
        cast({{ known(
            'coalesce(sum(daily_rows.subscription_revenue), 0)', ['subscriptions'], 'max'
        ) }} as numeric(38, 6)) as subscription_revenue

    from period_segments

    left join daily_rows
        on period_segments.dimension = daily_rows.dimension
        and period_segments.dimension_value = daily_rows.dimension_value
        and period_segments.period_start <= daily_rows.calendar_date
        and period_segments.period_end >= daily_rows.calendar_date

    group by 1, 2, 3, 4, 5, 6, 7

)

select * from final
