{#- grain: period grain x period x segment with an active user: counted anew for each grain, never summed up -#}
{{ config(enabled=has_input('product_events')) }}
{#- months are counted in any case: stickiness divides by them -#}
{%- set grains = (setting('period_grains') + ['month']) | unique | list %}

with

user_days as (

    select * from {{ ref('fct_kpi__user_days') }}

    where qualifying_events > 0

),

-- quarters and years are made of months: fewer rows than days
user_months as (

    select
        {{ period_start('month', 'active_date') }} as active_date,
        user_id,
        customer_id,
        country,
        segment,
        acquisition_channel

    from user_days

    group by 1, 2, 3, 4, 5, 6

),

user_periods as (

    {% for grain in grains -%}
    select
        '{{ grain }}' as period_grain,
        {{ period_start(grain, 'active_date') }} as period_start,
        user_id,
        customer_id,
        country,
        segment,
        acquisition_channel

    from {{ 'user_days' if grain in ('day', 'week') else 'user_months' }}

    group by 1, 2, 3, 4, 5, 6, 7
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(customer_dimensions()) }},
        count(distinct user_id) as active_users,
        count(distinct customer_id) as active_customers

    from user_periods

    group by {{ dimension_sets(
        ['period_grain', 'period_start'], customer_dimensions()
    ) }}

)

select * from final
