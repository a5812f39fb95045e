{# A staging model, or nothing with its columns where the input isn't mapped, so that facts need no branches. #}
{% macro optional_input(input, columns) -%}
    {%- if has_input(input) -%}
        {{ ref(('stg_okr__' if is_okr_input(input) else 'stg_kpi__') ~ input.replace('okr_', '')) }}
    {%- else -%}
        (
            select
            {%- for column, type in columns.items() %}
                cast(null as {{ type }}) as {{ column }},
            {%- endfor %}
                'accepted' as row_status
            where 1 = 0
        ) as {{ input }}
    {%- endif -%}
{%- endmacro %}
