{# The reason for a key that an earlier source of the input has too; a case branch. #}
{% macro when_from_another_source(rows, key) -%}
    when {{ rows }}.source_rank > min({{ rows }}.source_rank) over (
                partition by {{ rows }}.{{ key }}
            ) then '{{ key }} comes from another source too'
{%- endmacro %}
