{{ config(enabled=marts_are_on()) }}

with

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

coverage as (

    select * from {{ optional_model(
        'int_kpi__input_coverage', any_staging_is_on(), columns={
            'input': dbt.type_string(), 'first_day': 'date', 'ended_day': 'date', 'missing_from_day': 'date',
            'max_age_days': 'integer',
        },
    ) }}

),

gaps as (

    select
        periods.period_grain,
        periods.period_start,
        coverage.input,
        case
            when periods.period_end < coverage.first_day
                or periods.period_start > coverage.ended_day
                then 'all'
            when periods.period_start < coverage.first_day
                or periods.period_end >= coverage.missing_from_day
                then 'part'
        end as gap

    from periods

    cross join coverage

),

final as (

    select
        period_grain,
        period_start,
        max(case when input = 'orders' then gap end) as gap_of_orders,
        max(case when input = 'refunds' then gap end) as gap_of_refunds,
        max(case when input = 'subscriptions' then gap end)
            as gap_of_subscriptions,
        max(case when input = 'marketing_spend' then gap end)
            as gap_of_marketing_spend,
        max(case when input = 'operating_expenses' then gap end)
            as gap_of_operating_expenses,
        max(case when input = 'product_events' then gap end)
            as gap_of_product_events,
        max(case when input = 'survey_responses' then gap end)
            as gap_of_survey_responses,
        max(case when input = 'support_tickets' then gap end)
            as gap_of_support_tickets

    from gaps

    group by 1, 2

)

select * from final
