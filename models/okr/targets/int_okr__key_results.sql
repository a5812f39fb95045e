-- depends_on: {{ ref('int_okr__gate') }}
{{ config(enabled=okr_is_on()) }}

with

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

kpi_values as (

    select * from {{ ref('kpi__values') }}

    where
        is_complete_period
        and value is not null

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

joined as (

    select
        key_results.key_result_id,
        key_results.objective_id,
        key_results.kpi_id,
        key_results.key_result_name,
        key_results.owner,
        key_results.dimension,
        key_results.dimension_value,
        key_results.period_grain,
        key_results.metric_type,
        key_results.indicator_type,
        key_results.weight,
        objectives.objective_type,
        objectives.cycle_id,
        coalesce(key_results.start_date, cycles.start_date) as start_date,
        coalesce(key_results.due_date, cycles.end_date) as due_date,
        key_results.end_reason,
        objectives.end_reason as objective_end_reason,
        -- an end that is yet to come is none
        case
            when key_results.ended_on <= {{ as_of_date() }}
                then key_results.ended_on
        end as ended_on,
        -- what was due before its objective ended has come to its own end
        case
            when
                objectives.ended_on <= {{ as_of_date() }}
                and objectives.ended_on
                <= coalesce(key_results.due_date, cycles.end_date)
                then objectives.ended_on
        end as objective_ended_on

    from key_results

    inner join objectives on key_results.objective_id = objectives.objective_id

    inner join cycles on objectives.cycle_id = cycles.cycle_id

),

dated as (

    select
        key_result_id,
        objective_id,
        kpi_id,
        key_result_name,
        owner,
        dimension,
        dimension_value,
        period_grain,
        metric_type,
        indicator_type,
        weight,
        objective_type,
        cycle_id,
        start_date,
        due_date,
        -- the earlier end, its own or its objective's
        case
            when ended_on <= objective_ended_on or objective_ended_on is null
                then ended_on
            else objective_ended_on
        end as ended_on,
        case
            when ended_on is null and objective_ended_on is null then null
            when ended_on <= objective_ended_on or objective_ended_on is null
                then end_reason
            else objective_end_reason
        end as end_reason

    from joined

),

with_direction as (

    select
        dated.*,
        kpis.kind,
        {{ is_upward('dated', 'kpis') }} as is_upward,
        {{ periods_ending(
            'dated.start_date', 'dated.due_date', 'dated.period_grain'
        ) }} as periods_in_window

    from dated

    left join kpis on dated.kpi_id = kpis.kpi_id

    {{ join_calendar_of('dated.start_date', 'dated.due_date') }}

),

periods_before_start as (

    select
        with_direction.key_result_id,
        with_direction.kind,
        with_direction.periods_in_window,
        periods.period_number,
        kpi_values.numerator,
        kpi_values.denominator,
        kpi_values.value,
        row_number() over (
            partition by with_direction.key_result_id
            order by kpi_values.period_end desc
        ) as periods_back

    from with_direction

    inner join kpi_values
        on {{ same_kpi('with_direction', 'kpi_values') }}
        and with_direction.start_date > kpi_values.period_end

    inner join periods
        on kpi_values.period_grain = periods.period_grain
        and kpi_values.period_start = periods.period_start

),

-- over as many periods as the key result has, where they have no gap
spans_before_start as (

    select
        key_result_id,
        case
            when min(kind) = 'ratio'
                then {{ ratio('sum(numerator)', 'sum(denominator)') }}
            else cast({{ exact_mean('value') }} as numeric(38, 12))
        end as mean_value

    from periods_before_start

    where periods_back <= periods_in_window

    group by key_result_id

    having
        count(*) = min(periods_in_window)
        and max(period_number) - min(period_number) + 1 = count(*)

),

measured as (

    select
        with_direction.*,
        -- a single period is no base for an average
        case
            when with_direction.metric_type = 'average'
                then coalesce(
                    spans_before_start.mean_value, periods_before_start.value
                )
            else periods_before_start.value
        end as measured_baseline_value

    from with_direction

    left join periods_before_start
        on with_direction.key_result_id = periods_before_start.key_result_id
        and periods_before_start.periods_back = 1

    left join spans_before_start
        on with_direction.key_result_id = spans_before_start.key_result_id

),

final as (

    select
        *,
        -- a sum and a milestone begin at nothing
        case
            when
                metric_type in ('cumulative', 'cumulative_at_most', 'milestone')
                then 0
            else measured_baseline_value
        end as default_baseline_value

    from measured

)

select * from final
