{{ config(enabled=has_input('okr_check_ins')) }}

with

source as (

    {{ read_input('okr_check_ins') }}

),

renamed as (

    select
        check_in_id,
        key_result_id,
        comment as check_in_comment,
        confidence as confidence_text,
        value_reported as value_text,
        check_in_date as date_text,
        {{ try_cast('check_in_id', 'numeric(28, 10)') }}
            as check_in_number,
        {{ number('confidence', 10) }} as confidence,
        {{ number('value_reported', 10) }}
            as value_as_number,
        -- a milestone may be reported in words
        case
            when lower(value_reported) in ('yes', 'done', 'true')
                then cast(1 as numeric(28, 10))
            when lower(value_reported) in ('no', 'false')
                then cast(0 as numeric(28, 10))
        end as value_as_word,
        {{ try_cast('check_in_date', 'date') }} as check_in_date

    from source

),

with_day as (

    select
        *,
        max(case when check_in_number is null then 1 else 0 end) over (
            partition by key_result_id, check_in_date
        ) as has_id_of_letters,
        count(*) over (
            partition by key_result_id, check_in_date, check_in_id
        ) as rows_of_id

    from renamed

),

final as (

    select
        check_in_id,
        key_result_id,
        check_in_comment,
        confidence_text,
        value_text,
        date_text,
        confidence,
        coalesce(value_as_number, value_as_word) as value_reported,
        value_as_number is null and value_as_word is not null
            as is_value_a_word,
        check_in_id is not null and rows_of_id = 1 as is_ordered,
        -- of one day the last row counts: by number where all ids are numbers
        row_number() over (
            partition by key_result_id, check_in_date
            order by
                case when has_id_of_letters = 0 then check_in_number end,
                check_in_id
        ) as order_on_day,
        check_in_date

    from with_day

)

select * from final
