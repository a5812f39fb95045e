{# The rows of kpi_tree, none where it isn't mapped: a relation. #}
{% macro kpi_tree_rows() -%}
    {{ optional_input('kpi_tree', {
        'parent_kpi_id': dbt.type_string(),
        'child_kpi_id': dbt.type_string(),
        'relation': dbt.type_string(),
        'sign': 'numeric(28, 6)',
    }) }}
{%- endmacro %}
