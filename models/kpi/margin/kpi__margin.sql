{{ config(enabled=revenue_is_on()) }}
{%- set spend = 'marketing_spend' if has_input('marketing_spend') else 'null' -%}
{%- set ledger = ['ledger_variable', 'ledger_sales_and_marketing', 'ledger_other'] -%}
{#- ads that the ledger holds aren't added to it -#}
{%- set expenses = ledger + ([] if policy('ad_spend_in_ledger') else ['marketing_spend'])
    if has_input('operating_expenses') else ['null'] %}

with

measures as (

    select * from {{ ref('int_kpi__period_measures') }}

),

totals as (

    select
        period_grain,
        period_start,
        ledger_cost_of_revenue as total_ledger_cost_of_revenue,
        ledger_variable as total_ledger_variable,
        -- whether any cost of revenue is known in all of the data
        sum(
            coalesce(costed_lines, 0) + abs(coalesce(ledger_cost_of_revenue, 0))
        ) over (
            partition by period_grain
        ) as total_costs_known

    from measures

    where dimension = 'total'

),

allocated as (

    select
        measures.*,
        totals.total_costs_known > 0 as has_known_costs,
        -- ledger costs stand at total alone; a segment's cost is known only
        -- where the period's ledger holds none of that kind
        measures.dimension = 'total'
        or totals.total_ledger_cost_of_revenue = 0 as is_cost_allocated,
        measures.dimension = 'total'
        or totals.total_ledger_variable = 0 as is_variable_allocated,
        measures.{{ is_total_or(spend_dimensions()) }} as is_spend_allocated

    from measures

    inner join totals
        on measures.period_grain = totals.period_grain
        and measures.period_start = totals.period_start

),

components as (

    select
        *,
        order_revenue - refunds + subscription_revenue as net_revenue,
        case
            when not is_cost_allocated or not has_known_costs then null
            -- lines without any unit cost are an unknown cost, not no cost
            when
                costed_lines = 0 and ledger_cost_of_revenue = 0
                and (order_lines > 0 or subscription_revenue != 0)
                then null
            else order_cost + ledger_cost_of_revenue
        end as cost_of_revenue,
        cast(case when is_spend_allocated then {{ spend }} end
            as numeric(38, 6)) as allocated_spend,
        case when is_variable_allocated then ledger_variable end
            as variable_costs,
        cast(case when dimension = 'total' then {{ expenses | join(' + ') }} end
            as numeric(38, 6)) as operating_expenses

    from allocated

),

profits as (

    select
        *,
        net_revenue - cost_of_revenue as gross_profit,
        net_revenue - cost_of_revenue - allocated_spend - variable_costs
            as contribution_profit,
        net_revenue - cost_of_revenue - operating_expenses
            as operating_income

    from components

),

final as (

    select
        period_grain,
        period_start,
        period_end,
        period_label,
        is_complete_period,
        dimension,
        dimension_value,
        cast(orders as bigint) as orders,
        cast(order_revenue as numeric(38, 6)) as order_revenue,
        cast(refunds as numeric(38, 6)) as refunds,
        cast(order_refunds as numeric(38, 6)) as order_refunds,
        cast(subscription_revenue as numeric(38, 6)) as subscription_revenue,
        cast(net_revenue as numeric(38, 6)) as net_revenue,
        cast(cost_of_revenue as numeric(38, 6)) as cost_of_revenue,
        cast(gross_profit as numeric(38, 6)) as gross_profit,
        {{ ratio('gross_profit', 'net_revenue') }} as gross_margin,
        cast(allocated_spend as numeric(38, 6)) as marketing_spend,
        cast(variable_costs as numeric(38, 6)) as variable_costs,
        cast(contribution_profit as numeric(38, 6)) as contribution_profit,
        {{ ratio('contribution_profit', 'net_revenue') }}
            as contribution_margin,
        cast(operating_expenses as numeric(38, 6)) as operating_expenses,
        cast(operating_income as numeric(38, 6)) as operating_income,
        {{ ratio('operating_income', 'net_revenue') }} as operating_margin,
        {{ ratio('order_revenue', 'orders') }} as average_order_value,
        {{ ratio('order_refunds', 'order_revenue') }} as refund_rate

    from profits

)

select * from final
