{# The attributes of a row's customer; unknown where the row has no known customer. #}
{% macro customer_attributes() -%}
    coalesce(customers.country, 'unknown') as country,
        coalesce(customers.segment, 'unknown') as segment,
        coalesce(customers.acquisition_channel, 'unknown')
            as acquisition_channel
{%- endmacro %}
