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

{# A test's query, or one without a row where not everything that it reads is there. `dbt build --select` brings in each test of a selected model, also one that reads a model which
   was never built; such a test passes until it is. #}
{% macro where_parents_are_built() -%}
    {%- set absent = [] -%}
    {%- if execute and flags.WHICH in ('build', 'test') -%}
        {%- for parent in model.depends_on.nodes if parent in graph.nodes and graph.nodes[parent].config.materialized != 'ephemeral' -%}
            {%- if load_relation(ref(graph.nodes[parent].package_name, graph.nodes[parent].name)) is none -%}
                {%- do absent.append(parent) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ caller() if not absent else 'select 1 as not_built limit 0' }}
{%- endmacro %}
