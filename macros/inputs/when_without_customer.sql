{# The reason for a row that names a customer whom customers doesn't hold; a case branch that reads known_customers. #}
{% macro when_without_customer(customer_id) -%}
    {%- if has_input('customers') -%}
    when {{ customer_id }} is not null and known_customers.customer_id is null
                then {{ because('its customer is not in customers', customer_id) }}
    {%- endif -%}
{%- endmacro %}

{# The accepted customers, for that reason: a select. #}
{% macro known_customers() -%}
    select customer_id

    from {{ optional_input(
        'customers', {'customer_id': dbt.type_string()}
    ) }}

    where row_status = 'accepted'
{%- endmacro %}
