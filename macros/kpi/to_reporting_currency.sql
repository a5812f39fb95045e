{# An amount in the reporting currency, to a millionth; most are in it. Null where that is more than money can be (when_worth_too_much): a decimal would overflow. #}
{% macro to_reporting_currency(amount, rate) -%}
    case
            when {{ rate }} = 1 then cast({{ amount }} as numeric(28, 6))
            when {{ is_money(amount, rate) }}
                then {{ to_millionths('cast(' ~ amount ~ ' as numeric(28, 6)) * cast(' ~ rate ~ ' as numeric(18, 9))') }}
        end
{%- endmacro %}
