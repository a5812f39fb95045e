{# The reason for a key that an earlier source of the input has too; a case branch. One source alone needs no pass over all keys. #}
{% macro when_from_another_source(input, rows, key) -%}
    {%- if input_mapping()[input] | length > 1 and setting('customer_identity') != 'per_source' -%}
    when {{ rows }}.source_rank > min({{ rows }}.source_rank) over (
                partition by {{ rows }}.{{ key }}
            ) then {{ because(key ~ ' comes from another source too', rows ~ '.' ~ key) }}
    {%- endif -%}
{%- endmacro %}
