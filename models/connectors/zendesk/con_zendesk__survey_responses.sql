{{ config(enabled=feeds('zendesk', 'survey_responses')) }}

with

ratings as (

    {{ raw_table('zendesk', 'satisfaction_rating', {
        'id': 'text', 'ticket_id': 'text', 'score as rating': 'text', 'created_at': 'time', 'updated_at': 'time',
    }) }}

),

tickets as (

    select * from {{ ref('int_zendesk__tickets') }}

),

final as (

    select
        ratings.id as response_id,
        tickets.customer_id,
        'csat' as survey_type,
        -- of five
        case when ratings.rating = 'good' then 5 else 1 end as score,
        coalesce(ratings.updated_at, ratings.created_at) as responded_at

    from ratings

    inner join tickets
        on ratings.ticket_id = tickets.ticket_id

    -- the others were offered and not given
    where ratings.rating in ('good', 'bad')

)

select * from final
