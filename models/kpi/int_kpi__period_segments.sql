{#- grain: period grain x period x segment: the frame of every mart, so that an empty period shows -#}
{{ config(enabled=marts_are_on()) }}
{%- set measures = [] -%}
{%- if revenue_is_on() -%}
    {%- do measures.extend(['daily_revenue_and_costs', 'customer_counts']) -%}
{%- endif -%}
{%- if has_input('subscriptions') -%}
    {%- do measures.append('daily_subscription_revenue') -%}
    {#- a free plan has movements without revenue -#}
    {%- if keeps_unpaid() -%}{%- do measures.append('segment_movements') -%}{%- endif -%}
{%- endif -%}
{%- if usage_is_on() -%}{%- do measures.append('active_users') -%}{%- endif -%}
{%- if has_input('survey_responses') -%}{%- do measures.append('survey_counts') -%}{%- endif -%}
{%- if has_input('support_tickets') -%}{%- do measures.append('ticket_counts') -%}{%- endif %}

with

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

-- which inputs a period lacks, for the marts to leave null what isn't known
coverage as (

    select * from {{ ref('int_kpi__period_coverage') }}

),

measured_segments as (

    {% for measure in measures -%}
    select
        dimension,
        dimension_value,
        {{ 'calendar_date' if measure.startswith('daily_') else 'period_start' }}
            as first_day

    from {{ ref('int_kpi__' ~ measure) }}

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

segments as (

    select
        dimension,
        dimension_value,
        min(first_day) as first_day

    from measured_segments

    group by 1, 2

),

final as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.period_label,
        segments.dimension,
        segments.dimension_value,
        periods.previous_period_start,
        periods.year_ago_period_start,
        periods.months_in_period,
        periods.is_complete_period
        {%- for input in inputs_with_a_start() if staging_is_on(input) %},
        coverage.gap_of_{{ input }}
        {%- endfor %}

    from periods

    -- a segment has the periods of the last ten years, and older ones from its first row on
    inner join segments
        on periods.period_end >= least(
            segments.first_day,
            cast({{ dbt.dateadd('year', -10, as_of_date()) }} as date)
        )

    left join coverage
        on periods.period_grain = coverage.period_grain
        and periods.period_start = coverage.period_start

)

select * from final
