{# Stops the parse where okr_metrics_inputs or okr_metrics_custom_kpis names what is no model, seed, snapshot or source; dbt's v2 engine doesn't show which
   there are, and stops by itself. A generic test is what dbt parses last, when all of these are known: dbt itself would name a node of ours. #}
{% test mapped_names_exist(model) %}

{%- if not execute and ref.manifest is defined and ref.manifest.nodes is defined -%}
    {%- set nodes, names, disabled, elsewhere, problems = ref.manifest.nodes.values() | list, [], [], {}, [] -%}
    {%- for versions in ref.manifest.disabled.values() -%}
        {%- do nodes.extend(versions) -%}
    {%- endfor -%}
    {%- for node in nodes if node.resource_type in ('model', 'seed', 'snapshot') -%}
        {%- if node.package_name == project_name -%}
            {%- do (names if node.config.enabled else disabled).append(node.name) -%}
        {%- else -%}
            {%- do elsewhere.setdefault(node.name, node.package_name) -%}
            {%- do elsewhere.setdefault(node.package_name ~ '.' ~ node.name, node.package_name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for id in ref.manifest.sources -%}
        {%- do names.append(id.split('.')[2:] | join('.')) -%}
    {%- endfor -%}

    {%- set mapped = [] -%}
    {%- for input, of_input in input_mapping().items() -%}
        {%- for name in of_input if not is_connector_model(name) -%}
            {%- do mapped.append(('okr_metrics_inputs.' ~ input, name)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for name in setting('custom_kpis') -%}
        {%- do mapped.append(('okr_metrics_custom_kpis', name)) -%}
    {%- endfor -%}

    {%- for place, name in mapped if name not in names -%}
        {%- set says = place ~ ": '" ~ name ~ "'" -%}
        {%- if name in disabled -%}
            {%- do problems.append(says ~ ' is disabled (enabled: false). Enable it, or map another model.') -%}
        {%- elif name in elsewhere -%}
            {%- do problems.append(says ~ ' belongs to the package ' ~ elsewhere[name] ~ ". Map a model of your own that selects from it: select * from {{ ref('" ~ elsewhere[name] ~ "', '" ~ name.split('.')[-1] ~ "') }}") -%}
        {%- else -%}
            {%- set nearest = nearest_name(name, names) -%}
            {%- do problems.append(says ~ ' is no ' ~ ('source.table' if '.' in name else 'model, seed or snapshot') ~ ' of ' ~ project_name ~ '.' ~ (" Did you mean '" ~ nearest ~ "'?" if nearest else '')) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if problems -%}
        {{ exceptions.raise_compiler_error(problems | join('\n')) }}
    {%- endif -%}
{%- endif %}

select * from {{ model }} where 1 = 0

{% endtest %}
