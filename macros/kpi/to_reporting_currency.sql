{# An amount in the reporting currency, to a millionth; most are in it, and multiplying 38 digits is slow. #}
{% macro to_reporting_currency(amount, rate) -%}
    case
            when {{ rate }} = 1 then cast({{ amount }} as numeric(28, 6))
            else cast(
                cast({{ amount }} as numeric(28, 6)) * cast({{ rate }} as numeric(18, 9))
                as numeric(28, 6)
            )
        end
{%- endmacro %}
