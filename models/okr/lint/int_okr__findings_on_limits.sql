{{ config(enabled=okr_is_on()) }}

with

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

targets as (

    select * from {{ ref('stg_okr__key_result_targets') }}

),

kpis as (

    select
        kpi_id,
        unit,
        cast(lowest_possible as numeric(28, 10)) as lowest_possible,
        cast(highest_possible as numeric(28, 10)) as highest_possible

    from {{ ref('int_kpi__catalog') }}

),

target_values as (

    select
        key_result_id,
        'baseline_value' as column_name,
        baseline_value as target_number

    from targets

    union all

    select
        key_result_id,
        'target_value' as column_name,
        target_value as target_number

    from targets

    union all

    select
        key_result_id,
        'commit_value' as column_name,
        commit_value as target_number

    from targets

    union all

    select
        key_result_id,
        'stretch_value' as column_name,
        stretch_value as target_number

    from targets

    union all

    select
        key_result_id,
        'lower_bound' as column_name,
        lower_bound as target_number

    from targets

    union all

    select
        key_result_id,
        'upper_bound' as column_name,
        upper_bound as target_number

    from targets

),

with_limits as (

    select
        target_values.key_result_id,
        target_values.column_name,
        target_values.target_number,
        kpis.kpi_id,
        kpis.lowest_possible,
        kpis.highest_possible,
        target_values.target_number < kpis.lowest_possible as is_below,
        kpis.unit = 'ratio'
        and {{ is_inside(
            'target_values.target_number / 100', 'kpis.lowest_possible',
            'kpis.highest_possible',
        ) }} as is_percentage

    from target_values

    inner join key_results
        on target_values.key_result_id = key_results.key_result_id

    inner join kpis on key_results.kpi_id = kpis.kpi_id

    -- a sum goes beyond its periods' limits, a milestone has none
    where
        key_results.metric_type
        not in ('cumulative', 'cumulative_at_most', 'milestone')

),

final as (

    select
        {{ finding(
            'impossible_value', say('objects', 'key_result', {'id': 'key_result_id'}), {
                'column': 'column_name', 'kpi': 'kpi_id', 'number': number_text('target_number'),
                'hundredth': number_text('target_number / 100'),
                'lowest': number_text('lowest_possible'), 'highest': number_text('highest_possible'),
            },
            cases={
                'below_in_percent': 'is_below and is_percentage',
                'below': 'is_below',
                'above_in_percent': 'is_percentage',
                'above': none,
            },
        ) }}

    from with_limits

    where
        is_below
        or target_number > highest_possible

)

select * from final
