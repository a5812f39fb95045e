{# The staging models of all mapped operational inputs, one under the other: input, key, status, reason, raw row, whether a rate was carried; number_of_rows that a row stands for. #}
{% macro union_of_staging() -%}
    {%- set keys = {
        'customers': 'customer_id', 'orders': 'order_id', 'order_lines': 'order_line_id', 'refunds': 'refund_id',
        'subscriptions': 'subscription_id', 'marketing_spend': 'channel', 'operating_expenses': 'expense_id',
        'ledger_revenue': 'ledger_line_id',
        'marketing_touches': 'touch_id', 'product_events': 'event_id', 'survey_responses': 'response_id',
        'support_tickets': 'ticket_id', 'exchange_rates': 'currency_code', 'kpi_targets': 'kpi_id',
        'calendar': 'date_text',
    } -%}
    {%- set with_rates = ['orders', 'refunds', 'subscriptions', 'marketing_spend', 'operating_expenses', 'ledger_revenue'] -%}
    {%- for input, key in keys.items() if staging_is_on(input) %}
    select
        '{{ input }}' as input,
        source_name,
        cast({{ key }} as {{ dbt.type_string() }}) as row_key,
        row_status,
        reject_reason,
        {{ 'is_rate_carried' if input in with_rates else 'false' }} as is_rate_carried,
        case when row_status = 'rejected' then raw_row end as raw_row,
        {{ 'events' if input == 'product_events' else 1 }} as number_of_rows

    from {{ ref('stg_kpi__' ~ input) }}
    union all
    {%- endfor %}
    {#- no row, but the shape: it stands where none is staged #}
    {%- set text = dbt.type_string() %}
    select
        cast(null as {{ text }}) as input,
        cast(null as {{ text }}) as source_name,
        cast(null as {{ text }}) as row_key,
        cast(null as {{ text }}) as row_status,
        cast(null as {{ text }}) as reject_reason,
        false as is_rate_carried,
        cast(null as {{ text }}) as raw_row,
        0 as number_of_rows

    where 1 = 0
{%- endmacro %}
