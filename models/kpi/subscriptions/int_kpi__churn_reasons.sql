{{ config(enabled=has_input('subscriptions')) }}
{%- set dimensions = dimensions_of('customers', 'subscriptions') -%}

{#- the type of a reason to churn: voluntary (the customer left), involuntary (a payment failed) or unknown;
    the user's own words win -#}
{%- set types = {} -%}
{%- for type, reasons in {
    'involuntary': [
        'payment_failed', 'payment_failure', 'failed_payment', 'payment_disputed', 'payment_declined', 'payment_refused', 'non_payment',
        'nonpayment', 'not_paid', 'unpaid', 'dunning', 'delinquent', 'card_declined', 'card_expired', 'expired_card', 'insufficient_funds',
        'no_card', 'chargeback', 'disputed', 'fraud', 'fraudulent', 'fraud_review_failed', 'involuntary',
    ],
    'voluntary': [
        'cancellation_requested', 'customer_request', 'requested', 'voluntary', 'price', 'pricing', 'too_expensive', 'budget', 'cost',
        'missing_feature', 'missing_features', 'features', 'switched_service', 'switched', 'competitor', 'switched_to_competitor', 'unused',
        'not_used', 'no_longer_needed', 'not_needed', 'customer_service', 'support', 'low_quality', 'quality', 'too_complex', 'complexity',
        'bugs', 'dissatisfied', 'business_closed', 'closed_business', 'closed_shop', 'out_of_business', 'moved', 'not_renewed', 'other',
    ],
}.items() -%}
    {%- for reason in reasons -%}
        {%- do types.update({reason: type}) -%}
    {%- endfor -%}
{%- endfor -%}
{%- for word, type in setting('churn_reason_types').items() -%}
    {%- do types.update({as_word(word): type}) -%}
{%- endfor %}

with

movement_rows as (

    select * from {{ ref('int_kpi__movement_rows') }}

    where movement = 'churn'

),

versions as (

    select * from {{ ref('fct_kpi__subscription_versions') }}

),

-- of the versions that ended when the customer left, or that say so
with_reason as (

    select
        movement_rows.row_key,
        movement_rows.period_grain,
        movement_rows.period_start,
        versions.churn_reason,
        row_number() over (
            partition by
                movement_rows.row_key, movement_rows.period_grain,
                movement_rows.period_start
            order by
                case when versions.churn_reason is null then 1 else 0 end asc,
                versions.mrr desc,
                versions.churn_reason asc
        ) as reason_number

    from movement_rows

    inner join versions
        on movement_rows.row_key = versions.customer_id
        and movement_rows.row_date >= versions.started_date
        and coalesce(movement_rows.row_date <= versions.ended_date, true)

),

churned as (

    select
        movement_rows.*,
        coalesce(with_reason.churn_reason, 'unknown') as reason

    from movement_rows

    left join with_reason
        on movement_rows.row_key = with_reason.row_key
        and movement_rows.period_grain = with_reason.period_grain
        and movement_rows.period_start = with_reason.period_start
        and with_reason.reason_number = 1

),

final as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(dimensions) }},
        reason,
        case {{ word_of('reason') }}
            {%- for reason, type in types.items() %}
            when {{ literals([reason]) }} then '{{ type }}'
            {%- endfor %}
            else 'unknown'
        end as reason_type,
        sum(churned_subscribers) as churned_subscribers,
        sum(churned_mrr) as churned_mrr

    from churned

    group by {{ dimension_sets(['period_grain', 'period_start', 'reason'], dimensions) }}

)

select * from final
