{#- grain: row of marketing_touches -#}
{{ config(enabled=staging_is_on('marketing_touches')) }}

with

source as (

    {{ read_input('marketing_touches') }}

),

known_customers as (

    {{ known_customers() }}

),

typed as (

    select
        {{ text('touch_id') }} as touch_id,
        {{ text('customer_id') }} as customer_id,
        {{ attribute('channel') }} as channel,
        {{ attribute('campaign') }} as campaign,
        {{ reporting_date('touched_at') }} as touched_date,
        {{ utc_time('touched_at') }} as touched_time,
        touched_at,
        source_name,
        source_rank,
        raw_row

    from source

),

checked as (

    select
        typed.*,
        case
            when typed.touch_id is null then 'no touch_id'
            when typed.customer_id is null then 'no customer_id'
            {{ when_without_day('touched_at', 'typed.touched_date') }}
            {{ when_from_another_source('typed', 'touch_id') }}
            {{ when_without_customer('typed.customer_id') }}
        end as reject_reason

    from typed

    left join known_customers
        on typed.customer_id = known_customers.customer_id

),

final as (

    select
        touch_id,
        customer_id,
        channel,
        campaign,
        touched_date,
        touched_time,
        {{ row_status(
            ['touch_id'], day='touched_date', latest_by='touched_at'
        ) }} as row_status,
        reject_reason,
        source_name,
        raw_row

    from checked

)

select * from final
