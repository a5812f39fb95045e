{#- grain: rejected row of product_events; of all others status x user x customer x day (unknown customers are one) -#}
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

source as {{ streamed() }} (

    {{ read_input('product_events', may_be_reread('occurred_at', start)) }}

),

known_customers as (

    {{ known_customers() }}

),

typed as {{ streamed() }} (

    select
        {{ id_of('event_id') }} as event_id,
        {{ id_of('customer_id') }} as customer_id,
        {{ id_of('user_id') }} as user_id,
        {{ text('event_name') }} as event_name,
        {{ reporting_date('occurred_at') }} as occurred_date,
        {{ utc_time('occurred_at') }} as occurred_time,
        occurred_at,
        source_name,
        source_rank,
        raw_row

    from source

),

checked as {{ streamed() }} (

    select
        typed.*,
        case
            when typed.event_id is null then 'no event_id'
            when typed.user_id is null then 'no user_id'
            when typed.event_name is null then 'no event_name'
            {{ when_without_day('occurred_at', 'typed.occurred_date', 'typed.occurred_at') }}
            {{ when_from_another_source('product_events', 'typed', 'event_id') }}
            {{ when_without_customer('typed.customer_id') }}
        end as reject_reason

    from typed

    left join known_customers
        on typed.customer_id = known_customers.customer_id

),

numbered as (

    {{ checked_with_copy_number('event_id', day='occurred_date', latest_by='occurred_time') }}

),

with_status as (

    select
        *,
        {{ row_status(day='occurred_date') }} as row_status

    from numbered

    where {{ is_reread('occurred_date', start) }}

),

final as (

    select
        customer_id,
        user_id,
        occurred_date,
        row_status,
        reject_reason,
        -- these keep one rejected row apart from the next, and are null for rows that are counted
        {% for column in ['event_id', 'source_name', 'copy_number', 'raw_row'] -%}
        case
            when row_status = 'rejected' then {{ raw_row_as_json() if column == 'raw_row' else column }}
        end as {{ column }},
        {% endfor -%}
        '{{ built_with() }}' as built_with,
        count(*) as events,
        {{ count_of_events(setting('usage_events')) }} as qualifying_events,
        {{ count_of_events([setting('activation_event')])
            if setting('activation_event')
            else 'cast(0 as ' ~ dbt.type_bigint() ~ ')' }} as activation_events

    from with_status

    group by 1, 2, 3, 4, 5, 6, 7, 8, 9

)

select *{{ and_kept_month('occurred_date') }} from final
