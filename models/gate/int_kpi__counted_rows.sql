{{ config(enabled=gate_is_on()) }}
{%- set counted = {} -%}
{%- if has_input('orders', 'order_lines') -%}
    {%- do counted.update({'orders': ('fct_kpi__order_lines', 'not is_cancelled')}) -%}
    {%- do counted.update({'order_lines': ('fct_kpi__order_lines', 'not is_cancelled')}) -%}
{%- endif -%}
{%- if staging_is_on('refunds') -%}
    {%- do counted.update({'refunds': ('fct_kpi__refunds', 'not is_cancelled')}) -%}
{%- endif -%}
{%- if has_input('subscriptions') -%}
    {%- do counted.update({'subscriptions': ('fct_kpi__subscription_versions', 'mrr != 0')}) -%}
{%- endif %}

with

final as (

    {% for input, (fact, condition) in counted.items() -%}
    select
        '{{ input }}' as input,
        count(*) as counted_rows

    from {{ ref(fact) }}

    where {{ condition }}

    union all

    {% endfor -%}
    select
        cast(null as {{ dbt.type_string() }}) as input,
        0 as counted_rows

    where 1 = 0

)

select * from final
