{{ config(enabled=marts_are_on()) }}
{%- set has_subscriptions = has_input('subscriptions') -%}
{%- set day = {'calendar_date': 'date'} %}

with

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

-- which inputs a period lacks, for the marts to leave null what isn't known
coverage as (

    select * from {{ ref('int_kpi__period_coverage') }}

),

measured_segments as (

    select
        dimension,
        dimension_value,
        calendar_date as first_day

    from {{ optional_model(
        'int_kpi__daily_revenue_and_costs', revenue_is_on(), columns=day
    ) }}

    union all

    select
        dimension,
        dimension_value,
        calendar_date as first_day

    from {{ optional_model(
        'int_kpi__daily_subscription_revenue', has_subscriptions, columns=day
    ) }}

    union all

    select
        dimension,
        dimension_value,
        period_start as first_day

    from {{ optional_model('int_kpi__customer_counts', revenue_is_on()) }}

    union all

    -- a free plan has movements without revenue
    select
        dimension,
        dimension_value,
        period_start as first_day

    from {{ optional_model(
        'int_kpi__segment_movements', has_subscriptions and keeps_unpaid()
    ) }}

    union all

    select
        dimension,
        dimension_value,
        period_start as first_day

    from {{ optional_model('int_kpi__active_users', has_input('product_events')) }}

    union all

    select
        dimension,
        dimension_value,
        period_start as first_day

    from {{ optional_model(
        'int_kpi__survey_counts', has_input('survey_responses')
    ) }}

    union all

    select
        dimension,
        dimension_value,
        period_start as first_day

    from {{ optional_model(
        'int_kpi__ticket_counts', has_input('support_tickets')
    ) }}

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
        periods.is_complete_period,
        coverage.gap_of_orders,
        coverage.gap_of_refunds,
        coverage.gap_of_subscriptions,
        coverage.gap_of_marketing_spend,
        coverage.gap_of_operating_expenses,
        coverage.gap_of_product_events,
        coverage.gap_of_survey_responses,
        coverage.gap_of_support_tickets

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
