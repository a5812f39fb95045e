{# An amount in the reporting currency, to a millionth; most are in it. #}
{% macro to_reporting_currency(amount, rate) -%}
    case
            when {{ rate }} = 1 then cast({{ amount }} as numeric(28, 6))
            else {{ to_millionths('cast(' ~ amount ~ ' as numeric(28, 6)) * cast(' ~ rate ~ ' as numeric(18, 9))') }}
        end
{%- endmacro %}
