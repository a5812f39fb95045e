{%- set kept = keep_days('touched_date', key='touch_id', moment='touched_at') -%}
{{ config(enabled=staging_is_on('marketing_touches'), **kept.config) }}

with

source as {{ kept.streamed }} (

    {{ read_input('marketing_touches', kept.of_source) }}

),

known_customers as (

    select * from {{ ref('int_kpi__customers') }}

),

typed as {{ kept.streamed }} (

    select
        touch_id,
        customer_id,
        {{ attribute('channel') }} as channel,
        {{ attribute('campaign') }} as campaign,
        {{ reporting_date('touched_at') }} as touched_date,
        {{ utc_time('touched_at') }} as touched_time,
        {{ utc_time('touched_at', of_days=false) }} as touched_moment,
        touched_at,
        source_name,
        source_rank,
        raw_row

    from source

),

checked as {{ kept.streamed }} (

    select
        typed.*,
        case
            when typed.touch_id is null then {{ because('no_key', words={'column': 'touch_id'}) }}
            when typed.customer_id is null then {{ because('no_key', words={'column': 'customer_id'}) }}
            {{ when_without_day('touched_at', 'typed.touched_date', 'typed.touched_at') }}
            {{ when_from_another_source('marketing_touches', 'typed', 'touch_id') }}
            {{ when_without_customer('typed.customer_id') }}
        end as reject_reason

    from typed

    left join known_customers
        on typed.customer_id = known_customers.customer_id

),

with_status as (

    {{ with_row_status(['touch_id'], day='touched_date', latest_by='touched_time', is_large=true) }}

),

final as (

    select
        touch_id,
        customer_id,
        channel,
        campaign,
        touched_date,
        touched_time,
        touched_moment,
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row,
        {{ kept.built_with }} as built_with

    from with_status

    where {{ kept.is_read }}

)

select *{{ kept.and_month }} from final
