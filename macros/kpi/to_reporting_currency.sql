{# An amount in the reporting currency, to a millionth; most are in it. To cast digits away is slower than to round them. #}
{% macro to_reporting_currency(amount, rate) -%}
    case
            when {{ rate }} = 1 then cast({{ amount }} as numeric(28, 6))
            else cast(
                round(cast({{ amount }} as numeric(28, 6)) * cast({{ rate }} as numeric(18, 9)), 6)
                as numeric(28, 6)
            )
        end
{%- endmacro %}
