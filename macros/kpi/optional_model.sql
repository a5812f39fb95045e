{# A model of ours where it is on, else no row in its shape, so that the SQL that reads it has no branches: columns are {name: type}, measures are
   numbers by period and segment. #}
{% macro optional_model(name, is_on, measures=[], columns={}) -%}
    {%- if is_on -%}
    {{ ref(name) }}
    {%- else -%}
    (
        select
            {% for column, type in columns.items() -%}
            cast(null as {{ type }}) as {{ column }},
            {% endfor -%}
            {% for measure in measures -%}
            cast(null as numeric(38, 12)) as {{ measure }},
            {% endfor -%}
            cast(null as {{ dbt.type_string() }}) as period_grain,
            cast(null as date) as period_start,
            cast(null as {{ dbt.type_string() }}) as dimension,
            cast(null as {{ dbt.type_string() }}) as dimension_value

        where 1 = 0
    ) as {{ name }}
    {%- endif -%}
{%- endmacro %}
