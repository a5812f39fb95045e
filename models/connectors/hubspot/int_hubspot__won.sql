{{ config(enabled=feeds('hubspot', 'customers') and source_setting('hubspot', 'customers') == 'won') }}
{%- set record = source_setting('hubspot', 'record') %}

with

deals as (

    {{ raw_table('hubspot', 'deal', {
        'deal_id': 'text', 'deal_pipeline_stage_id': 'text', 'property_hs_is_closed_won': 'boolean', 'property_closedate': 'time',
        'property_createdate': 'time', 'is_deleted': 'boolean',
    }, is_deleted_left_out=true, is_state=true) }}

),

pipeline_stages as (

    -- deleted ones too: deals stay in them
    {{ raw_table('hubspot', 'deal_pipeline_stage', {'stage_id': 'text', 'closed_won': 'boolean'}) }}

),

entered_stages as (

    {{ raw_table('hubspot', 'deal_stage', {'deal_id': 'text', 'value as stage_id': 'text', 'date_entered': 'time'}) }}

),

associations as (

    {{ raw_table('hubspot', 'deal_' ~ record, {
        'deal_id': 'text', record ~ '_id as hubspot_id': 'text', 'type_id': 'text',
    }, is_deleted_left_out=true, is_state=true) }}

),

merged_ids as (

    select * from {{ ref('int_hubspot__merged_ids') }}

),

won_stages as (

    select distinct stage_id

    from pipeline_stages

    where closed_won

),

entries as (

    select
        deal_id,
        stage_id,
        max(date_entered) as entered_at

    from entered_stages

    group by deal_id, stage_id

),

-- the stage of now counts, so that one that was moved back isn't won; its date of close is written by hand
won_deals as (

    select
        deals.deal_id,
        coalesce(entries.entered_at, deals.property_closedate, deals.property_createdate) as won_at

    from deals

    left join won_stages
        on deals.deal_pipeline_stage_id = won_stages.stage_id

    left join entries
        on deals.deal_id = entries.deal_id
        and deals.deal_pipeline_stage_id = entries.stage_id

    where
        not coalesce(deals.is_deleted, false)
        and (won_stages.stage_id is not null or coalesce(deals.property_hs_is_closed_won, false))

),

-- an element of an array has quotes on some engines
unquoted as (

    select
        deal_id,
        type_id,
        replace(hubspot_id, '"', '') as hubspot_id

    from associations

),

-- a deal is with one customer: of several companies the primary one (HubSpot's type 5)
parties as (

    select
        unquoted.deal_id,
        coalesce(merged_ids.new_id, unquoted.hubspot_id) as hubspot_id,
        row_number() over (
            partition by unquoted.deal_id
            order by case when unquoted.type_id = '5' then 0 else 1 end, unquoted.hubspot_id
        ) as party_number

    from unquoted

    left join merged_ids
        on unquoted.hubspot_id = merged_ids.old_id

),

final as (

    select
        parties.hubspot_id,
        min(won_deals.won_at) as won_at

    from won_deals

    inner join parties
        on won_deals.deal_id = parties.deal_id
        and parties.party_number = 1

    group by parties.hubspot_id

)

select * from final
