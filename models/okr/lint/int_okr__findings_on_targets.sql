{#- grain: target of a key result that is missing, double or can't be meant -#}
{{ config(enabled=okr_is_on()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}

with

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

target_rows as (

    select * from {{ ref('stg_okr__key_result_targets') }}

),

targets as (

    select * from {{ ref('int_okr__targets') }}

),

with_target as (

    select
        key_results.key_result_id,
        key_results.metric_type,
        targets.*,
        'key result ' || key_results.key_result_id as object

    from key_results

    left join targets on key_results.key_result_id = targets.key_result_id

),

final as (

    select
        'target_rows' as rule_id,
        'key result ' || key_result_id as object,
        case
            when valid_from is null
                then 'a target{{ quote }}s valid_from is missing or not a date'
            else                                 {{ dbt.safe_cast('count(*)', dbt.type_string()) }}
                || ' targets start on ' || {{ day_text('valid_from') }}
        end as message,
        'Keep one target a day: a revision is a new row with a later valid_from.'
            as how_to_mend

    from target_rows

    group by
        key_result_id,
        valid_from

    having
        count(*) > 1
        or valid_from is null

    union all

    select
        'target_number' as rule_id,
        'key result ' || key_result_id as object,
        'a value of its target is not a number below 1e15' as message,
        'Write numbers with a point, such as 0.05.' as how_to_mend

    from target_rows

    where is_number_unreadable

    union all

    select
        'target_missing' as rule_id,
        object,
        case
            when metric_type in ('at_least', 'range') and lower_bound is null
                then metric_type || ' needs a lower_bound'
            when metric_type in ('at_most', 'range') and upper_bound is null
                then metric_type || ' needs an upper_bound'
            else metric_type || ' needs a target_value'
        end as message,
        'Add it to okr_key_result_targets; a milestone needs none.'
            as how_to_mend

    from with_target

    where
        (metric_type in ('at_least', 'range') and lower_bound is null)
        or (metric_type in ('at_most', 'range') and upper_bound is null)
        or (
            metric_type in (
                'increase', 'decrease', 'cumulative', 'cumulative_at_most',
                'average'
            )
            and target_value is null
        )

    union all

    select
        'bounds_crossed' as rule_id,
        object,
        'lower_bound is above upper_bound' as message,
        'Swap them.' as how_to_mend

    from with_target

    where lower_bound > upper_bound

)

select * from final
