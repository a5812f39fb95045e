{# Whether an operational input's staging model is enabled: its own input and those it hangs on are mapped. #}
{% macro staging_is_on(input) -%}
    {%- if input == 'refunds' -%}
        {{ return(has_input('refunds') and revenue_is_on()) }}
    {%- endif -%}
    {{ return(has_input(input, *{'order_lines': ['orders']}.get(input, []))) }}
{%- endmacro %}
