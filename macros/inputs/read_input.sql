{# The relation that a mapped name stands for: a source for "source.table", else a model or seed. #}
{% macro input_relation(name) -%}
    {%- if '.' in name -%}
        {{ return(source(*name.split('.'))) }}
    {%- endif -%}
    {{ return(ref(name)) }}
{%- endmacro %}

{# All rows of an input: its sources one under the other, each row stamped with the name and rank of its source. #}
{% macro read_input(input) -%}
    {%- for name in input_mapping()[input] %}
    select
        {{ input_contract()[input] | join(',\n        ') }},
        {{ dbt.string_literal(name) }} as source_name,
        {{ loop.index }} as source_rank,
        {{ row_as_json('source_rows') }} as raw_row

    from {{ input_relation(name) }} as source_rows
    {% if not loop.last %}union all{% endif -%}
    {%- endfor -%}
{%- endmacro %}

{# A staging model, or nothing with its columns where the input isn't mapped, so that facts need no branches. #}
{% macro optional_input(input, columns) -%}
    {%- if has_input(input) -%}
        {{ ref('stg_kpi__' ~ input) }}
    {%- else -%}
        (
            select
            {%- for column, type in columns.items() %}
                cast(null as {{ type }}) as {{ column }},
            {%- endfor %}
                'accepted' as row_status
            where false
        )
    {%- endif -%}
{%- endmacro %}
