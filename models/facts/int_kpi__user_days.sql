{#- grain: user x customer x day with an event; product events are read here alone -#}
{{ config(
    enabled=has_input('product_events'),
    materialized=incremental_materialization(),
    incremental_strategy=adding_rows('append'),
    partition_by=kept_parts(),
    on_schema_change='fail',
    pre_hook="{{ forget_days('active_date', 'active_date') }}",
) }}
{%- set start = reread_from('active_date') %}

with

product_events as (

    select * from {{ ref('stg_kpi__product_events') }}

    where row_status = 'accepted' and {{ is_reread('occurred_date', start) }}

),

final as (

    select
        user_id,
        customer_id,
        occurred_date as active_date,
        '{{ built_with() }}' as built_with,
        count(*) as events,
        {{ count_of_events(setting('usage_events')) }} as qualifying_events,
        {{ count_of_events([setting('activation_event')])
            if setting('activation_event')
            else 'cast(0 as ' ~ dbt.type_bigint() ~ ')' }} as activation_events

    from product_events

    group by 1, 2, 3, 4

)

select *{{ and_kept_month('active_date') }} from final
