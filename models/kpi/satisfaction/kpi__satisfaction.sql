{#- grain: period grain x period x segment -#}
{{ config(enabled=satisfaction_is_on()) }}
{%- set measures = {
    'survey_counts': ['nps_responses', 'promoters', 'passives', 'detractors',
        'csat_responses', 'satisfied_responses'],
    'ticket_counts': ['tickets_opened', 'tickets_solved'],
} -%}
{%- set inputs = {
    'survey_counts': 'survey_responses', 'ticket_counts': 'support_tickets'
} %}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where {{ is_total_or(customer_dimensions()) }}

),

{% for model in measures if has_input(inputs[model]) -%}
{{ model }} as (

    select * from {{ ref('int_kpi__' ~ model) }}

),

{% endfor -%}
joined as (

    select
        {% for model, columns in measures.items() -%}
        {% for column in columns -%}
        -- nobody asked is no answer; no input is no figure
        {{ known('coalesce(' ~ model ~ '.' ~ column ~ ', 0)', [inputs[model]])
            if has_input(inputs[model]) else 'null' }} as {{ column }},
        {% endfor -%}
        {% endfor -%}
        {{ 'ticket_counts.median_resolution_hours'
            if has_input('support_tickets') else 'null' }}
            as median_resolution_hours,
        period_segments.*

    from period_segments

    {% for model in measures if has_input(inputs[model]) -%}
    left join {{ model }}
        on {{ same_period_segment('period_segments', model) }}

    {% endfor -%}
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
