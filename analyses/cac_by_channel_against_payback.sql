-- Which channel wins customers that pay back soon? Costs of revenue aren't known by channel, so payback takes the
-- whole company's margin: cost per customer / (the channel's own monthly revenue per customer x that margin).
{{ config(enabled=revenue_is_on()) }}
with

quarters as (

    select
        *,
        max(case when dimension = 'total' then gross_margin end) over (
            partition by period_start
        ) as company_gross_margin

    from {{ ref('kpi__acquisition') }}

    where
        period_grain = 'quarter'
        and dimension in ('total', 'acquisition_channel')

),

final as (

    select
        period_start,
        dimension_value as acquisition_channel,
        new_customers,
        marketing_spend,
        cac,
        arpa,
        {{ ratio('cac', 'arpa * company_gross_margin') }} as cac_payback_months

    from quarters

)

select * from final
