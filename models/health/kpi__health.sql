{#- grain: KPI x complete period x segment -#}
{{ config(enabled=marts_are_on()) }}
{%- set needed = "'6'" if setting('health_baseline_periods') else "case when is_by_change then '12' else '11' end" -%}
{%- set in_order = 'partition by kpi_id, period_grain, dimension, dimension_value order by period_start' %}
{%- set texts = {
    'reason': word('null_reason', 'null_reason'),
    'provenance': word('provenance', 'provenance'),
    'grain': word('period_grain', 'period_grain'),
    'periods': 'periods_text',
    'value': 'value_text',
    'previous': 'previous_text',
    'expected': 'expected_text',
    'before': 'before_text',
    'level': 'level_text',
    'limit': 'limit_text',
    'low': 'low_text',
    'high': 'high_text',
    'since': 'since_text',
    'event': 'noted_event',
    'day': day_text('noted_on'),
} %}

with

kpi_values as (

    select * from {{ ref('kpi__values') }}
    where is_complete_period

),

kpis as (

    select * from {{ ref('int_kpi__judgement') }}

),

signals as (

    select * from {{ ref('int_kpi__signals') }}

),

spells as (

    select * from {{ ref('int_kpi__spells') }}

),

noted_changes as (

    select * from {{ ref('int_kpi__noted_changes') }}

),

ranges as (

    select * from {{ ref('int_kpi__healthy_ranges') }}

),

joined as (

    select
        kpi_values.kpi_id,
        kpi_values.kpi_name,
        kpi_values.unit,
        kpi_values.period_grain,
        kpi_values.period_start,
        kpi_values.period_end,
        kpi_values.period_label,
        kpi_values.dimension,
        kpi_values.dimension_value,
        kpi_values.value,
        kpi_values.null_reason,
        kpis.desired_direction,
        kpis.lowest_possible,
        kpis.highest_possible,
        kpis.is_judged,
        kpis.is_by_change,
        kpis.wish,
        signals.point_number,
        signals.previous_value,
        signals.sigma,
        signals.z,
        signals.mean_step,
        signals.points_above,
        signals.points_below,
        -- in the KPI's own level
        signals.prediction + case
            when kpis.is_by_change
                then cast(signals.previous_value as {{ type_double() }})
            else 0
        end as center_line,
        count(signals.point_number) over (
            partition by
                kpi_values.kpi_id, kpi_values.period_grain,
                kpi_values.dimension, kpi_values.dimension_value
        ) as points,
        spells.periods as spell_periods,
        spells.since as spell_since,
        spells.since_label as spell_since_label,
        spells.is_better as spell_is_better,
        spells.is_normal as spell_is_normal,
        spells.expected as spell_expected,
        spells.expected_level as spell_expected_level,
        spells.expected_error as spell_expected_error,
        spells.level_since as spell_level_since,
        noted_changes.event as noted_event,
        noted_changes.event_date as noted_on,
        ranges.lower_bound,
        ranges.upper_bound,
        ranges.provenance,
        coalesce(kpi_values.value < ranges.lower_bound, false) as is_below_range,
        coalesce(kpi_values.value > ranges.upper_bound, false) as is_above_range

    from kpi_values

    inner join kpis on kpi_values.kpi_id = kpis.kpi_id

    left join signals
        on kpi_values.kpi_id = signals.kpi_id
        and {{ same_period_segment('kpi_values', 'signals') }}

    left join spells
        on kpi_values.kpi_id = spells.kpi_id
        and {{ same_period_segment('kpi_values', 'spells') }}

    left join noted_changes
        on kpi_values.kpi_id = noted_changes.kpi_id
        and {{ same_period_segment('kpi_values', 'noted_changes') }}

    left join ranges
        on kpi_values.kpi_id = ranges.kpi_id
        and kpi_values.period_grain = ranges.period_grain
        and kpi_values.dimension = ranges.dimension
        and kpi_values.dimension_value = ranges.dimension_value
        and kpi_values.period_end >= ranges.valid_from
        and coalesce(kpi_values.period_end < ranges.valid_to, true)

),

with_limits as (

    select
        *,
        center_line - 3 * sigma as lower_limit,
        center_line + 3 * sigma as upper_limit,
        -- more than three sigmas of a series that never moves
        2e-8 * (abs(center_line) + sigma) as float_noise,
        is_below_range
        or is_above_range as is_outside_range,
        lower_bound is not null
        or upper_bound is not null as has_range,
        coalesce(not spell_is_normal, false) as is_in_spell,
        sigma is not null as has_limits,
        case
            when points_above > 0 then 1
            when points_below > 0 then -1
            when z is not null then 0
        end as side,
        case
            when coalesce(greatest(points_above, points_below), 0) = 0
                then case when z is not null then 'none' end
            when greatest(points_above, points_below) = 3 then 'three_points'
            when greatest(points_above, points_below) = 2 then 'two_points'
            when abs(z) > 3 then 'outside_limits'
            else 'beyond_history'
        end as special_cause,
        not is_by_change
        and wish * cast(value - previous_value as {{ type_double() }})
        < -3.27 * mean_step as is_worse_step

    from joined

),

with_variation as (

    select
        *,
        case
            when is_in_spell and not spell_is_better then 'concern'
            when special_cause is null and not is_in_spell then null
            when not is_judged
                then case when side = 0 then 'common_cause' else 'neutral' end
            when side * wish < 0 then 'concern'
            when side * wish > 0 or is_in_spell
                -- what falls beyond its usual steps doesn't improve
                then case
                    when coalesce(is_worse_step, false) then 'concern'
                    else 'improvement'
                end
            else 'common_cause'
        end as variation

    from with_limits

),

with_periods_outside as (

    select
        *,
        -- points since the last one inside the range, or since the first
        case
            when is_outside_range
                then point_number - coalesce(
                    max(case when not is_outside_range then point_number end)
                        over ({{ in_order }} rows between unbounded preceding and current row),
                    0
                )
            else 0
        end as periods_outside,
        count(*) over ({{ in_order }} rows between unbounded preceding and current row) as periods_so_far,
        count(value) over ({{ in_order }} rows between unbounded preceding and current row) as values_so_far,
        min(case when value is null then period_label end)
            over ({{ in_order }} rows between unbounded preceding and current row) as first_empty_label,
        max(case when value is null then period_label end)
            over ({{ in_order }} rows between unbounded preceding and current row) as last_empty_label,
        case
            when coalesce(variation != 'concern', true) then 0
            when is_in_spell and not spell_is_better then spell_periods
            else 1
        end as periods_of_concern

    from with_variation

),

with_trouble as (

    select
        *,
        greatest(periods_outside, periods_of_concern) as periods_in_trouble,
        max(case when periods_outside = 1 then period_start end) over (
            {{ in_order }}
            rows between unbounded preceding and current row
        ) as outside_since

    from with_periods_outside

),

with_health as (

    select
        *,
        case
            when value is null then 'unknown'
            when periods_in_trouble >= 2 then 'unhealthy'
            when periods_in_trouble = 1 then 'watch'
            when has_limits and (is_judged or has_range) then 'healthy'
            when provenance = 'agreed' then 'healthy'
            else 'unknown'
        end as health

    from with_trouble

),

with_texts as (

    select
        *,
        {{ as_text('periods_in_trouble') }} as periods_text,
        {{ number_text('value', 'unit') }} as value_text,
        {{ number_text('previous_value', 'unit') }} as previous_text,
        {{ number_text('spell_expected_level', 'unit') }} as expected_text,
        {{ number_text('spell_expected', 'unit') }} as before_text,
        {{ number_text('spell_level_since', 'unit') }} as level_text,
        {{ number_text('case when side > 0 then upper_limit else lower_limit end', 'unit') }} as limit_text,
        coalesce({{ number_text('lower_bound', 'unit') }}, {{ say('health', 'range.any') }}) as low_text,
        coalesce({{ number_text('upper_bound', 'unit') }}, {{ say('health', 'range.any') }}) as high_text,
        {{ period_text('spell_since_label') }} as since_text

    from with_health

),

-- what a KPI's points say
with_signal_text as (

    select
        *,
        case
            when variation = 'concern' and is_worse_step and side * wish >= 0 and not is_in_spell
                then {{ say('health', 'step', texts) }}
            when
                is_in_spell
                and variation in ('concern', 'improvement')
                and spell_expected_level is null
                then {{ say('health', 'spell.young', texts) }}
            when is_in_spell and variation in ('concern', 'improvement')
                then {{ say('health', 'spell', texts) }}
            when special_cause = 'beyond_history' and is_by_change and side > 0
                then {{ say('health', 'history.rise', texts) }}
            when special_cause = 'beyond_history' and is_by_change
                then {{ say('health', 'history.fall', texts) }}
            when special_cause = 'beyond_history' and side > 0
                then {{ say('health', 'history.above', texts) }}
            when special_cause = 'beyond_history'
                then {{ say('health', 'history.below', texts) }}
            when side > 0 then {{ say('health', 'limit.above', texts) }}
            else {{ say('health', 'limit.below', texts) }}
        end as signal_text

    from with_texts

),

with_reason as (

    select
        *,
        case
            when value is null then {{ say('health', 'no_value', texts) }}
            when periods_in_trouble > 0
                then
                    case
                        when periods_in_trouble = 1 then {{ say('health', 'trouble.one') }}
                        else {{ say('health', 'trouble.more', texts) }}
                    end
                    || case
                        when is_below_range then {{ say('health', 'range.below', texts) }}
                        when is_above_range then {{ say('health', 'range.above', texts) }}
                        else ''
                    end
                    || case when variation = 'concern' and is_outside_range then '; ' else '' end
                    || case when variation = 'concern' then signal_text else '' end
            when not has_limits and provenance = 'agreed'
                then {{ say('health', 'too_few.inside', texts) }}
            when not has_limits and values_so_far < periods_so_far
                then {{ say('health', 'too_few.gaps', {
                    'needed': needed,
                    'known': as_text('values_so_far'), 'periods': as_text('periods_so_far'),
                    'first': period_text('first_empty_label'), 'last': period_text('last_empty_label'),
                }) }}
            when not has_limits then {{ say('health', 'too_few', {'needed': needed}) }}
            when variation = 'neutral' then {{ say('health', 'changed') }} || signal_text
            when variation = 'improvement' then {{ say('health', 'improving') }} || signal_text
            -- it began before there were points enough to expect one
            when spell_is_normal and (spell_expected is null or spell_level_since is null)
                then {{ say('health', 'normal.young', texts) }}
            when spell_is_normal and is_by_change
                then {{ say('health', 'normal.of_changes', texts) }}
            when spell_is_normal then {{ say('health', 'normal', texts) }}
            when provenance is not null then {{ say('health', 'range.inside', texts) }}
            else {{ say('health', 'usual') }}
        end
        || case
            when
                noted_event is not null
                and (spell_is_normal or variation in ('concern', 'improvement', 'neutral'))
                then {{ say('health', 'event', texts) }}
            else ''
        end as health_reason

    from with_signal_text

),

final as (

    select
        kpi_id,
        kpi_name,
        unit,
        period_grain,
        period_start,
        period_end,
        period_label,
        dimension,
        dimension_value,
        cast(value as numeric(38, 12)) as value,
        cast(center_line as numeric(38, 12)) as center_line,
        cast(case
            when is_in_spell then spell_expected_level
            else center_line
        end as numeric(38, 12)) as expected_value,
        -- clipped for display alone: signals come from the limits themselves
        cast(
            case when lower_limit < lowest_possible then lowest_possible else lower_limit end as numeric(38, 12)
        ) as lower_limit,
        cast(
            case when upper_limit > highest_possible then highest_possible else upper_limit end as numeric(38, 12)
        ) as upper_limit,
        cast(z as numeric(38, 12)) as z,
        cast(case
            when is_in_spell
                then (value - spell_expected_level)
                / nullif(spell_expected_error, 0)
            else z
        end as numeric(38, 12)) as z_of_change,
        special_cause,
        variation,
        -- whether the process, as its limits show it, can be relied on to stay inside the healthy range
        case
            when lower_limit is null or desired_direction = 'none' then null
            when not has_range then null
            when
                upper_limit < lower_bound - float_noise
                or lower_limit > upper_bound + float_noise
                then 'fail'
            when
                coalesce(lower_limit >= lower_bound - float_noise, true)
                and coalesce(upper_limit <= upper_bound + float_noise, true)
                then 'pass'
            else 'hit_and_miss'
        end as assurance,
        cast(lower_bound as numeric(38, 12)) as lower_bound,
        cast(upper_bound as numeric(38, 12)) as upper_bound,
        provenance as range_provenance,
        is_judged,
        health,
        case health
            when 'unhealthy' then -2
            when 'watch' then -1
            when 'unknown' then 0
            when 'healthy' then 1
        end as health_level,
        health_reason,
        noted_event,
        noted_on,
        cast(periods_in_trouble as bigint) as periods_in_trouble,
        case
            when periods_in_trouble = 0 then null
            when periods_outside >= periods_of_concern then outside_since
            when periods_of_concern > 1 then spell_since
            else period_start
        end as in_trouble_since,
        cast(points as bigint) as points,
        case
            -- as benchmarks/health/results.json has it; of limits that stay it depends on how long they do
            when is_judged and has_limits and {{ setting('health_baseline_periods') is none }}
                then cast(0.0056 as numeric(38, 12))
        end as expected_false_alarm_rate

    from with_reason

)

select * from final
