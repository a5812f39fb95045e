{#- grain: period grain x period x segment in which a ticket was opened or solved -#}
{{ config(enabled=has_input('support_tickets')) }}

with

support_tickets as (

    select * from {{ ref('fct_kpi__support_tickets') }}

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

rows_of_tickets as (

    {% for event in ['opened', 'solved'] -%}
    select
        period_days.period_grain,
        period_days.period_start,
        {{ columns_from(customer_columns(), 'support_tickets') }}
        {{ 1 if event == 'opened' else 0 }} as tickets_opened,
        {{ 1 if event == 'solved' else 0 }} as tickets_solved,
        {{ 'support_tickets.resolution_hours' if event == 'solved'
            else 'cast(null as ' ~ type_double() ~ ')' }} as resolution_hours

    from support_tickets

    inner join period_days
        on support_tickets.{{ event }}_date = period_days.calendar_date
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(customer_dimensions()) }},
        sum(tickets_opened) as tickets_opened,
        sum(tickets_solved) as tickets_solved,
        percentile_cont(0.5) within group (order by resolution_hours)
            as median_resolution_hours

    from rows_of_tickets

    group by {{ dimension_sets(
        ['period_grain', 'period_start'], customer_dimensions()
    ) }}

)

select * from final
