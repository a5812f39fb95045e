{#- grain: row of marketing_touches -#}
{{ config(
    enabled=staging_is_on('marketing_touches'),
    materialized=incremental_materialization(),
    incremental_strategy=adding_rows('delete+insert'),
    partition_by=kept_parts(),
    unique_key='touch_id',
    on_schema_change='fail',
    pre_hook="{{ forget_days('touched_date', read_day('touched_date')) }}",
) }}
{%- set start = reread_from(read_day('touched_date')) %}

with

source as {{ streamed() }} (

    {{ read_input('marketing_touches', may_be_reread('touched_at', start)) }}

),

known_customers as (

    {{ known_customers() }}

),

typed as {{ streamed() }} (

    select
        {{ id_of('touch_id') }} as touch_id,
        {{ id_of('customer_id') }} as customer_id,
        {{ attribute('channel') }} as channel,
        {{ attribute('campaign') }} as campaign,
        {{ reporting_date('touched_at') }} as touched_date,
        {{ utc_time('touched_at') }} as touched_time,
        {{ known_moment('touched_at') }} as touched_moment,
        touched_at,
        source_name,
        source_rank,
        raw_row

    from source

),

checked as {{ streamed() }} (

    select
        typed.*,
        case
            when typed.touch_id is null then 'no touch_id'
            when typed.customer_id is null then 'no customer_id'
            {{ when_without_day('touched_at', 'typed.touched_date', 'typed.touched_at') }}
            {{ when_from_another_source('marketing_touches', 'typed', 'touch_id') }}
            {{ when_without_customer('typed.customer_id') }}
        end as reject_reason

    from typed

    left join known_customers
        on typed.customer_id = known_customers.customer_id

),

numbered as (

    {{ checked_with_copy_number('touch_id', day='touched_date', latest_by='touched_time') }}

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
        {{ row_status(day='touched_date') }} as row_status,
        reject_reason,
        source_name,
        {{ rejected_row() }} as raw_row,
        '{{ built_with() }}' as built_with

    from numbered

    where {{ is_reread('touched_date', start) }}

)

select *{{ and_kept_month('touched_date') }} from final
