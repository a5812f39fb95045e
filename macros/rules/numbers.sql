{# Numbers and days in words: what a language writes differently is in the list written_as of macros/rules/words.sql. #}

{# A value as text, the same in all languages: for keys, counts and what is read again. A day is 2026-09-13. #}
{% macro as_text(value) -%}
    {{ dbt.safe_cast(value, dbt.type_string()) }}
{%- endmacro %}

{# A number as text for a reader: in the unit of its KPI to two decimals (0.0377 is 3.77%); without a unit as a seed has it, to four.
   By way of eight decimals, so that a half that a float has blurred is rounded alike on all engines. #}
{% macro number_text(value, unit=none) -%}
    {%- set exact = 'cast(' ~ value ~ ' as numeric(38, 8))' -%}
    {%- if unit is none -%}
    {{ as_text('cast(' ~ exact ~ ' as numeric(28, 4))') }}
    {%- else -%}
    {%- set scaled = exact ~ ' * case when ' ~ unit ~ " = 'ratio' then 100 else 1 end" -%}
    {#- 80.00 as 80; the space marks the end of the number -#}
    {%- set digits = "replace(replace(" ~ as_text('cast(' ~ scaled ~ ' as numeric(28, 2))') ~ " || ' ', '.00 ', ''), ' ', '')" -%}
    {%- set mark = say('words', 'written_as', part='decimal_mark') -%}
    {%- set number = digits if mark == "'.'" else 'replace(' ~ digits ~ ", '.', " ~ mark ~ ')' -%}
    {%- set currency = dbt.string_literal(setting('reporting_currency')) -%}
    case {{ unit }}
            {%- for name in ['ratio', 'currency', 'months', 'hours'] %}
            when '{{ name }}' then {{ say('words', 'written_as', {'number': number, 'currency': currency}, name) }}
            {%- endfor %}
            else {{ number }}
        end
    {%- endif -%}
{%- endmacro %}

{# A share as text for a reader, in whole percents: 0.254 is 25%. #}
{% macro percent(share) -%}
    {{ say('words', 'written_as', {'number': as_text('cast(round(' ~ share ~ ' * 100) as numeric(38, 0))')}, 'ratio') }}
{%- endmacro %}

{# A day as text for a reader. #}
{% macro day_text(date) -%}
    {%- set iso = as_text(date) -%}
    {{ say('words', 'written_as', {
        'iso': iso,
        'day': 'substring(' ~ iso ~ ', 9, 2)',
        'month': 'substring(' ~ iso ~ ', 6, 2)',
        'year': 'substring(' ~ iso ~ ', 1, 4)',
    }, 'day') }}
{%- endmacro %}

{# A segment in words, with a space before it: " (country FR)"; nothing for the whole. #}
{% macro segment_text(dimension, dimension_value) -%}
    case
            when {{ dimension }} = 'total' then ''
            else ' (' || {{ dimension }} || ' ' || {{ dimension_value }} || ')'
        end
{%- endmacro %}

{# A period as a sentence has it: a month by its name, all else by its label. #}
{% macro period_text(period_label, period_grain='period_grain') -%}
    case
                    when {{ period_grain }} = 'month' and {{ period_label }} like '____-__'
                        then {{ word('month_name', 'right(' ~ period_label ~ ', 2)') }} || ' ' || left({{ period_label }}, 4)
                    else {{ period_label }}
                end
{%- endmacro %}
