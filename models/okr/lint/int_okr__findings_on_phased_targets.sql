{#- grain: phased target that can't be read -#}
{{ config(enabled=okr_is_on()) }}

with

phased_targets as (

    select *

    from {{ optional_input('okr_phased_targets', {
        'key_result_id': dbt.type_string(),
        'expected_value': 'numeric(28, 10)',
        'value_text': dbt.type_string(),
        'date_text': dbt.type_string(),
        'period_end': 'date',
    }) }}

),

final as (

    select
        'phased_target' as rule_id,
        'key result ' || key_result_id as object,
        'its phased target of ' || coalesce(date_text, '(empty)')
        || ' has expected_value "' || coalesce(value_text, '')
        || '": one of the two can not be read' as message,
        'Write the day as 2026-07-31 and the value as a number with a point.'
            as how_to_mend

    from phased_targets

    where
        period_end is null
        or expected_value is null

)

select * from final
