{%- set kept = keep_days('occurred_date', moment='occurred_at') -%}
{{ config(enabled=staging_is_on('product_events'), **kept.config) }}
{%- set usage, activation = setting('usage_events'), setting('activation_event') %}

with

source as {{ kept.streamed }} (

    {{ read_input('product_events', kept.of_source) }}

),

known_customers as (

    select * from {{ ref('int_kpi__customers') }}

),

typed as {{ kept.streamed }} (

    select
        event_id,
        customer_id,
        user_id,
        {{ text('event_name') }} as event_name,
        {{ reporting_date('occurred_at') }} as occurred_date,
        {{ utc_time('occurred_at') }} as occurred_time,
        occurred_at,
        source_name,
        source_rank,
        raw_row

    from source

),

checked as {{ kept.streamed }} (

    select
        typed.*,
        case
            when typed.event_id is null then {{ because('no_key', words={'column': 'event_id'}) }}
            when typed.user_id is null then {{ because('no_key', words={'column': 'user_id'}) }}
            when typed.event_name is null then {{ because('no_key', words={'column': 'event_name'}) }}
            {{ when_without_day('occurred_at', 'typed.occurred_date', 'typed.occurred_at') }}
            {{ when_from_another_source('product_events', 'typed', 'event_id') }}
            {{ when_without_customer('typed.customer_id') }}
        end as reject_reason

    from typed

    left join known_customers
        on typed.customer_id = known_customers.customer_id

),

with_status as (

    {{ with_row_status(['event_id'], day='occurred_date', latest_by='occurred_time', is_large=true) }}

),

final as (

    select
        customer_id,
        user_id,
        occurred_date,
        row_status,
        reject_reason,
        -- these keep one rejected row apart from the next, and are null for rows that are counted
        case when row_status = 'rejected' then event_id end as event_id,
        case when row_status = 'rejected' then source_name end as source_name,
        case when row_status = 'rejected' then copy_number end as copy_number,
        case when row_status = 'rejected' then rejected_row end as raw_row,
        {{ kept.built_with }} as built_with,
        count(*) as events,
        -- one type, so that days counted by other names can be added to
        cast({{ "sum(case when event_name in (" ~ literals(usage) ~ ") then 1 else 0 end)"
            if usage else 'count(*)' }} as {{ dbt.type_bigint() }})
            as qualifying_events,
        cast({{ "sum(case when event_name = " ~ literals([activation]) ~ " then 1 else 0 end)"
            if activation else 0 }} as {{ dbt.type_bigint() }})
            as activation_events

    from with_status

    where {{ kept.is_read }}

    group by 1, 2, 3, 4, 5, 6, 7, 8, 9

)

select *{{ kept.and_month }} from final
