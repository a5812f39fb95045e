{# Whether an operational input's staging model is enabled: its own input and those it hangs on are mapped. #}
{% macro staging_is_on(input) -%}
    {%- set needs = {'order_lines': ['orders'], 'refunds': ['orders', 'order_lines']} -%}
    {{ return(has_input(input, *needs.get(input, []))) }}
{%- endmacro %}
