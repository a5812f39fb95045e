{{ config(enabled=revenue_is_on() and has_input('operating_expenses')) }}
{%- set spend = ['operating_expenses', {'input': 'marketing_spend', 'unless': 'ad_spend_in_ledger'}] %}

with

margin as (

    select * from {{ ref('kpi__margin') }}

    where dimension = 'total'

),

acquisition as (

    select * from {{ ref('kpi__acquisition') }}

    where dimension = 'total'

),

subscriptions as (

    select * from {{ optional_model(
        'kpi__subscriptions', has_input('subscriptions'),
        measures=['opening_mrr', 'closing_mrr'],
    ) }}

    where dimension = 'total'

),

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where dimension = 'total'

),

sales_and_marketing as (

    select
        acquisition.period_grain,
        acquisition.period_start,
        case when acquisition.period_grain = 'quarter' then
            lag({{ known_throughout('acquisition.fully_loaded_spend', spend) }})
                over (
                    partition by acquisition.period_grain
                    order by acquisition.period_start
                )
        end as previous_quarter_spend

    from acquisition

    inner join period_segments
        on {{ same_period_segment('acquisition', 'period_segments') }}

),

whole_years_ago as (

    select
        margin.period_grain,
        margin.period_start,
        {{ known_throughout('margin.net_revenue', ['orders', 'subscriptions']) }}
            as net_revenue

    from margin

    inner join period_segments
        on {{ same_period_segment('margin', 'period_segments') }}

),

joined as (

    select
        margin.*,
        sales_and_marketing.previous_quarter_spend,
        whole_years_ago.net_revenue as year_ago_net_revenue,
        (subscriptions.closing_mrr - subscriptions.opening_mrr) * 12
            as net_new_arr

    from margin

    inner join period_segments
        on {{ same_period_segment('margin', 'period_segments') }}

    inner join sales_and_marketing
        on margin.period_grain = sales_and_marketing.period_grain
        and margin.period_start = sales_and_marketing.period_start

    left join subscriptions
        on {{ same_period_segment('margin', 'subscriptions') }}

    left join whole_years_ago
        on margin.period_grain = whole_years_ago.period_grain
        and period_segments.year_ago_period_start
        = whole_years_ago.period_start

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
        cast(net_new_arr as numeric(38, 6)) as net_new_arr,
        cast(previous_quarter_spend as numeric(38, 6))
            as previous_quarter_spend,
        case
            when period_grain = 'quarter'
                then {{ ratio('net_new_arr', 'previous_quarter_spend') }}
        end as magic_number,
        cast(-operating_income as numeric(38, 6)) as operating_loss,
        {{ ratio('-operating_income', 'net_new_arr') }} as burn_multiple,
        cast(year_ago_net_revenue as numeric(38, 6)) as year_ago_net_revenue,
        {{ ratio('net_revenue - year_ago_net_revenue', 'year_ago_net_revenue') }}
            as yearly_revenue_growth,
        operating_margin,
        cast(
            {{ ratio('net_revenue - year_ago_net_revenue', 'year_ago_net_revenue') }}
            + operating_margin as numeric(38, 12)
        ) as rule_of_40

    from joined

)

select * from final
