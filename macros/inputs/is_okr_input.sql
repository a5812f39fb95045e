{# Whether an input is edited by hand and linted as a whole: the OKR seeds and the tree of KPIs. #}
{% macro is_okr_input(input) -%}
    {{ return(input.startswith('okr_') or input == 'kpi_tree') }}
{%- endmacro %}
