{# An external id, if it is that of a customer whom a mapped input knows; where customers isn't mapped nobody can say. What is nobody's counts all the same, as of no customer. #}
{% macro known_customer_id(external_id) -%}
    {{ 'known_customers.customer_id' if has_input('customers') else external_id }}
{%- endmacro %}

{# The join with these customers: what connectors and the user's own models have of them, as staging is built later. #}
{% macro join_known_customers(external_id) -%}
    {%- if has_input('customers') -%}
    left join (
        select distinct customer_id

        from (
            {%- for name in input_mapping().customers %}
            select {{ text('customer_id') }} as customer_id from {{ input_relation(name) }}
            {{ 'union all' if not loop.last }}
            {%- endfor %}
        ) as mapped_customers
    ) as known_customers
        on {{ external_id }} = known_customers.customer_id
    {%- endif -%}
{%- endmacro %}
