{{ config(enabled=okr_is_on(), materialized='table') }}
{%- set numbers = [
    'baseline_value', 'target_value', 'commit_value', 'stretch_value',
    'lower_bound', 'upper_bound'
] -%}

with

targets as (

    select * from {{ ref('stg_okr__key_result_targets') }}

),

numbered as (

    select
        *,
        row_number() over (
            partition by key_result_id
            order by valid_from
        ) as revision,
        lead(valid_from) over (
            partition by key_result_id
            order by valid_from
        ) as valid_to
        {%- for column in numbers %},
        count({{ column }}) over (
            partition by key_result_id
            order by valid_from
        ) as {{ column }}_group
    {%- endfor %}

    from targets

),

final as (

    select
        key_result_id,
        revision,
        reason,
        {% for column in numbers -%}
        max({{ column }}) over (
            partition by key_result_id, {{ column }}_group
        ) as {{ column }},
        {% endfor -%}
        valid_from,
        valid_to

    from numbered

)

select * from final
