{{ config(enabled='ga4' in named_sources()) }}

with

raw_events as (

    {{ raw_table('ga4', 'event', {
        'date as event_date': 'text', 'timestamp as happened_at': 'as_it_is', 'name as event_name': 'text', 'user_id': 'text', 'user_pseudo_id': 'text',
        'bundle_sequence_id': 'text', 'batch_event_index': 'text', 'is_intraday': 'boolean', 'param_ga_session_id': 'text',
        'collected_traffic_source_manual_source': 'text', 'collected_traffic_source_manual_medium': 'text',
        'collected_traffic_source_manual_campaign_name': 'text', 'collected_traffic_source_gclid': 'text',
        'param_source': 'text', 'param_medium': 'text', 'param_campaign': 'text', 'param_gclid': 'text',
    }) }}

),

whole_days as (

    select distinct event_date

    from raw_events

    where not coalesce(is_intraday, false)

),

-- the day's table, once it is there, has all that was exported during the day
exported as (

    select raw_events.*

    from raw_events

    left join whole_days
        on raw_events.event_date = whole_days.event_date
        and raw_events.is_intraday

    where whole_days.event_date is null

),

timed as (

    select
        exported.*,
        {{ time_or_epoch('exported.happened_at', 6) }} as occurred_at,
        coalesce(exported.collected_traffic_source_gclid, exported.param_gclid) as gclid

    from exported

),

final as (

    select
        {{ dbt.hash(dbt.concat([
            "coalesce(user_pseudo_id, '')", "'|'", 'cast(occurred_at as ' ~ dbt.type_string() ~ ')', "'|'", 'event_name', "'|'", "coalesce(bundle_sequence_id, '')", "'|'",
            "coalesce(batch_event_index, '')",
        ])) }} as event_id,
        occurred_at,
        event_name,
        user_id,
        user_pseudo_id,
        param_ga_session_id as session_id,
        -- a click on an ad of Google has no medium, or organic
        case
            when gclid is not null then 'google'
            else coalesce(collected_traffic_source_manual_source, param_source)
        end as utm_source,
        case
            when gclid is not null then 'cpc'
            else coalesce(collected_traffic_source_manual_medium, param_medium)
        end as utm_medium,
        coalesce(collected_traffic_source_manual_campaign_name, param_campaign) as campaign

    from timed

)

select * from final
