{# The rows of okr_guardrails, none where it isn't mapped: a relation. #}
{% macro guardrail_rows() -%}
    {{ optional_input('okr_guardrails', {
        'key_result_id': dbt.type_string(),
        'guardrail_kpi_id': dbt.type_string(),
        'dimension': dbt.type_string(),
        'dimension_value': dbt.type_string(),
        'lower_bound': 'numeric(28, 10)',
        'upper_bound': 'numeric(28, 10)',
        'is_number_unreadable': 'boolean',
    }) }}
{%- endmacro %}

{# The rows of kpi_tree, none where it isn't mapped: a relation. #}
{% macro kpi_tree_rows() -%}
    {{ optional_input('kpi_tree', {
        'parent_kpi_id': dbt.type_string(),
        'child_kpi_id': dbt.type_string(),
        'relation': dbt.type_string(),
        'sign': 'numeric(28, 6)',
    }) }}
{%- endmacro %}
