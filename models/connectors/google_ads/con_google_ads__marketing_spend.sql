{{ config(enabled=feeds('google_ads', 'marketing_spend')) }}

with

stats as (

    -- of campaigns, as Performance Max has no ads
    {{ raw_table('google_ads', 'campaign_stats', {
        'id': 'text', 'customer_id': 'text', 'date as spend_date': 'day', 'cost_micros': 'number', 'impressions': 'number',
        'clicks': 'number',
    }) }}

),

campaigns as (

    {{ newest_row('google_ads', 'campaign_history', {
        'id': 'text', 'name': 'text', 'advertising_channel_type': 'text',
    }, 'updated_at') }}

),

accounts as (

    {{ newest_row('google_ads', 'account_history', {'id': 'text', 'currency_code': 'text'}, 'updated_at') }}

),

-- of a loader that has campaigns without their accounts
currencies as (

    select case when count(distinct currency_code) = 1 then max(currency_code) end as only_currency

    from accounts

),

spend as (

    select
        stats.spend_date,
        coalesce(campaigns.name, stats.id) as campaign,
        campaigns.advertising_channel_type as campaign_type,
        cast(stats.cost_micros * 0.000001 as numeric(28, 6)) as amount,
        coalesce(
            accounts.currency_code, case when stats.customer_id is null then currencies.only_currency end
        ) as currency_code,
        stats.impressions,
        stats.clicks

    from stats

    left join campaigns
        on stats.id = campaigns.id

    left join accounts
        on stats.customer_id = accounts.id

    cross join currencies

),

final as (

    {{ spend_by_campaign('google_ads', {'campaign_type': 'campaign_type'}) }}

)

select * from final
