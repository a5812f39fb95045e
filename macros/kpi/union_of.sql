{# The selects of those parts whose inputs are mapped, one under the other: [(is_on, sql), ...]. #}
{% macro union_of(parts) -%}
    {{ parts | selectattr(0) | map(attribute=1) | join('\n    union all\n') }}
{%- endmacro %}
