-- Which channel wins customers that pay back soon? Cost per customer and months to pay it back, last complete quarter.
select
    dimension_value as acquisition_channel,
    new_customers,
    marketing_spend,
    cac,
    arpa,
    gross_margin,
    cac_payback_months,
    ltv_to_cac

from {{ ref('kpi__acquisition') }}

where
    period_grain = 'quarter'
    and dimension = 'acquisition_channel'
    and period_end = (
        select max(complete_quarters.period_end)
        from {{ ref('kpi__values') }} as complete_quarters
        where
            complete_quarters.period_grain = 'quarter'
            and complete_quarters.is_complete_period
    )

order by cac desc
