{# Whether two values differ, null being a value like others. #}
{% macro differ(left, right) -%}
    {{ return(adapter.dispatch('differ', 'okr_metrics')(left, right)) }}
{%- endmacro %}

{% macro default__differ(left, right) -%}
    {{ left }} is distinct from {{ right }}
{%- endmacro %}

{% macro redshift__differ(left, right) -%}
    coalesce({{ left }} != {{ right }}, {{ left }} is not null or {{ right }} is not null)
{%- endmacro %}
