{#- grain: check-in that can't be meant -#}
{{ config(enabled=okr_is_on()) }}

with

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

check_ins as (

    select
        *,
        'key result ' || coalesce(key_result_id, '(empty)') as object,
        'its check-in ' || coalesce(check_in_id || ' ', '') || 'of '
        || coalesce(date_text, '(empty)') as row_name

    from {{ optional_input('okr_check_ins', {
        'key_result_id': dbt.type_string(),
        'check_in_id': dbt.type_string(),
        'confidence_text': dbt.type_string(),
        'value_text': dbt.type_string(),
        'date_text': dbt.type_string(),
        'confidence': 'numeric(28, 10)',
        'value_reported': 'numeric(28, 10)',
        'is_value_a_word': 'boolean',
        'check_in_date': 'date',
    }) }}

),

with_type as (

    select
        check_ins.*,
        key_results.metric_type

    from check_ins

    left join key_results
        on check_ins.key_result_id = key_results.key_result_id

),

final as (

    select
        'check_in' as rule_id,
        object,
        row_name || ' has a check_in_date that is '
        || case
            when date_text is null then 'missing' else 'not a date'
        end as message,
        'Write the day as 2026-07-01.' as how_to_mend

    from with_type

    where check_in_date is null

    union all

    select
        'check_in' as rule_id,
        object,
        row_name || ' has confidence "' || confidence_text
        || '", which is not a number from 0 to 1' as message,
        'Write 0.9 for 90%, with a point.' as how_to_mend

    from with_type

    where
        confidence_text is not null
        and coalesce(confidence < 0 or confidence > 1, true)

    union all

    select
        'check_in' as rule_id,
        object,
        row_name || ' has value_reported "' || value_text || '", '
        || case
            when metric_type = 'milestone' then 'which a milestone can not be'
            when is_value_a_word
                then 'a word, and it is not a milestone'
            else 'which is not a number'
        end as message,
        'Write a number with a point, such as 0.9; a milestone is 1 (or yes, done, true) or 0 (or no, false).'
            as how_to_mend

    from with_type

    where
        value_text is not null
        and (
            value_reported is null
            or (
                metric_type = 'milestone'
                and (value_reported < 0 or value_reported > 1)
            )
            or (is_value_a_word and metric_type != 'milestone')
        )

)

select * from final
