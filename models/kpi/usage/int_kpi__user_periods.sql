{{ config(enabled=has_input('product_events'), materialized='ephemeral') }}
{#- days and months are counted in any case: stickiness divides their means -#}
{%- set grains = (setting('period_grains') + ['day', 'month']) | unique | list %}

with

user_days as (

    select * from {{ ref('fct_kpi__user_days') }}

    where qualifying_events > 0

),

-- quarters and years are made of months: fewer rows than days
user_months as (

    select distinct
        {{ period_start('month', 'user_days.active_date') }} as active_date,
        user_days.user_id,
        user_days.customer_id

    from user_days
    {{ join_calendar('user_days.active_date') }}

),

final as (

    {% for grain in grains -%}
    {%- set rows = 'user_days' if grain in ('day', 'week') else 'user_months' %}
    {#- a user's days and months stand once already #}
    select{{ ' distinct' if grain not in ('day', 'month') }}
        '{{ grain }}' as period_grain,
        {{ period_start(grain, rows ~ '.active_date') }} as period_start,
        {{ rows }}.user_id,
        {{ rows }}.customer_id

    from {{ rows }}
    {{ join_calendar(rows ~ '.active_date') if is_of_calendar(grain) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
