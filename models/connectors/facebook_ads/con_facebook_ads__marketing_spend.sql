{{ config(enabled=feeds('facebook_ads', 'marketing_spend')) }}

with

stats as (

    {{ raw_table('facebook_ads', 'basic_ad', {
        'ad_id': 'text', 'account_id': 'text', 'date as spend_date': 'day', 'spend': 'number', 'impressions': 'number',
        'inline_link_clicks': 'number',
    }) }}

),

ads as (

    {{ newest_row('facebook_ads', 'ad_history', {'id': 'text', 'campaign_id': 'text'}, 'updated_time') }}

),

campaigns as (

    {{ newest_row('facebook_ads', 'campaign_history', {'id': 'text', 'name': 'text'}, 'updated_time') }}

),

accounts as (

    {{ newest_row('facebook_ads', 'account_history', {'id': 'text', 'currency': 'text'}, '_fivetran_synced') }}

),

spend as (

    select
        stats.spend_date,
        coalesce(campaigns.name, ads.campaign_id, stats.ad_id) as campaign,
        stats.spend as amount,
        accounts.currency as currency_code,
        stats.impressions,
        stats.inline_link_clicks as clicks

    from stats

    left join ads
        on stats.ad_id = ads.id

    left join campaigns
        on ads.campaign_id = campaigns.id

    left join accounts
        on stats.account_id = accounts.id

),

final as (

    {{ spend_by_campaign('facebook_ads') }}

)

select * from final
