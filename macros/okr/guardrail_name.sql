{# A row of okr_guardrails as okr__quality names it. #}
{% macro guardrail_name() -%}
    'guardrail ' || coalesce(guardrail_kpi_id, '(empty)')
        || {{ segment_text('dimension', 'dimension_value') }}
        || ' of key result ' || coalesce(key_result_id, '(empty)')
{%- endmacro %}

{# A row of kpi_tree as okr__quality names it. #}
{% macro branch_name() -%}
    'kpi_tree, ' || coalesce(parent_kpi_id, '(empty)')
        || ' from ' || coalesce(child_kpi_id, '(empty)')
{%- endmacro %}
