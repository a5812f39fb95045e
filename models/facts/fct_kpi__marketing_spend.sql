{{ config(enabled=has_input('marketing_spend')) }}

with

marketing_spend as (

    select * from {{ ref('stg_kpi__marketing_spend') }}

    where row_status = 'accepted'

),

final as (

    select
        channel as acquisition_channel,
        {{ 'source_name as dim_source,' if 'dim_source' in spend_dimensions() }}
        campaign,
        currency_code,
        amount,
        {{ to_reporting_currency('amount', 'exchange_rate') }} as spend,
        impressions,
        clicks,
        spend_date

    from marketing_spend

)

select * from final
