{{ config(enabled=has_input('support_tickets'), materialized='view') }}

with

support_tickets as (

    select * from {{ ref('fct_kpi__support_tickets') }}

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

final as (

    select
        'support_tickets' as input,
        support_tickets.ticket_id as row_key,
        support_tickets.opened_date as row_date,
        period_days.period_grain,
        period_days.period_start,
        {{ columns_from(attributes_and_source('customers'), 'support_tickets') }}
        1 as tickets_opened,
        0 as tickets_solved,
        cast(null as {{ type_double() }}) as resolution_hours

    from support_tickets

    inner join period_days
        on support_tickets.opened_date = period_days.calendar_date

    union all

    select
        'support_tickets' as input,
        support_tickets.ticket_id as row_key,
        support_tickets.solved_date as row_date,
        period_days.period_grain,
        period_days.period_start,
        {{ columns_from(attributes_and_source('customers'), 'support_tickets') }}
        0 as tickets_opened,
        1 as tickets_solved,
        support_tickets.resolution_hours

    from support_tickets

    inner join period_days
        on support_tickets.solved_date = period_days.calendar_date

)

select * from final
