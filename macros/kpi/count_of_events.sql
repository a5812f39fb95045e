{# The number of events that have one of the names; of all events where none is named. One type, so that days counted by other names can be added to. #}
{% macro count_of_events(names) -%}
    cast(
    {%- if names -%}
    sum(case when event_name in (
            {%- for name in names %}{{ dbt.string_literal(dbt.escape_single_quotes(name)) }}{{ ', ' if not loop.last }}{% endfor -%}
        ) then 1 else 0 end)
    {%- else -%}
    count(*)
    {%- endif %} as {{ dbt.type_bigint() }})
{%- endmacro %}
