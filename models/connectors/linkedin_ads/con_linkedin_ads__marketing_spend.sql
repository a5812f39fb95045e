{{ config(enabled=feeds('linkedin_ads', 'marketing_spend')) }}

with

stats as (

    {{ raw_table('linkedin_ads', 'ad_analytics_by_campaign', {
        'campaign_id': 'text', 'day as spend_date': 'day', 'cost_in_local_currency': 'number', 'impressions': 'number',
        'clicks': 'number',
    }) }}

),

campaigns as (

    {{ newest_row(
        'linkedin_ads', 'campaign_history', {'id': 'text', 'account_id': 'text', 'name': 'text'}, 'last_modified_time'
    ) }}

),

-- a loader has the table under one of two names
accounts as (

    {{ newest_row('linkedin_ads', 'account_history', {'id': 'text', 'currency': 'text'}, 'last_modified_time') }}

    union all

    {{ newest_row('linkedin_ads', 'ad_account_history', {'id': 'text', 'currency': 'text'}, 'last_modified_time') }}

),

currencies as (

    select
        id,
        max(currency) as currency_code

    from accounts

    group by id

),

spend as (

    select
        stats.spend_date,
        coalesce(campaigns.name, stats.campaign_id) as campaign,
        stats.cost_in_local_currency as amount,
        currencies.currency_code,
        stats.impressions,
        stats.clicks

    from stats

    left join campaigns
        on stats.campaign_id = campaigns.id

    left join currencies
        on campaigns.account_id = currencies.id

),

final as (

    {{ spend_by_campaign('linkedin_ads') }}

)

select * from final
