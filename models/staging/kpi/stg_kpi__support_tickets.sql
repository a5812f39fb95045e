{{ config(enabled=staging_is_on('support_tickets')) }}

with

source as (

    {{ read_input('support_tickets') }}

),

known_customers as (

    select * from {{ ref('int_kpi__customers') }}

),

typed as (

    select
        ticket_id,
        customer_id,
        {{ reporting_date('opened_at') }} as opened_date,
        {{ reporting_date('solved_at') }} as solved_date,
        {{ utc_time('opened_at') }} as opened_time,
        {{ utc_time('solved_at') }} as solved_time,
        opened_at,
        solved_at,
        source_name,
        source_rank,
        raw_row

    from source

),

checked as (

    select
        typed.*,
        case
            when typed.ticket_id is null then {{ because('no_key', words={'column': 'ticket_id'}) }}
            {{ when_without_day('opened_at', 'typed.opened_date', 'typed.opened_at') }}
            {{ when_not_a_time('solved_at', 'typed.solved_time', 'typed.solved_at') }}
            when typed.solved_time < typed.opened_time
                then {{ because('solved_before_opened', 'typed.solved_at') }}
            {{ when_from_another_source('support_tickets', 'typed', 'ticket_id') }}
            {{ when_without_customer('typed.customer_id') }}
        end as reject_reason

    from typed

    left join known_customers
        on typed.customer_id = known_customers.customer_id

),

with_status as (

    {{ with_row_status(['ticket_id'], day='opened_date', latest_by='solved_time') }}

),

final as (

    select
        ticket_id,
        customer_id,
        opened_date,
        -- what is solved after the as-of date is open
        case when solved_date <= {{ as_of_date() }} then solved_date end
            as solved_date,
        opened_time,
        solved_time,
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row

    from with_status

)

select * from final
