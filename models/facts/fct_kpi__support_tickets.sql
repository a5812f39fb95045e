{{ config(enabled=has_input('support_tickets')) }}

with

support_tickets as (

    select * from {{ ref('stg_kpi__support_tickets') }}

    where row_status = 'accepted'

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

final as (

    select
        support_tickets.ticket_id,
        support_tickets.customer_id,
        {{ customer_attributes() }},
        support_tickets.opened_date,
        support_tickets.solved_date,
        case
            when support_tickets.solved_date is not null
                then cast({{ dbt.datediff(
                    'support_tickets.opened_time',
                    'support_tickets.solved_time',
                    'second',
                ) }} as {{ type_double() }}) / 3600
        end as resolution_hours

    from support_tickets

    left join customers
        on support_tickets.customer_id = customers.customer_id

)

select * from final
