{{ config(enabled=feeds('tiktok_ads', 'marketing_spend')) }}

with

stats as (

    {{ raw_table('tiktok_ads', 'campaign_report_hourly', {
        'campaign_id': 'text', 'stat_time_hour': 'time', 'spend': 'number', 'impressions': 'number', 'clicks': 'number',
    }) }}

),

campaigns as (

    {{ newest_row('tiktok_ads', 'campaign_history', {
        'campaign_id': 'text', 'advertiser_id': 'text', 'campaign_name': 'text',
    }, 'updated_at', key='campaign_id') }}

),

advertisers as (

    {{ raw_table('tiktok_ads', 'advertiser', {'id': 'text', 'currency': 'text'}) }}

),

spend as (

    select
        cast(stats.stat_time_hour as date) as spend_date,
        coalesce(campaigns.campaign_name, stats.campaign_id) as campaign,
        stats.spend as amount,
        advertisers.currency as currency_code,
        stats.impressions,
        stats.clicks

    from stats

    left join campaigns
        on stats.campaign_id = campaigns.campaign_id

    left join advertisers
        on campaigns.advertiser_id = advertisers.id

),

final as (

    {{ spend_by_campaign('tiktok_ads') }}

)

select * from final
