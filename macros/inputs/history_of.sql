{# A snapshot of a model, or no row with its columns where snapshots aren't kept. #}
{% macro history_of(model, snapshot) -%}
    {%- if keeps_history() -%}
        {{ ref(snapshot) }}
    {%- else -%}
        (
            select
                *,
                cast(null as numeric(38, 6)) as reported_value,
                cast(null as numeric(38, 6)) as reported_progress,
                cast(null as {{ dbt.type_timestamp() }}) as dbt_valid_from,
                cast(null as {{ dbt.type_timestamp() }}) as dbt_valid_to

            from {{ ref(model) }}

            where 1 = 0
        ) as history
    {%- endif -%}
{%- endmacro %}
