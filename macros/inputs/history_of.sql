{# A snapshot of a model, or no row with its columns where there is none: this engine keeps none, or none is made yet (`dbt run` makes none).
   It counts as made while dbt parses or may not ask (--no-introspect), and in a unit test. #}
{% macro history_of(model, snapshot) -%}
    {#- both are named in any case, so that dbt knows what comes first -#}
    {%- set now = ref(model) -%}
    {%- set kept = ref(snapshot) if keeps_history() -%}
    {%- if kept and (not execute or flags.INTROSPECT is false or kept.is_cte or load_relation(kept) is not none) -%}
        {{ kept }}
    {%- else -%}
        (
            select
                *,
                cast(null as numeric(38, 6)) as reported_value,
                cast(null as numeric(38, 6)) as reported_progress,
                cast(null as {{ dbt.type_timestamp() }}) as dbt_valid_from,
                cast(null as {{ dbt.type_timestamp() }}) as dbt_valid_to

            from {{ now }}

            where 1 = 0
        ) as history
    {%- endif -%}
{%- endmacro %}
