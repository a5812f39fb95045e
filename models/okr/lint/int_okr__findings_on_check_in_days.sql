{#- grain: day on which a key result has several check-ins, and check-in that takes a milestone back -#}
{{ config(enabled=okr_is_on()) }}

with

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

check_ins as (

    select
        *,
        'key result ' || coalesce(key_result_id, '(empty)') as object,
        'its check-in ' || coalesce(check_in_id || ' ', '') || 'of '
        || coalesce(date_text, '(empty)') as row_name

    from {{ optional_input('okr_check_ins', {
        'key_result_id': dbt.type_string(),
        'check_in_id': dbt.type_string(),
        'value_text': dbt.type_string(),
        'date_text': dbt.type_string(),
        'confidence': 'numeric(28, 10)',
        'value_reported': 'numeric(28, 10)',
        'is_ordered': 'boolean',
        'order_on_day': 'integer',
        'check_in_date': 'date',
    }) }}

),

with_type as (

    select
        check_ins.*,
        key_results.metric_type,
        -- the first day on which a milestone was said to be done
        min(
            case
                when
                    key_results.metric_type = 'milestone'
                    and check_ins.value_reported >= 1
                    then check_ins.check_in_date
            end
        ) over (partition by check_ins.key_result_id) as done_on

    from check_ins

    left join key_results
        on check_ins.key_result_id = key_results.key_result_id

),

days as (

    select
        object,
        check_in_date,
        count(distinct confidence) > 1
        or count(distinct value_reported) > 1 as is_different,
        min(case when is_ordered then 1 else 0 end) = 1 as is_ordered,
        count(*) as check_ins

    from check_ins

    where check_in_date is not null

    group by 1, 2

    having count(*) > 1

),

last_of_day as (

    select
        days.*,
        check_ins.check_in_id as last_id

    from days

    inner join check_ins
        on days.object = check_ins.object
        and days.check_in_date = check_ins.check_in_date
        and days.check_ins = check_ins.order_on_day

),

final as (

    select
        'check_ins_of_one_day' as rule_id,
        case
            when not is_different then 'info'
            when is_ordered then 'warning'
            else 'error'
        end as severity,
        object,
        'it has ' || {{ dbt.safe_cast('check_ins', dbt.type_string()) }}
        || ' check-ins of ' || {{ day_text('check_in_date') }}
        || case
            when not is_different then ', which say the same'
            when is_ordered
                then ', which differ: ' || last_id || ', the last, counts'
            else ', which differ, and nothing says which is the later'
        end as message,
        case
            when not is_different then 'Keep one of them, or leave both.'
            when is_ordered then 'Keep the last, or leave both as they are.'
            else
                'Keep the one that counts, or number the rows of okr_check_ins by a column check_in_id.'
        end as how_to_mend

    from last_of_day

    union all

    select
        'milestone_taken_back' as rule_id,
        'warning' as severity,
        object,
        row_name || ' says ' || value_text || ', and it was done on '
        || {{ day_text('done_on') }} || ': what is done stays done' as message,
        'Where it was not done, correct the check-in that said so.'
            as how_to_mend

    from with_type

    where
        value_reported < 1
        and check_in_date > done_on

)

select * from final
