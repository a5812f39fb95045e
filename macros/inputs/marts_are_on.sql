{# Whether there is something to measure: subscriptions, or orders with their lines. #}
{% macro marts_are_on() -%}
    {{ return(has_input('subscriptions') or has_input('orders', 'order_lines')) }}
{%- endmacro %}

{# Whether any operational input is staged. #}
{% macro any_staging_is_on() -%}
    {%- set staged = [] -%}
    {%- for input in input_contract() if not input.startswith('okr_') and staging_is_on(input) -%}
        {%- do staged.append(input) -%}
    {%- endfor -%}
    {{ return(staged | length > 0) }}
{%- endmacro %}
