{{ config(enabled=okr_is_on()) }}

with

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

staged_check_ins as (

    select *

    from {{ optional_input('okr_check_ins', {
        'key_result_id': dbt.type_string(),
        'check_in_id': dbt.type_string(),
        'confidence_text': dbt.type_string(),
        'value_text': dbt.type_string(),
        'date_text': dbt.type_string(),
        'confidence': 'numeric(28, 10)',
        'value_reported': 'numeric(28, 10)',
        'is_value_a_word': 'boolean',
        'is_ordered': 'boolean',
        'order_on_day': 'integer',
        'check_in_date': 'date',
    }) }}

),

check_ins as (

    select
        staged_check_ins.*,
        key_results.metric_type,
        {{ say('objects', 'key_result', {'id': or_empty('staged_check_ins.key_result_id')}) }} as object,
        case
            when staged_check_ins.check_in_id is null
                then {{ say('objects', 'check_in', {'day': or_empty('staged_check_ins.date_text')}) }}
            else {{ say('objects', 'check_in.with_id', {
                'id': 'staged_check_ins.check_in_id', 'day': or_empty('staged_check_ins.date_text'),
            }) }}
        end as row_name,
        -- the first day on which a milestone was said to be done
        min(
            case
                when
                    key_results.metric_type = 'milestone'
                    and staged_check_ins.value_reported >= 1
                    then staged_check_ins.check_in_date
            end
        ) over (partition by staged_check_ins.key_result_id) as done_on

    from staged_check_ins

    left join key_results
        on staged_check_ins.key_result_id = key_results.key_result_id

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
        {{ finding(
            'check_in', 'object', {'row': 'row_name'},
            cases={'date_missing': 'date_text is null', 'date_unreadable': none},
        ) }}

    from check_ins

    where check_in_date is null

    union all

    select
        {{ finding('check_in.confidence', 'object', {'row': 'row_name', 'confidence': 'confidence_text'}) }}

    from check_ins

    where
        confidence_text is not null
        and coalesce(confidence < 0 or confidence > 1, true)

    union all

    select
        {{ finding(
            'check_in', 'object', {'row': 'row_name', 'value': 'value_text'},
            cases={'value_of_a_milestone': "metric_type = 'milestone'", 'word': 'is_value_a_word', 'value': none},
        ) }}

    from check_ins

    where
        value_text is not null
        and (
            value_reported is null
            or (
                metric_type = 'milestone'
                and (value_reported < 0 or value_reported > 1)
            )
            or (is_value_a_word and metric_type != 'milestone')
        )

    union all

    select
        {{ finding(
            'check_ins_of_one_day', 'object',
            {'count': as_text('check_ins'), 'day': day_text('check_in_date'), 'last_id': 'last_id'},
            cases={'same': 'not is_different', 'ordered': 'is_ordered', 'unordered': none},
        ) }}

    from last_of_day

    union all

    select
        {{ finding(
            'milestone_taken_back', 'object',
            {'row': 'row_name', 'value': 'value_text', 'day': day_text('done_on')},
        ) }}

    from check_ins

    where
        value_reported < 1
        and check_in_date > done_on

)

select * from final
