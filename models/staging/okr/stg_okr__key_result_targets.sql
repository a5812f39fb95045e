{#- grain: row of okr_key_result_targets -#}
{{ config(enabled=okr_is_on()) }}
{%- set numbers = [
    'baseline_value', 'target_value', 'commit_value', 'stretch_value',
    'lower_bound', 'upper_bound'
] -%}

with

source as (

    {{ read_input('okr_key_result_targets') }}

),

renamed as (

    select
        {{ text('key_result_id') }} as key_result_id,
        {{ text('reason') }} as reason,
        {% for column in numbers -%}
        {{ number(text(column), 10) }} as {{ column }},
        {% endfor -%}
        {% for column in numbers -%}
        {{ is_unreadable(column, number(text(column), 10)) }}
        {{ 'or' if not loop.last }}
        {% endfor -%}
            as is_number_unreadable,
        {{ try_cast(text('valid_from'), 'date') }} as valid_from

    from source

)

select * from renamed
