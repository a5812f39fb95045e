{%- set sources = sources_with_channel_words() %}
{{ config(enabled=sources != []) }}

with

{% if feeds('segment', 'marketing_touches') %}
segment as (

    select
        'segment' as source_name,
        'marketing_touches' as input_name,
        utm_source || coalesce(' / ' || utm_medium, '') as words,
        {{ channel_by_rules('segment', {
            'utm_source': 'utm_source', 'utm_medium': "coalesce(utm_medium, '')",
        }) }} as channel

    from (
        {{ raw_table('segment', 'pages', {
            'context_campaign_source as utm_source': 'text', 'context_campaign_medium as utm_medium': 'text',
        }) }}
    ) as pages

    where utm_source is not null

),

{% endif %}
{% if feeds('ga4', 'marketing_touches') %}
ga4 as (

    select
        'ga4' as source_name,
        'marketing_touches' as input_name,
        utm_source || coalesce(' / ' || utm_medium, '') as words,
        {{ channel_by_rules('ga4', {
            'utm_source': 'utm_source', 'utm_medium': "coalesce(utm_medium, '')",
        }) }} as channel

    from {{ ref('int_ga4__events') }}

    where utm_source is not null

),

{% endif %}
{% if 'hubspot' in sources %}
hubspot as (

    select
        'hubspot' as source_name,
        'customers' as input_name,
        source_of_record as words,
        {{ channel_by_rules('hubspot', {'crm': 'source_of_record'}) }} as channel

    from (
        {{ raw_table('hubspot', source_setting('hubspot', 'record'), {
            'property_hs_analytics_source as source_of_record': 'text',
        }, is_deleted_left_out=true, is_state=true) }}
    ) as records

    where source_of_record is not null

),

{% endif %}
{% if feeds('funnel', 'marketing_spend') %}
funnel as (

    select
        'funnel' as source_name,
        'marketing_spend' as input_name,
        coalesce(traffic_source, '') || coalesce(' / ' || media_type, '') as words,
        {{ channel_by_rules('funnel', {'utm_source': 'traffic_source', 'utm_medium': 'media_type'}) }} as channel

    from {{ ref('int_funnel__spend') }}

),

{% endif %}
all_words as (

    {% for source in sources %}
    select * from {{ source }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        source_name,
        input_name,
        words,
        cast(count(*) as {{ dbt.type_bigint() }}) as number_of_rows

    from all_words

    where channel = 'other'

    group by source_name, input_name, words

)

select * from final
