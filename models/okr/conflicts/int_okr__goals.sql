{{ config(enabled=okr_is_on()) }}

with

key_results as (

    select * from {{ ref('okr__key_results') }}

    where ended_on is null

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

with_direction as (

    select
        key_results.*,
        kpis.kind,
        kpis.unit,
        case
            when key_results.metric_type = 'at_least' then 1
            when key_results.metric_type = 'at_most' then -1
            when key_results.metric_type in ('range', 'milestone') then null
            when {{ is_upward('key_results', 'kpis') }} then 1
            when not {{ is_upward('key_results', 'kpis') }} then -1
            -- an average of a KPI that is wanted neither way
            else
                cast(sign(
                    key_results.target_value - key_results.baseline_value
                ) as integer)
        end as direction,
        -- what a period has to be: a sum is shared out among its periods
        case
            when key_results.metric_type = 'at_least'
                then key_results.lower_bound
            when key_results.metric_type = 'at_most'
                then key_results.upper_bound
            when
                key_results.metric_type in ('cumulative', 'cumulative_at_most')
                then {{ ratio('key_results.target_value', periods_ending(
                    'key_results.start_date', 'key_results.due_date',
                    'key_results.period_grain',
                )) }}
            else key_results.target_value
        end as aimed_value

    from key_results

    left join kpis on key_results.kpi_id = kpis.kpi_id
    {{ join_calendar_of('key_results.start_date', 'key_results.due_date') }}

),

final as (

    select
        key_result_id,
        kpi_id,
        kind,
        dimension,
        dimension_value,
        period_grain,
        metric_type,
        start_date,
        due_date,
        target_value,
        lower_bound,
        upper_bound,
        direction,
        aimed_value,
        {{ say_case(
            'goals', {
                'at_least': "metric_type = 'at_least'",
                'at_most': "metric_type = 'at_most'",
                'range': "metric_type = 'range'",
                'cumulative_at_most': "metric_type = 'cumulative_at_most'",
                'cumulative': "metric_type = 'cumulative'",
                'average': "metric_type = 'average'",
                'milestone': "metric_type = 'milestone'",
                'increase': 'direction = 1',
                'decrease': none,
            }, {
                'key_result': 'key_result_id',
                'kpi': 'kpi_id || ' ~ segment_text('dimension', 'dimension_value'),
                'low': number_text('lower_bound', 'unit'), 'high': number_text('upper_bound', 'unit'),
                'target': number_text('target_value', 'unit'), 'each': number_text('aimed_value', 'unit'),
                'grain': word('period_grain', 'period_grain'), 'due': day_text('due_date'),
            },
        ) }} as goal

    from with_direction

)

select * from final
