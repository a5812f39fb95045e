{{ config(enabled=okr_is_on()) }}

with

progress as (

    select * from {{ ref('int_okr__progress') }}

),

phased_targets as (

    select *

    from {{ optional_input('okr_phased_targets', {
        'key_result_id': dbt.type_string(),
        'expected_value': 'numeric(28, 10)',
        'period_end': 'date',
    }) }}

),

points as (

    select
        progress.key_result_id,
        progress.day,
        phased_targets.period_end as point_date,
        phased_targets.expected_value as point_value,
        1 as is_seeded

    from progress

    inner join phased_targets
        on progress.key_result_id = phased_targets.key_result_id

    union all

    -- the line begins at the baseline on the day before the start
    select
        key_result_id,
        day,
        cast({{ dbt.dateadd('day', -1, 'start_date') }} as date) as point_date,
        baseline_value as point_value,
        0 as is_seeded

    from progress

    union all

    -- and ends at the target on the due date
    select
        key_result_id,
        day,
        due_date as point_date,
        target_value as point_value,
        0 as is_seeded

    from progress

),

ranked as (

    select
        *,
        row_number() over (
            partition by key_result_id, day, point_date
            order by is_seeded desc
        ) as rank_on_date,
        max(is_seeded) over (partition by key_result_id) as has_seeded_points

    from points

),

segments as (

    select
        *,
        lead(point_date) over (
            partition by key_result_id, day
            order by point_date
        ) as next_date,
        lead(point_value) over (
            partition by key_result_id, day
            order by point_date
        ) as next_value

    from ranked

    where
        rank_on_date = 1
        and has_seeded_points = 1

),

final as (

    select
        key_result_id,
        day,
        case
            when next_date is null then point_value
            -- as a float: a product of two such decimals overflows
            else cast(
                point_value
                + cast(next_value - point_value as {{ type_double() }})
                * {{ ratio(
                    dbt.datediff('point_date', 'day', 'day'),
                    dbt.datediff('point_date', 'next_date', 'day'),
                ) }} as numeric(38, 12)
            )
        end as expected_value

    from segments

    where
        point_date <= day
        and (next_date > day or next_date is null)

)

select * from final
