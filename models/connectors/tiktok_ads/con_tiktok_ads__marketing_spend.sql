{{ config(enabled=feeds('tiktok_ads', 'marketing_spend')) }}

with

hours as (

    {{ raw_table('tiktok_ads', 'campaign_report_hourly', {
        'campaign_id': 'text', 'stat_time_hour': 'time', 'spend': 'number', 'impressions': 'number', 'clicks': 'number',
    }) }}

),

campaign_history as (

    {{ raw_table('tiktok_ads', 'campaign_history', {
        'campaign_id': 'text', 'advertiser_id': 'text', 'campaign_name': 'text', 'updated_at': 'time',
    }) }}

),

advertisers as (

    {{ raw_table('tiktok_ads', 'advertiser', {'id': 'text', 'currency': 'text'}) }}

),

latest_campaigns as (

    select
        *,
        row_number() over (partition by campaign_id order by updated_at desc) as version_number

    from campaign_history

),

final as (

    select
        cast(hours.stat_time_hour as date) as spend_date,
        {{ channel_by_rules('tiktok_ads') }} as channel,
        coalesce(latest_campaigns.campaign_name, hours.campaign_id) as campaign,
        sum(hours.spend) as amount,
        max(advertisers.currency) as currency_code,
        sum(hours.impressions) as impressions,
        sum(hours.clicks) as clicks

    from hours

    left join latest_campaigns
        on hours.campaign_id = latest_campaigns.campaign_id
        and latest_campaigns.version_number = 1

    left join advertisers on latest_campaigns.advertiser_id = advertisers.id

    group by 1, 2, 3, hours.campaign_id

)

select * from final
