{{ config(enabled=staging_is_on('survey_responses')) }}

with

source as (

    {{ read_input('survey_responses') }}

),

known_customers as (

    select * from {{ ref('int_kpi__customers') }}

),

typed as (

    select
        response_id,
        customer_id,
        lower({{ text('survey_type') }}) as survey_type,
        {{ number('score') }} as score,
        score as raw_score,
        {{ reporting_date('responded_at') }} as responded_date,
        {{ utc_time('responded_at') }} as responded_time,
        responded_at,
        source_name,
        source_rank,
        raw_row

    from source

),

checked as (

    select
        typed.*,
        case
            when typed.response_id is null then {{ because('no_key', words={'column': 'response_id'}) }}
            {{ when_without_day('responded_at', 'typed.responded_date', 'typed.responded_at') }}
            when
                typed.survey_type is null
                or typed.survey_type not in ('nps', 'csat', 'ces')
                then {{ because('unknown_survey', 'typed.survey_type') }}
            {{ when_not_a_number('score', 'typed.score', 'typed.raw_score') }}
            when
                typed.survey_type = 'nps' and (
                    typed.score < 0 or typed.score > 10
                    or typed.score != floor(typed.score)
                )
                then {{ because(
                    'unknown_score', 'typed.raw_score', {'survey': 'nps', 'lowest': 0, 'highest': 10},
                ) }}
            when
                typed.survey_type = 'csat' and (
                    typed.score < 1 or typed.score > 5
                    or typed.score != floor(typed.score)
                )
                then {{ because(
                    'unknown_score', 'typed.raw_score', {'survey': 'csat', 'lowest': 1, 'highest': 5},
                ) }}
            when
                typed.survey_type = 'ces' and (
                    typed.score < 1 or typed.score > 7
                    or typed.score != floor(typed.score)
                )
                then {{ because(
                    'unknown_score', 'typed.raw_score', {'survey': 'ces', 'lowest': 1, 'highest': 7},
                ) }}
            {{ when_from_another_source('survey_responses', 'typed', 'response_id') }}
            {{ when_without_customer('typed.customer_id') }}
        end as reject_reason

    from typed

    left join known_customers
        on typed.customer_id = known_customers.customer_id

),

with_status as (

    {{ with_row_status(
        ['response_id'],
        day='responded_date',
        latest_by='responded_time',
    ) }}

),

final as (

    select
        response_id,
        customer_id,
        survey_type,
        score,
        responded_date,
        responded_time,
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row

    from with_status

)

select * from final
