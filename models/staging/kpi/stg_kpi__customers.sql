{{ config(enabled=has_input('customers')) }}

with

source as (

    {{ read_input('customers') }}

),

typed as (

    select
        customer_id,
        {{ columns_from(attributes_of('customers')) }}
        {{ reporting_date('created_at') }} as created_date,
        {{ utc_time('created_at') }} as created_time,
        created_at,
        source_name,
        raw_row

    from source

),

checked as (

    select
        *,
        case
            when customer_id is null then {{ because('no_key', words={'column': 'customer_id'}) }}
            {{ when_not_a_time('created_at', 'created_date', 'created_at') }}
            when created_date > {{ last_day_read() }}
                then {{ because('too_late', 'created_at', {'column': 'created_at'}) }}
        end as reject_reason

    from typed

),

with_status as (

    {{ with_row_status(
        ['customer_id'],
        day='created_date',
        latest_by='created_time',
    ) }}

),

final as (

    select
        customer_id,
        {{ columns_from(attributes_of('customers')) }}
        created_date,
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row

    from with_status

)

select * from final
