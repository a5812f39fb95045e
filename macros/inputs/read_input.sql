{# The rows of an input that meet a condition, or all: its sources one under the other, each row stamped with the name and rank of its source. #}
{% macro read_input(input, condition=none) -%}
    -- depends_on: {{ ref('int_okr__inputs' if is_okr_input(input) else 'int_kpi__inputs') }}
    {%- for name in input_mapping()[input] %}
    select
        {{ input_contract()[input] | join(',\n        ') }},
        {{ dbt.string_literal(name) }} as source_name,
        {{ loop.index }} as source_rank,
        {{ (row_as_json if input_mapping()[input] | length > 1 else carried_row)('source_rows', input_contract()[input]) }} as raw_row

    from {{ input_relation(name) }} as source_rows
    {% if condition %}where {{ condition }}{% endif %}
    {% if not loop.last %}union all{% endif -%}
    {%- endfor -%}
{%- endmacro %}
