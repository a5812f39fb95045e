{# Stops where a mapped name, or one of okr_metrics_custom_kpis, is not that of a model, seed, snapshot or source; dbt's v2 engine doesn't show which there are, and stops by itself. #}
{% macro check_mapped_names() -%}
    {%- set problems = [] -%}
    {%- if ref.manifest is defined and ref.manifest.nodes is defined -%}
        {%- for input, names in input_mapping().items() -%}
            {%- for name in names -%}
                {%- do problems.append(mapped_name_problem('okr_metrics_inputs.' ~ input, name)) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- for name in setting('custom_kpis') -%}
            {%- do problems.append(mapped_name_problem('okr_metrics_custom_kpis', name)) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if problems | select | list -%}
        {{ exceptions.raise_compiler_error(problems | select | join('\n')) }}
    {%- endif -%}
{%- endmacro %}

{# What is wrong with a name that a setting maps, and how to mend it; empty where it is that of a model, seed or snapshot of this project, or of a source. #}
{% macro mapped_name_problem(place, name) -%}
    {%- set nodes, names, elsewhere, disabled = ref.manifest.nodes.values() | list, [], [], [] -%}
    {%- for versions in ref.manifest.disabled.values() -%}
        {%- do nodes.extend(versions) -%}
    {%- endfor -%}
    {%- for node in nodes if node.resource_type in ('model', 'seed', 'snapshot') -%}
        {%- if node.package_name == project_name -%}
            {%- do (names if node.config.enabled else disabled).append(node.name) -%}
        {%- elif name in (node.name, node.package_name ~ '.' ~ node.name) -%}
            {%- do elsewhere.append(node.package_name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for id in ref.manifest.sources -%}
        {%- do names.append(id.split('.')[2:] | join('.')) -%}
    {%- endfor -%}
    {%- set says = place ~ ": '" ~ name ~ "'" -%}
    {%- set model = name.split('.')[-1] -%}
    {%- if name in names -%}
        {{ return('') }}
    {%- elif name in disabled -%}
        {{ return(says ~ ' is disabled (enabled: false). Enable it, or map another model.') }}
    {%- elif elsewhere -%}
        {{ return(says ~ ' belongs to the package ' ~ elsewhere[0] ~ ". Map a model of your own that selects from it: select * from {{ ref('" ~ elsewhere[0] ~ "', '" ~ model ~ "') }}") }}
    {%- endif -%}
    {%- set nearest = nearest_name(name, names) -%}
    {{ return(says ~ ' is no ' ~ ('source.table' if '.' in name else 'model, seed or snapshot') ~ ' of ' ~ project_name ~ '.' ~ (" Did you mean '" ~ nearest ~ "'?" if nearest else '')) }}
{%- endmacro %}
