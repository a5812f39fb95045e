{#- grain: key result with a KPI: what the KPI was in its complete periods before the start -#}
{{ config(enabled=okr_is_on()) }}

with

key_results as (

    select * from {{ ref('okr__key_results') }}

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
        case
            when
                kpi_values.is_complete_period
                and kpi_values.period_end < key_results.start_date
                then kpi_values.value
        end as value_before,
        case
            when
                kpi_values.is_complete_period
                and kpi_values.period_end < key_results.start_date
                then abs(kpi_values.change)
        end as change_before

    from key_results

    left join kpi_values on {{ same_kpi('key_results', 'kpi_values') }}

),

summed as (

    select
        key_result_id,
        count(any_value) as values_ever,
        count(value_before) as points,
        min(value_before) as lowest_value,
        max(value_before) as highest_value,
        -- the limits of kpi__health, over all periods before the start
        {{ exact_mean('value_before') }} as center_line,
        2.66 * {{ exact_mean('change_before') }} as natural_variation

    from with_values

    group by 1

),

final as (

    select
        key_results.*,
        kpis.unit,
        {{ severity_until('key_results.due_date') }} as severity,
        key_results.metric_type = 'increase'
        or (
            key_results.metric_type = 'average'
            and kpis.desired_direction = 'up'
        ) as wants_up,
        key_results.metric_type = 'decrease'
        or (
            key_results.metric_type = 'average'
            and kpis.desired_direction = 'down'
        ) as wants_down,
        summed.values_ever,
        summed.points,
        summed.lowest_value,
        summed.highest_value,
        summed.center_line - summed.natural_variation as lower_limit,
        summed.center_line + summed.natural_variation as upper_limit,
        -- what the KPI itself must come to in a period
        case key_results.metric_type
            when 'at_least' then key_results.lower_bound
            when 'at_most' then key_results.upper_bound
            when 'range'
                then case
                    when key_results.upper_bound < summed.lowest_value
                        then key_results.upper_bound
                    else key_results.lower_bound
                end
            when 'cumulative'
                then (key_results.target_value - key_results.baseline_value)
                    / {{ periods_between(
                        'key_results.start_date', 'key_results.due_date',
                        'key_results.period_grain',
                    ) }}
            else key_results.target_value
        end as needed_value

    from key_results

    inner join kpis on key_results.kpi_id = kpis.kpi_id

    inner join summed on key_results.key_result_id = summed.key_result_id

    where key_results.metric_type != 'milestone'

)

select * from final
