{# The reason for an amount that is more than money can be once it is converted; a case branch. #}
{% macro when_worth_too_much(column, amount, rate, raw) -%}
    when not {{ is_money(amount, rate) }}
                then {{ because(column ~ ' x exchange_rate is too large', raw) }}
{%- endmacro %}

{# Whether two numbers give what money can be: less than 1e15. #}
{% macro is_money(amount, rate) -%}
    (abs(cast({{ amount }} as {{ type_double() }}) * cast({{ rate }} as {{ type_double() }})) < 1e15)
{%- endmacro %}
