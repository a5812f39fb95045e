{{ config(enabled=okr_is_on()) }}

with

days as (

    select * from {{ ref('int_okr__days') }}

),

check_ins as (

    select *

    from {{ optional_input('okr_check_ins', {
        'key_result_id': dbt.type_string(),
        'confidence': 'numeric(28, 10)',
        'value_reported': 'numeric(28, 10)',
        'check_in_date': 'date',
        'order_on_day': 'integer',
    }) }}

),

-- of several on one day the last that says something
ranked_on_day as (

    select
        *,
        row_number() over (
            partition by key_result_id, check_in_date
            order by
                case when confidence is null then 1 else 0 end,
                order_on_day desc
        ) as confidence_rank,
        row_number() over (
            partition by key_result_id, check_in_date
            order by
                case when value_reported is null then 1 else 0 end,
                order_on_day desc
        ) as value_reported_rank

    from check_ins

),

said_on_day as (

    select
        key_result_id,
        check_in_date,
        max(case when confidence_rank = 1 then confidence end) as confidence,
        max(case when value_reported_rank = 1 then value_reported end)
            as value_reported

    from ranked_on_day

    group by 1, 2

),

ranked as (

    select
        days.key_result_id,
        days.day,
        said_on_day.confidence,
        said_on_day.value_reported,
        said_on_day.check_in_date,
        row_number() over (
            partition by days.key_result_id, days.day
            order by
                case when said_on_day.confidence is null then 1 else 0 end,
                said_on_day.check_in_date desc
        ) as confidence_recency,
        row_number() over (
            partition by days.key_result_id, days.day
            order by
                -- what is done stays done, since the day it was first said
                case when said_on_day.value_reported >= 1 then 0 else 1 end,
                case
                    when said_on_day.value_reported >= 1
                        then said_on_day.check_in_date
                end,
                case when said_on_day.value_reported is null then 1 else 0 end,
                said_on_day.check_in_date desc
        ) as value_recency

    from days

    inner join said_on_day
        on days.key_result_id = said_on_day.key_result_id
        and days.day >= said_on_day.check_in_date

),

final as (

    select
        key_result_id,
        day,
        max(case when confidence_recency = 1 then confidence end)
            as confidence,
        max(case when value_recency = 1 then value_reported end)
            as value_reported,
        max(
            case
                when value_recency = 1 and value_reported is not null
                    then check_in_date
            end
        ) as reported_date

    from ranked

    group by 1, 2

)

select * from final
