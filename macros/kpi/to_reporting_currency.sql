{# An amount in the reporting currency, to a millionth. #}
{% macro to_reporting_currency(amount, rate) -%}
    cast(
        cast({{ amount }} as numeric(28, 6)) * cast({{ rate }} as numeric(18, 9))
        as numeric(28, 6)
    )
{%- endmacro %}
