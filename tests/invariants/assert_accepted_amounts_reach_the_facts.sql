-- amounts of accepted rows in their own currency = amounts in the facts
{{ config(enabled=revenue_is_on()) }}
{%- set pairs = [
    ('refunds', 'amount', 'fct_kpi__refunds'),
    ('marketing_spend', 'amount', 'fct_kpi__marketing_spend'),
    ('operating_expenses', 'amount', 'fct_kpi__operating_expenses'),
    ('ledger_revenue', 'amount', 'fct_kpi__ledger_revenue'),
    ('order_lines', to_millionths('quantity * unit_price') ~ ' - discount_amount', 'fct_kpi__order_lines'),
    ('subscriptions', 'amount * quantity', 'fct_kpi__subscription_versions'),
] %}

{% call where_parents_are_built() %}
{% for input, amount, fact in pairs if staging_is_on(input) -%}
select
    '{{ input }}' as input,
    (
        select sum(cast({{ amount }} as numeric(28, 6)))
        from {{ ref('stg_kpi__' ~ input) }}
        where row_status = 'accepted'
    ) as accepted,
    (select sum(amount) from {{ ref(fact) }}) as in_fact

where
    coalesce((
        select sum(cast({{ amount }} as numeric(28, 6)))
        from {{ ref('stg_kpi__' ~ input) }}
        where row_status = 'accepted'
    ), 0) != coalesce((select sum(amount) from {{ ref(fact) }}), 0)

union all

{% endfor -%}
select
    'none' as input,
    0 as accepted,
    0 as in_fact

where 1 = 0
{% endcall %}
