{#- grain: day x segment with an active user -#}
{{ config(enabled=has_input('product_events')) }}

with

user_days as (

    select * from {{ ref('fct_kpi__user_days') }}

    where qualifying_events > 0

),

final as (

    select
        active_date,
        {{ dimension_columns(customer_dimensions()) }},
        count(distinct user_id) as active_users

    from user_days

    group by {{ dimension_sets(['active_date'], customer_dimensions()) }}

)

select * from final
