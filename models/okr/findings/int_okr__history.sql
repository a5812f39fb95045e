{{ config(enabled=okr_is_on()) }}
{%- set is_before_start =
    'kpi_values.is_complete_period and kpi_values.period_end < key_results.start_date' %}

with

key_results as (

    select * from {{ ref('okr__key_results') }}

    where metric_type != 'milestone'

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

kpi_values as (

    select * from {{ ref('kpi__values') }}

    where value is not null

),

with_values as (

    select
        key_results.key_result_id,
        kpi_values.value as any_value,
        case when {{ is_before_start }} then kpi_values.value end as value,
        -- a change from a period that is known in part is none
        case
            when
                {{ is_before_start }}
                and lag(kpi_values.is_complete_period) over (
                    partition by key_results.key_result_id
                    order by kpi_values.period_start
                )
                then abs(kpi_values.change)
        end as moving_range,
        row_number() over (
            partition by key_results.key_result_id
            order by
                case when {{ is_before_start }} then 0 else 1 end,
                kpi_values.period_start desc
        ) as periods_back

    from key_results

    left join kpi_values on {{ same_kpi('key_results', 'kpi_values') }}

),

summed as (

    select
        key_result_id,
        count(any_value) as values_ever,
        count(value) as points,
        min(value) as lowest_value,
        max(value) as highest_value,
        {{ exact_mean('value') }} as center_line,
        2.66 * {{ exact_mean('moving_range') }} as natural_variation

    from with_values

    group by 1

),

last_points as (

    select
        summed.key_result_id,
        -- the last four: 1 nearer to the upper limit than to the center, -1 lower
        sum(
            case
                when
                    with_values.value
                    > summed.center_line + summed.natural_variation / 2 then 1
                when
                    with_values.value
                    < summed.center_line - summed.natural_variation / 2 then -1
                else 0
            end
        ) as side

    from with_values

    inner join summed on with_values.key_result_id = summed.key_result_id

    where with_values.periods_back <= 4

    group by 1

),

final as (

    select
        key_results.*,
        kpis.unit,
        kpis.desired_direction,
        summed.values_ever,
        summed.points,
        summed.lowest_value,
        summed.highest_value,
        summed.center_line - summed.natural_variation as lower_limit,
        summed.center_line + summed.natural_variation as upper_limit,
        abs(last_points.side) >= 3 as has_changed,
        {{ is_upward('key_results', 'kpis') }}
        and key_results.metric_type in ('increase', 'average') as is_to_rise,
        not {{ is_upward('key_results', 'kpis') }}
        and key_results.metric_type in ('decrease', 'average') as is_to_fall,
        coalesce(key_results.ended_on, key_results.due_date) as last_day

    from key_results

    inner join kpis on key_results.kpi_id = kpis.kpi_id

    inner join summed on key_results.key_result_id = summed.key_result_id

    inner join last_points on key_results.key_result_id = last_points.key_result_id

)

select * from final
