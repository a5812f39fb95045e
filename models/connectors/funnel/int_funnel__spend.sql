{{ config(enabled=feeds('funnel', 'marketing_spend')) }}
{#- each word stands for itself unless the setting names another column -#}
{%- set kinds = {
    'date': 'day', 'traffic_source': 'text', 'media_type': 'text', 'campaign': 'text', 'cost': 'number', 'currency': 'text',
    'impressions': 'number', 'clicks': 'number',
} -%}
{%- set given, columns = source_setting('funnel', 'columns'), {} -%}
{%- for word, kind in kinds.items() -%}
    {%- do columns.update({given.get(word, word) ~ ' as ' ~ {'date': 'spend_date'}.get(word, word): kind}) -%}
{%- endfor -%}
{%- set currency = source_setting('funnel', 'currency') %}

with

stats as (

    {{ raw_table('funnel', 'funnel_data', columns) }}

),

final as (

    select
        spend_date,
        traffic_source,
        media_type,
        campaign,
        cost as amount,
        {{ 'coalesce(currency, ' ~ literals([currency]) ~ ')' if currency else 'currency' }} as currency_code,
        impressions,
        clicks

    from stats

    -- the visits of an analytics tool stand in the same table, and cost nothing that is known
    where cost is not null

)

select * from final
