{{ config(enabled=okr_is_on()) }}

with

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

target_rows as (

    select
        *,
        {{ say('objects', 'key_result', {'id': 'key_result_id'}) }} as object

    from {{ ref('stg_okr__key_result_targets') }}

),

targets as (

    select * from {{ ref('int_okr__targets') }}

),

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

with_target as (

    select
        key_results.metric_type,
        targets.target_value,
        targets.baseline_value,
        targets.lower_bound,
        targets.upper_bound,
        {{ say('objects', 'key_result', {'id': 'key_results.key_result_id'}) }} as object

    from key_results

    left join targets on key_results.key_result_id = targets.key_result_id

),

weights as (

    select
        {{ say('objects', 'objective', {'id': 'objective_id'}) }} as object,
        weight,
        is_weight_unreadable

    from objectives

    union all

    select
        {{ say('objects', 'key_result', {'id': 'key_result_id'}) }} as object,
        weight,
        is_weight_unreadable

    from key_results

),

final as (

    select
        {{ finding(
            'target_rows', 'object', {'count': as_text('count(*)'), 'day': day_text('valid_from')},
            cases={'undated': 'valid_from is null', 'twice': none},
        ) }}

    from target_rows

    group by
        object,
        valid_from

    having
        count(*) > 1
        or valid_from is null

    union all

    select
        {{ finding('target_number', 'object') }}

    from target_rows

    where is_number_unreadable

    union all

    select
        {{ finding(
            'target_missing', 'object', {'type': 'metric_type'},
            cases={
                'lower_bound': "metric_type in ('at_least', 'range') and lower_bound is null",
                'upper_bound': "metric_type in ('at_most', 'range') and upper_bound is null",
                'target_value': none,
            },
        ) }}

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
        {{ finding('bounds_crossed', 'object') }}

    from with_target

    where lower_bound > upper_bound

    union all

    select
        {{ finding(
            'ceiling', 'object',
            {'target': number_text('target_value'), 'baseline': number_text('baseline_value')},
            cases={'nothing_to_use': 'target_value <= 0', 'with_baseline': none},
        ) }}

    from with_target

    where
        metric_type = 'cumulative_at_most'
        and (
            target_value <= 0
            or baseline_value != 0
        )

    union all

    select
        {{ finding(
            'target_against_baseline', 'object', {
                'type': 'metric_type',
                'baseline': number_text('baseline_value'), 'target': number_text('target_value'),
            },
            cases={'at_baseline': 'target_value = baseline_value', 'other_way': none},
        ) }}

    from with_target

    where
        metric_type in ('increase', 'decrease', 'average', 'cumulative')
        and (
            target_value = baseline_value
            or (metric_type = 'increase' and target_value < baseline_value)
            or (metric_type = 'decrease' and target_value > baseline_value)
        )

    union all

    select
        {{ finding('weight.all_zero', say('objects', 'objective', {'id': 'objective_id'})) }}

    from key_results

    group by objective_id

    having max(weight) = 0

    union all

    select
        {{ finding('weight', 'object') }}

    from weights

    where
        weight < 0
        or is_weight_unreadable

    union all

    select
        {{ finding('phased_target', say('objects', 'key_result', {'id': 'key_result_id'}), {
            'day': or_empty('date_text'), 'value': "coalesce(value_text, '')",
        }) }}

    from phased_targets

    where
        period_end is null
        or expected_value is null

)

select * from final
