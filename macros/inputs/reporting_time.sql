{# The moment of a value on the clock of the reporting zone: a bare date is its midnight. Orders what happens on one day. #}
{% macro reporting_time(value) -%}
    cast(
            case
                when {{ is_bare_date(value) }} then cast({{ try_cast(value, 'date') }} as {{ dbt.type_timestamp() }})
                else {{ utc_to_reporting(value, setting('reporting_timezone')) }}
            end as {{ dbt.type_timestamp() }}
        )
{%- endmacro %}
