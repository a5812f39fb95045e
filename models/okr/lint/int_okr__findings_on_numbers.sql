{#- grain: weight or pair of baseline and target that can't be meant -#}
{{ config(enabled=okr_is_on()) }}

with

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

targets as (

    select * from {{ ref('int_okr__targets') }}

),

with_target as (

    select
        key_results.metric_type,
        targets.baseline_value,
        targets.target_value,
        'key result ' || key_results.key_result_id as object

    from key_results

    inner join targets on key_results.key_result_id = targets.key_result_id

),

final as (

    select
        'weight' as rule_id,
        'objective ' || objective_id as object,
        'the weights of its key results are all 0' as message,
        'Give at least one key result a weight, or leave them empty for 1.'
            as how_to_mend

    from key_results

    group by objective_id

    having max(weight) = 0

    {% for input in ['objective', 'key_result'] -%}
    union all

    select
        'weight' as rule_id,
        '{{ input | replace("_", " ") }} ' || {{ input }}_id as object,
        'its weight is not a number from 0 to 1000000000' as message,
        'Write a number from 0 on, or leave it empty for 1.' as how_to_mend

    from {{ input }}s

    where
        weight < 0
        or is_weight_unreadable

    {% endfor -%}
    union all

    select
        'ceiling' as rule_id,
        object,
        case
            when target_value <= 0
                then 'its ceiling ' || {{ number_text('target_value') }}
                    || ' leaves nothing to use'
            else
                'a ceiling counts from nothing, and its baseline_value is '
                || {{ number_text('baseline_value') }}
        end as message,
        'Write a target_value above 0, and leave baseline_value empty.'
            as how_to_mend

    from with_target

    where
        metric_type = 'cumulative_at_most'
        and (
            target_value <= 0
            or baseline_value != 0
        )

    union all

    select
        'target_against_baseline' as rule_id,
        object,
        case
            when target_value = baseline_value
                then 'its target is its baseline, so progress has no meaning'
            else
                metric_type || ' from ' || {{ number_text('baseline_value') }}
                || ' to ' || {{ number_text('target_value') }}
                || ' goes the other way'
        end as message,
        'Mend the numbers or the metric_type; to hold a value use at_least, at_most or range.'
            as how_to_mend

    from with_target

    where
        metric_type in ('increase', 'decrease', 'average', 'cumulative')
        and (
            target_value = baseline_value
            or (metric_type = 'increase' and target_value < baseline_value)
            or (metric_type = 'decrease' and target_value > baseline_value)
        )

)

select * from final
