{#- grain: period grain x period x segment -#}
{{ config(enabled=marts_are_on()) }}
{%- set marts = ['period_measures', 'margin', 'customer_counts'] -%}
{%- if has_input('subscriptions') -%}{%- do marts.append('subscriptions') -%}{%- endif %}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where dimension not in ('plan', 'product_category')

),

customer_counts as (

    select * from {{ ref('int_kpi__customer_counts') }}

),

period_measures as (

    select * from {{ ref('int_kpi__period_measures') }}

),

margin as (

    select * from {{ ref('kpi__margin') }}

),
{% if has_input('subscriptions') %}
subscriptions as (

    select * from {{ ref('kpi__subscriptions') }}

),
{% endif %}
joined as (

    select
        period_segments.*,
        coalesce(customer_counts.new_customers, 0) as new_customers,
        coalesce(customer_counts.active_customers, 0) as active_customers,
        margin.marketing_spend,
        margin.gross_margin,
        case
            when period_segments.dimension = 'total'
                then margin.marketing_spend
                    + period_measures.ledger_sales_and_marketing
        end as fully_loaded_spend,
        {% if has_input('subscriptions') -%}
        subscriptions.closing_mrr as monthly_revenue,
        subscriptions.closing_subscribers as paying_customers,
        {{ ratio(
            'subscriptions.customer_churn_rate',
            'period_segments.months_in_period',
        ) }} as monthly_churn_rate
        {%- else -%}
        -- rounded once, so that the published parts give the published ratio
        cast(
            {{ ratio('margin.net_revenue', 'period_segments.months_in_period') }}
            as numeric(38, 6)
        ) as monthly_revenue,
        coalesce(customer_counts.active_customers, 0) as paying_customers,
        cast(null as numeric(38, 12)) as monthly_churn_rate
        {%- endif %}

    from period_segments

    {% for mart in marts -%}
    left join {{ mart }}
        on {{ same_period_segment('period_segments', mart) }}

    {% endfor %}
),

unit_economics as (

    select
        *,
        -- customers of an unknown channel were won by no known spend
        case
            when dimension = 'acquisition_channel'
                and dimension_value = 'unknown' then null
            else {{ ratio('marketing_spend', 'new_customers') }}
        end as cac,
        {{ ratio('fully_loaded_spend', 'new_customers') }}
            as fully_loaded_cac,
        {{ ratio('monthly_revenue', 'paying_customers') }} as arpa

    from joined

),

lifetime_values as (

    select
        *,
        {{ ratio('arpa * gross_margin', 'monthly_churn_rate') }} as ltv

    from unit_economics

),

final as (

    select
        period_grain,
        period_start,
        period_end,
        dimension,
        dimension_value,
        cast(new_customers as bigint) as new_customers,
        cast(active_customers as bigint) as active_customers,
        cast(marketing_spend as numeric(38, 6)) as marketing_spend,
        cast(fully_loaded_spend as numeric(38, 6)) as fully_loaded_spend,
        cast(monthly_revenue as numeric(38, 6)) as monthly_revenue,
        cast(paying_customers as bigint) as paying_customers,
        gross_margin,
        monthly_churn_rate,
        cast(cac as numeric(38, 12)) as cac,
        fully_loaded_cac,
        arpa,
        {{ ratio('cac', 'arpa * gross_margin') }} as cac_payback_months,
        ltv,
        {{ ratio('ltv', 'cac') }} as ltv_to_cac

    from lifetime_values

)

select * from final
