{#- grain: period grain x period x segment -#}
{{ config(enabled=revenue_is_on()) }}
{%- set marts = {
    'period_measures': 'int_kpi__period_measures',
    'margin': 'kpi__margin',
    'customer_counts': 'int_kpi__customer_counts',
} -%}
{%- if has_input('subscriptions') -%}{%- do marts.update({'subscriptions': 'kpi__subscriptions'}) -%}{%- endif -%}
{%- set costs = ['marketing_spend', 'operating_expenses'] -%}
{%- set lag = policy('cac_lag_periods') %}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where {{ is_total_or(customer_dimensions()) }}

),

{% for mart, model in marts.items() -%}
{{ mart }} as (

    select * from {{ ref(model) }}

),

{% endfor -%}
joined as (

    select
        period_segments.*,
        {% for column in ['new_customers', 'active_customers'] -%}
        {{ known('coalesce(customer_counts.' ~ column ~ ', 0)', ['orders', 'subscriptions']) }} as {{ column }},
        {% endfor -%}
        margin.marketing_spend,
        margin.gross_margin,
        case
            when period_segments.dimension = 'total'
                then period_measures.ledger_sales_and_marketing
                    {{- ' + margin.marketing_spend'
                        if not policy('ad_spend_in_ledger') }}
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
        {{ known('coalesce(customer_counts.active_customers, 0)', ['orders']) }} as paying_customers,
        cast(null as numeric(38, 12)) as monthly_churn_rate
        {%- endif %}

    from period_segments

    {% for mart in marts -%}
    left join {{ mart }}
        on {{ same_period_segment('period_segments', mart) }}

    {% endfor %}
),

-- the spend that won the period's customers: of an earlier period by cac_lag_periods
with_lag as (

    select
        *,
        {% for spend in ['marketing_spend', 'fully_loaded_spend'] -%}
        lag({{ known_throughout(spend, costs[:loop.index]) if lag else spend }}, {{ lag }}) over (
            partition by period_grain, dimension, dimension_value
            order by period_start
        ) as cac_{{ spend }}{{ ',' if not loop.last }}
        {% endfor %}
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
        {% for money in [
            'marketing_spend', 'fully_loaded_spend', 'cac_marketing_spend',
            'cac_fully_loaded_spend', 'monthly_revenue'
        ] -%}
        cast({{ money }} as numeric(38, 6)) as {{ money }},
        {% endfor -%}
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
