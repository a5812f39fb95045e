{# A raw column (as_it_is) that one loader lands as a time, and another as the API has it, in seconds since 1970 or parts of them (places: 3 for thousandths): a moment in UTC. #}
{% macro time_or_epoch(column, places=0) -%}
    {%- set digits = 'cast(' ~ column ~ ' as ' ~ dbt.type_string() ~ ')' -%}
    {#- ten digits that begin with a one are the seconds from 2001 to 2033 -#}
    coalesce(
            {{ utc_to_reporting(column, 'UTC') }},
            case
                when {{ has_pattern(digits, '^1[0-9]{' ~ (9 + places) ~ '}([.]0*)?$') }}
                    then {{ from_epoch('cast(substring(' ~ digits ~ ', 1, 10) as integer)') }}
            end
        )
{%- endmacro %}

{# Seconds since 1970 as a moment. #}
{% macro from_epoch(seconds) -%}
    cast({{ dbt.dateadd('second', seconds, "cast('1970-01-01' as " ~ dbt.type_timestamp() ~ ')') }} as {{ dbt.type_timestamp() }})
{%- endmacro %}
