{# The rows of the CTE spend as the contract has them: added up by day, channel, campaign and currency, as two campaigns of one name are one. The channel is that of the
   rules, given the source's words: {campaign_type, utm_source, utm_medium: a column of spend}. #}
{% macro spend_by_campaign(source_name, words={}) -%}
    select
        spend_date,
        channel,
        campaign,
        sum(amount) as amount,
        currency_code,
        sum(impressions) as impressions,
        sum(clicks) as clicks

    from (
        select
            spend.*,
            {{ channel_by_rules(source_name, words) }} as channel

        from spend
    ) as spend_with_channel

    group by spend_date, channel, campaign, currency_code
{%- endmacro %}
