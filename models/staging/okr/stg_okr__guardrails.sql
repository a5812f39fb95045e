{#- grain: row of okr_guardrails; numbers that can't be read are null, okr__quality says so -#}
{{ config(enabled=has_input('okr_guardrails')) }}
{%- set bounds = ['lower_bound', 'upper_bound'] -%}

with

source as (

    {{ read_input('okr_guardrails') }}

),

renamed as (

    select
        {{ text('key_result_id') }} as key_result_id,
        {{ text('guardrail_kpi_id') }} as guardrail_kpi_id,
        coalesce({{ text('dimension') }}, 'total') as dimension,
        coalesce({{ text('dimension_value') }}, 'total') as dimension_value,
        {% for column in bounds -%}
        {{ number(text(column), 10) }} as {{ column }},
        {% endfor -%}
        {% for column in bounds -%}
        {{ is_unreadable(column, number(text(column), 10)) }}
        {{ 'or' if not loop.last }}
        {% endfor -%}
            as is_number_unreadable

    from source

)

select * from renamed
