{{ config(enabled=satisfaction_is_on()) }}
{%- set has_answers = has_input('survey_responses') -%}
{%- set has_tickets = has_input('support_tickets') %}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where {{ is_total_or(dimensions_of('customers')) }}

),

survey_counts as (

    select * from {{ optional_model('int_kpi__survey_counts', has_answers, measures=[
        'nps_responses', 'promoters', 'passives', 'detractors',
        'csat_responses', 'satisfied_responses',
    ]) }}

),

ticket_counts as (

    select * from {{ optional_model('int_kpi__ticket_counts', has_tickets, measures=[
        'tickets_opened', 'tickets_solved', 'median_resolution_hours',
    ]) }}

),

-- nobody asked is no answer; no input is no figure
frame as (

    select
        *,
        {{ known('0', ['survey_responses']) if has_answers
            else 'cast(null as integer)' }} as zero_answers,
        {{ known('0', ['support_tickets']) if has_tickets
            else 'cast(null as integer)' }} as zero_tickets

    from period_segments

),

joined as (

    select
        frame.*,
        coalesce(survey_counts.nps_responses, frame.zero_answers)
            as nps_responses,
        coalesce(survey_counts.promoters, frame.zero_answers) as promoters,
        coalesce(survey_counts.passives, frame.zero_answers) as passives,
        coalesce(survey_counts.detractors, frame.zero_answers) as detractors,
        coalesce(survey_counts.csat_responses, frame.zero_answers)
            as csat_responses,
        coalesce(survey_counts.satisfied_responses, frame.zero_answers)
            as satisfied_responses,
        coalesce(ticket_counts.tickets_opened, frame.zero_tickets)
            as tickets_opened,
        coalesce(ticket_counts.tickets_solved, frame.zero_tickets)
            as tickets_solved,
        ticket_counts.median_resolution_hours

    from frame

    left join survey_counts
        on {{ same_period_segment('frame', 'survey_counts') }}
        and frame.zero_answers = 0

    left join ticket_counts
        on {{ same_period_segment('frame', 'ticket_counts') }}
        and frame.zero_tickets = 0

),

final as (

    select
        period_grain,
        period_start,
        period_end,
        period_label,
        is_complete_period,
        dimension,
        dimension_value,
        cast(nps_responses as bigint) as nps_responses,
        cast(promoters as bigint) as promoters,
        cast(passives as bigint) as passives,
        cast(detractors as bigint) as detractors,
        {{ ratio('100 * (promoters - detractors)', 'nps_responses') }} as nps,
        cast(csat_responses as bigint) as csat_responses,
        cast(satisfied_responses as bigint) as satisfied_responses,
        {{ ratio('satisfied_responses', 'csat_responses') }} as csat,
        cast(tickets_opened as bigint) as tickets_opened,
        cast(tickets_solved as bigint) as tickets_solved,
        cast(median_resolution_hours as numeric(38, 12))
            as median_resolution_hours

    from joined

)

select * from final
