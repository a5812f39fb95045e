{#- grain: key result x day it is looked at: the last confidence and the last value that check-ins reported by then -#}
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
    }) }}

),

ranked as (

    select
        days.key_result_id,
        days.day,
        check_ins.confidence,
        check_ins.value_reported,
        check_ins.check_in_date,
        row_number() over (
            partition by days.key_result_id, days.day
            order by
                case when check_ins.confidence is null then 1 else 0 end,
                check_ins.check_in_date desc
        ) as confidence_recency,
        row_number() over (
            partition by days.key_result_id, days.day
            order by
                case when check_ins.value_reported is null then 1 else 0 end,
                check_ins.check_in_date desc
        ) as value_recency

    from days

    inner join check_ins
        on days.key_result_id = check_ins.key_result_id
        and days.day >= check_ins.check_in_date

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
