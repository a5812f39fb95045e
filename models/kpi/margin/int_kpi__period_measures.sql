{#- grain: period grain x period x segment: the daily measures rolled up -#}
{{ config(enabled=revenue_is_on()) }}
{%- set measures = [
    'orders', 'order_lines', 'costed_lines', 'order_revenue', 'refunds',
    'order_refunds', 'order_cost', 'marketing_spend', 'ledger_cost_of_revenue',
    'ledger_variable', 'ledger_sales_and_marketing', 'ledger_other',
    'subscription_revenue'
] -%}
{%- set inputs = {
    'refunds': 'refunds', 'marketing_spend': 'marketing_spend',
    'subscription_revenue': 'subscriptions'
} -%}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

),

daily_rows as (

    select
        calendar_date,
        dimension,
        dimension_value,
        {% for measure in measures[:-1] -%}
        {{ measure }},
        {% endfor -%}
        cast(0 as numeric(38, 10)) as subscription_revenue

    from {{ ref('int_kpi__daily_revenue_and_costs') }}
    {% if has_input('subscriptions') %}
    union all

    select
        calendar_date,
        dimension,
        dimension_value,
        {% for measure in measures[:-1] -%}
        null as {{ measure }},
        {% endfor -%}
        subscription_revenue

    from {{ ref('int_kpi__daily_subscription_revenue') }}
    {% endif %}
),

final as (

    select
        period_segments.period_grain,
        period_segments.period_start,
        period_segments.period_end,
        period_segments.period_label,
        period_segments.is_complete_period,
        period_segments.dimension,
        period_segments.dimension_value,
        {% for measure in measures -%}
        {%- set input = 'operating_expenses' if measure.startswith('ledger_')
            else inputs.get(measure, 'orders') -%}
        -- rounded once, so that the published parts give the published ratios
        cast({{ known(
            'coalesce(sum(daily_rows.' ~ measure ~ '), 0)', [input], 'max'
        ) }} as numeric(38, 6)) as {{ measure }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from period_segments

    left join daily_rows
        on period_segments.dimension = daily_rows.dimension
        and period_segments.dimension_value = daily_rows.dimension_value
        and period_segments.period_start <= daily_rows.calendar_date
        and period_segments.period_end >= daily_rows.calendar_date

    group by 1, 2, 3, 4, 5, 6, 7

)

select * from final
