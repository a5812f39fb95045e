{# A number as text for a reader: in the unit of its KPI to two decimals (0.0377 is 3.77%); without a unit as a seed has it, to four.
   By way of eight decimals, so that a half that a float has blurred is rounded alike on all engines. #}
{% macro number_text(value, unit=none) -%}
    {%- set exact = 'cast(' ~ value ~ ' as numeric(38, 8))' -%}
    {%- if unit is none -%}
    {{ dbt.safe_cast('cast(' ~ exact ~ ' as numeric(28, 4))', dbt.type_string()) }}
    {%- else -%}
    {%- set scaled = exact ~ ' * case when ' ~ unit ~ " = 'ratio' then 100 else 1 end" -%}
    {#- 80.00 as 80; the space marks the end of the number -#}
    replace(replace(
            {{ dbt.safe_cast('cast(' ~ scaled ~ ' as numeric(28, 2))', dbt.type_string()) }} || ' ', '.00 ', ''
        ), ' ', '') || case {{ unit }}
            when 'ratio' then '%'
            when 'currency' then ' {{ setting("reporting_currency") }}'
            when 'months' then ' months'
            when 'hours' then ' hours'
            else ''
        end
    {%- endif -%}
{%- endmacro %}
