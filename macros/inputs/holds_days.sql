{# The columns of an operational input that are times. #}
{% macro time_columns(input) -%}
    {%- set columns = [] -%}
    {%- if not is_okr_input(input) -%}
        {%- for column in input_contract()[input] if column.endswith('_at') or column.endswith('_date') or column == 'valid_from' -%}
            {%- do columns.append(column) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(columns) }}
{%- endmacro %}

{# The column of read_input that says whether a time's source holds nothing but days. #}
{% macro holds_days(column) -%}
    {{ column ~ '_holds_days' }}
{%- endmacro %}

{# Whether all that a relation has in a column is a day, or a bare midnight that stands for one. Stops at the first time of day; of all rows, so that a lookback can't change it. #}
{% macro are_days(relation, column) -%}
    (
            select count(*)
            from (
                select 1 as found
                from {{ relation }}
                where {{ has_time_of_day(column) }}
                limit 1
            ) as times_of_day
        ) = 0
{%- endmacro %}
