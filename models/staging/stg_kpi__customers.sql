{#- grain: row of customers -#}
{{ config(enabled=has_input('customers')) }}

with

source as (

    {{ read_input('customers') }}

),

typed as (

    select
        {{ id_of('customer_id') }} as customer_id,
        {{ attributes('customers') }}
        {{ reporting_date('created_at') }} as created_date,
        created_at,
        source_name,
        raw_row

    from source

),

checked as (

    select
        *,
        case
            when customer_id is null then 'no customer_id'
            when {{ is_unreadable('created_at', 'created_date') }}
                then 'created_at is not a date'
        end as reject_reason

    from typed

),

final as (

    select
        customer_id,
        {{ columns_from(attributes_of('customers')) }}
        created_date,
        {{ row_status(['customer_id'], latest_by='created_at') }} as row_status,
        reject_reason,
        source_name,
        {{ rejected_row() }} as raw_row

    from checked

)

select * from final
