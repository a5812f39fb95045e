{# The reasons for a row whose day is missing, can't be read, or is out of the calendar, given the raw value; case branches. #}
{% macro when_without_day(column, day, raw, with_first_day=true) -%}
    {{ when_not_a_time(column, day, raw) }}
            when {{ day }} is null then '{{ column }} is missing'
            when {{ day }} < cast('1970-01-01' as date) then {{ because(column ~ ' is before 1970', raw) }}
            {% if with_first_day and setting('first_day') | string > '1970-01-01' -%}
            when {{ day }} < cast('{{ setting('first_day') }}' as date)
                then {{ because(column ~ ' is before okr_metrics_first_day', raw) }}
            {% endif -%}
            when {{ day }} > {{ last_day_read() }} then {{ because(column ~ ' is more than a hundred years after the as-of date', raw) }}
{%- endmacro %}

{# The reasons for a value that is there and can't be read as a day or a moment; case branches. #}
{% macro when_not_a_time(column, typed, raw) -%}
    {%- set looks = {
        '^1[0-9]{9}([.][0-9]*)?$': 'looks like Unix seconds: use to_timestamp',
        '^1[0-9]{12}([.][0-9]*)?$': 'looks like Unix milliseconds: use to_timestamp of it / 1000',
        '^1[.][0-9]+[eE][+]?0?9$': 'looks like Unix seconds: use to_timestamp',
        '^1[.][0-9]+[eE][+]?12$': 'looks like Unix milliseconds: use to_timestamp of it / 1000',
        '^(1[3-9]|2[0-9]|3[01])[/.-](0?[1-9]|1[0-2])[/.-][0-9]{4}([ T]|$)': 'looks like day/month/year: write year-month-day, such as 2025-12-31',
        '^(0?[1-9]|1[0-2])[/.-](1[3-9]|2[0-9]|3[01])[/.-][0-9]{4}([ T]|$)': 'looks like month/day/year: write year-month-day, such as 2025-12-31',
        '^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}([ T]|$)': 'may be day/month/year or month/day/year: write year-month-day, such as 2025-12-31',
    } -%}
    {%- for pattern, words in looks.items() -%}
    when {{ typed }} is null and {{ has_pattern(text(raw), pattern) }}
                then {{ because(column ~ ' ' ~ words, raw) }}
            {% endfor -%}
    when {{ typed }} is null and {{ text(raw) }} is not null
                then {{ because(column ~ ' is not a date', raw) }}
{%- endmacro %}

{# The last day that a row can be about: a later one is a slip of the pen, not a row to read later. #}
{% macro last_day_read() -%}
    {%- set year = (setting('as_of_date') | string)[:4] | int -%}
    cast('{{ [year + 100, 9999] | min }}-12-31' as date)
{%- endmacro %}
