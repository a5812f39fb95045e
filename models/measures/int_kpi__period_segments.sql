{#- grain: period grain x period x segment: the frame of every mart, so that an empty period shows -#}
{{ config(enabled=marts_are_on()) }}
with

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

daily_rows as (

    select
        dimension,
        dimension_value

    from {{ ref('int_kpi__daily_revenue_and_costs') }}
    {% if has_input('subscriptions') %}
    union all

    select
        dimension,
        dimension_value

    from {{ ref('int_kpi__daily_subscription_revenue') }}
    {% endif %}
),

segments as (

    select distinct
        dimension,
        dimension_value

    from daily_rows

),

final as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        segments.dimension,
        segments.dimension_value,
        periods.previous_period_start,
        periods.year_ago_period_start,
        periods.months_in_period,
        periods.is_complete_period

    from periods

    cross join segments

)

select * from final
