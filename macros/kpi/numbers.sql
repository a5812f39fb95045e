{# A ratio as numeric(38, 12): null where the denominator is 0 or null, and where it comes to 1e18 or more, which no money has; whole numbers
   don't divide as such on PostgreSQL. #}
{% macro ratio(numerator, denominator) -%}
    {%- set top, bottom = 'cast(' ~ numerator ~ ' as ' ~ type_double() ~ ')', 'cast(' ~ denominator ~ ' as ' ~ type_double() ~ ')' -%}
    cast(
        {{ top }}
        / case when abs({{ top }}) < 1e18 * abs({{ bottom }}) then {{ bottom }} end
        as numeric(38, 12)
    )
{%- endmacro %}

{# The mean of a decimal as an 8-byte float: an exact sum divided once, so that no engine's order of rows shows in it. #}
{% macro exact_mean(value) -%}
    cast(sum({{ value }}) as {{ type_double() }}) / nullif(count({{ value }}), 0)
{%- endmacro %}

{# A product of decimals, to a millionth: DuckDB rounds digits away in less time than it casts them away. #}
{% macro to_millionths(product) -%}
    cast(round({{ product }}, 6) as numeric(28, 6))
{%- endmacro %}

{# An amount in the reporting currency, to a millionth; most are in it. Null where that is more than money can be (when_worth_too_much): a decimal would overflow. #}
{% macro to_reporting_currency(amount, rate) -%}
    case
            when {{ rate }} = 1 then cast({{ amount }} as numeric(28, 6))
            when {{ is_money(amount, rate) }}
                then {{ to_millionths('cast(' ~ amount ~ ' as numeric(28, 6)) * cast(' ~ rate ~ ' as numeric(18, 9))') }}
        end
{%- endmacro %}
