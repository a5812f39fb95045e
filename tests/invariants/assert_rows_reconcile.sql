-- rows staged = accepted + rejected + duplicates + later ones; source rows are counted before staging touches them
{{ config(enabled=gate_is_on()) }}

{% call where_parents_are_built() %}
with

rejected_rows as (

    select
        input,
        count(*) as listed_rows

    from {{ ref('kpi__rejected_rows') }}

    group by 1

),

reconciliation as (

    select * from {{ ref('kpi__reconciliation') }}

)

select reconciliation.*

from reconciliation

left join rejected_rows on reconciliation.input = rejected_rows.input

where
    reconciliation.rows_read
    != reconciliation.rows_accepted + reconciliation.rows_rejected + reconciliation.duplicates_dropped
    or reconciliation.source_rows
    != reconciliation.rows_read + reconciliation.rows_after_as_of + reconciliation.rows_beyond_lookback
    or reconciliation.rows_rejected != coalesce(rejected_rows.listed_rows, 0)
    or (
        reconciliation.rows_beyond_lookback != 0
        and reconciliation.input_status != 'unread'
        and reconciliation.input not in ('product_events', 'marketing_touches', 'orders', 'order_lines')
    )
{% endcall %}
