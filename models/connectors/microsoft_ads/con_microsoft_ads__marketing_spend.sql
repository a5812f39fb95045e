{{ config(enabled=feeds('microsoft_ads', 'marketing_spend')) }}

with

stats as (

    {{ raw_table('microsoft_ads', 'campaign_performance_daily_report', {
        'campaign_id': 'text', 'date as spend_date': 'day', 'currency_code': 'text', 'spend': 'number',
        'impressions': 'number', 'clicks': 'number',
    }) }}

),

campaigns as (

    {{ newest_row('microsoft_ads', 'campaign_history', {'id': 'text', 'name': 'text'}, 'modified_time') }}

),

spend as (

    select
        stats.spend_date,
        coalesce(campaigns.name, stats.campaign_id) as campaign,
        stats.spend as amount,
        stats.currency_code,
        stats.impressions,
        stats.clicks

    from stats

    left join campaigns
        on stats.campaign_id = campaigns.id

),

final as (

    {{ spend_by_campaign('microsoft_ads') }}

)

select * from final
