{# The dimensions that are attributes of a customer; plan and product_category are of what is bought. #}
{% macro customer_dimensions() -%}
    {{ return(['country', 'segment', 'acquisition_channel']) }}
{%- endmacro %}
