{#- grain: row of product_events; a row without a customer is of an unknown one -#}
{{ config(
    enabled=staging_is_on('product_events'),
    materialized=incremental_materialization(),
    incremental_strategy=adding_rows('append'),
    partition_by=kept_parts(),
    on_schema_change='fail',
    pre_hook="{{ forget_days('occurred_date', read_day('occurred_date')) }}",
) }}
{%- set start = reread_from(read_day('occurred_date')) %}

with

source as (

    {{ read_input('product_events', may_be_reread('occurred_at', start)) }}

),

known_customers as (

    {{ known_customers() }}

),

typed as (

    select
        {{ text('event_id') }} as event_id,
        {{ text('customer_id') }} as customer_id,
        {{ text('user_id') }} as user_id,
        {{ text('event_name') }} as event_name,
        {{ reporting_date('occurred_at') }} as occurred_date,
        occurred_at,
        source_name,
        source_rank,
        raw_row

    from source

),

checked as (

    select
        typed.*,
        case
            when typed.event_id is null then 'no event_id'
            when typed.user_id is null then 'no user_id'
            when typed.event_name is null then 'no event_name'
            {{ when_without_day('occurred_at', 'typed.occurred_date') }}
            {{ when_from_another_source('product_events', 'typed', 'event_id') }}
            {{ when_without_customer('typed.customer_id') }}
        end as reject_reason

    from typed

    left join known_customers
        on typed.customer_id = known_customers.customer_id

),

numbered as (

    {{ checked_with_copy_number('event_id', day='occurred_date', latest_by='occurred_at') }}

),

final as (

    select
        event_id,
        customer_id,
        user_id,
        event_name,
        occurred_date,
        {{ row_status(day='occurred_date') }} as row_status,
        reject_reason,
        source_name,
        case when reject_reason is not null then raw_row end as raw_row,
        '{{ built_with() }}' as built_with

    from numbered

    where {{ is_reread('occurred_date', start) }}

)

select *{{ and_kept_month('occurred_date') }} from final
