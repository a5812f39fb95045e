{{ config(enabled=revenue_is_on()) }}
{%- set has_subscriptions = has_input('subscriptions') -%}
{%- set lag = policy('cac_lag_periods') -%}
{#- ads that the ledger holds aren't added to it -#}
{%- set sales_and_marketing = 'period_measures.ledger_sales_and_marketing'
    ~ ('' if policy('ad_spend_in_ledger') else ' + margin.marketing_spend') %}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where {{ is_total_or(dimensions_of('customers')) }}

),

period_measures as (

    select * from {{ ref('int_kpi__period_measures') }}

),

margin as (

    select * from {{ ref('kpi__margin') }}

),

customer_counts as (

    select * from {{ ref('int_kpi__customer_counts') }}

),

subscriptions as (

    select * from {{ optional_model(
        'kpi__subscriptions', has_subscriptions,
        measures=['closing_mrr', 'closing_subscribers', 'customer_churn_rate'],
    ) }}

),

joined as (

    select
        period_segments.*,
        {{ known('coalesce(customer_counts.new_customers, 0)', ['orders', 'subscriptions']) }}
            as new_customers,
        {{ known('coalesce(customer_counts.active_customers, 0)', ['orders', 'subscriptions']) }}
            as active_customers,
        margin.marketing_spend,
        margin.gross_margin,
        case
            when period_segments.dimension = 'total'
                then {{ sales_and_marketing }}
        end as fully_loaded_spend,
        subscriptions.closing_mrr,
        subscriptions.closing_subscribers,
        -- rounded once, so that the published parts give the published ratio
        cast(
            {{ ratio('margin.net_revenue', 'period_segments.months_in_period') }}
            as numeric(38, 6)
        ) as net_revenue_a_month,
        {{ ratio(
            'subscriptions.customer_churn_rate',
            'period_segments.months_in_period',
        ) }} as monthly_churn_rate

    from period_segments

    left join period_measures
        on {{ same_period_segment('period_segments', 'period_measures') }}

    left join margin
        on {{ same_period_segment('period_segments', 'margin') }}

    left join customer_counts
        on {{ same_period_segment('period_segments', 'customer_counts') }}

    left join subscriptions
        on {{ same_period_segment('period_segments', 'subscriptions') }}

),

-- the spend that won the period's customers: of an earlier period by cac_lag_periods
with_lag as (

    select
        *,
        {{ 'closing_mrr' if has_subscriptions else 'net_revenue_a_month' }}
            as monthly_revenue,
        {{ 'closing_subscribers' if has_subscriptions else 'active_customers' }}
            as paying_customers,
        lag({{ known_throughout('marketing_spend', ['marketing_spend']) if lag
            else 'marketing_spend' }}, {{ lag }}) over (
            partition by period_grain, dimension, dimension_value
            order by period_start
        ) as cac_marketing_spend,
        lag({{ known_throughout('fully_loaded_spend', ['marketing_spend', 'operating_expenses']) if lag
            else 'fully_loaded_spend' }}, {{ lag }}) over (
            partition by period_grain, dimension, dimension_value
            order by period_start
        ) as cac_fully_loaded_spend

    from joined

),

unit_economics as (

    select
        *,
        -- no known spend won customers of an unknown channel
        case
            when dimension = 'acquisition_channel'
                and dimension_value in ('unknown', 'unattributed') then null
            else {{ ratio('cac_marketing_spend', 'new_customers') }}
        end as cac,
        {{ ratio('cac_fully_loaded_spend', 'new_customers') }} as fully_loaded_cac,
        {{ ratio('monthly_revenue', 'paying_customers') }} as arpa

    from with_lag

),

lifetime_values as (

    select
        *,
        {{ ratio('cast(arpa as ' ~ type_double() ~ ') * gross_margin', 'monthly_churn_rate') }} as ltv

    from unit_economics

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
        cast(new_customers as numeric(38, 12)) as new_customers,
        cast(active_customers as bigint) as active_customers,
        cast(marketing_spend as numeric(38, 6)) as marketing_spend,
        cast(fully_loaded_spend as numeric(38, 6)) as fully_loaded_spend,
        cast(cac_marketing_spend as numeric(38, 6)) as cac_marketing_spend,
        cast(cac_fully_loaded_spend as numeric(38, 6)) as cac_fully_loaded_spend,
        cast(monthly_revenue as numeric(38, 6)) as monthly_revenue,
        cast(paying_customers as bigint) as paying_customers,
        gross_margin,
        monthly_churn_rate,
        cast(cac as numeric(38, 12)) as cac,
        fully_loaded_cac,
        arpa,
        {{ ratio('cac', 'cast(arpa as ' ~ type_double() ~ ') * gross_margin') }} as cac_payback_months,
        ltv,
        {{ ratio('ltv', 'cac') }} as ltv_to_cac

    from lifetime_values

)

select * from final
