-- rows staged = accepted + rejected + duplicates + later ones; source rows are counted before staging touches them
{{ config(enabled=any_input_is_mapped()) }}
select *

from {{ ref('kpi__reconciliation') }}

where
    rows_read != rows_accepted + rows_rejected + duplicates_dropped
    or source_rows != rows_read + rows_after_as_of + rows_beyond_lookback
    or rows_rejected != (
        select count(*)
        from {{ ref('kpi__rejected_rows') }} as rejected_rows
        where rejected_rows.input = kpi__reconciliation.input
    )
    or (
        rows_beyond_lookback != 0
        and input_status != 'unread'
        and input not in ('product_events', 'marketing_touches', 'orders', 'order_lines')
    )
