{# Whether everything that a test reads is there. `dbt build --select` brings in each test of a selected model, also one that reads a model which was never built; such a test passes until it is. #}
{% macro parents_are_built() -%}
    {%- set absent = [] -%}
    {%- if execute and flags.WHICH in ('build', 'test') -%}
        {%- for parent in model.depends_on.nodes if parent in graph.nodes and graph.nodes[parent].config.materialized != 'ephemeral' -%}
            {%- if load_relation(ref(graph.nodes[parent].package_name, graph.nodes[parent].name)) is none -%}
                {%- do absent.append(parent) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(absent == []) }}
{%- endmacro %}
