{{ config(enabled=has_input('support_tickets')) }}

with

ticket_rows as (

    select * from {{ ref('int_kpi__ticket_rows') }}

),

final as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(dimensions_of('customers')) }},
        sum(tickets_opened) as tickets_opened,
        sum(tickets_solved) as tickets_solved,
        percentile_cont(0.5) within group (order by resolution_hours)
            as median_resolution_hours

    from ticket_rows

    group by {{ dimension_sets(
        ['period_grain', 'period_start'], dimensions_of('customers')
    ) }}

)

select * from final
