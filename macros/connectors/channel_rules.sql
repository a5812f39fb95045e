{# The rules that name a channel, the first that fits decides: {source, campaign_type, utm_source, utm_medium, crm: patterns of the whole word in lower case,
   channel}; those of okr_metrics_channel_rules come before. After the default channel group of Google Analytics 4 (support.google.com/analytics/answer/9756891). #}
{% macro channel_rules() -%}
    {%- set search = 'google|bing|yahoo|duckduckgo|ecosia|baidu|yandex|qwant' -%}
    {%- set social = 'facebook|fb|instagram|ig|meta|linkedin|twitter|x|t[.]co|tiktok|pinterest|reddit|snapchat|threads' -%}
    {%- set video = 'youtube|vimeo|twitch' -%}
    {%- set paid = '.*cp.*|ppc|retargeting|paid.*' -%}
    {{ return(setting('channel_rules') + [
        {'source': 'google_ads', 'campaign_type': 'performance_max|multi_channel', 'channel': 'cross_network'},
        {'source': 'google_ads', 'campaign_type': 'shopping', 'channel': 'paid_shopping'},
        {'source': 'google_ads', 'campaign_type': 'video', 'channel': 'paid_video'},
        {'source': 'google_ads', 'campaign_type': 'display', 'channel': 'display'},
        {'source': 'google_ads|microsoft_ads', 'channel': 'paid_search'},
        {'source': 'facebook_ads|linkedin_ads|tiktok_ads', 'channel': 'paid_social'},
        {'source': 'funnel', 'utm_medium': '.*video.*', 'channel': 'paid_video'},
        {'source': 'funnel', 'utm_medium': '.*display.*', 'channel': 'display'},
        {'source': 'funnel', 'utm_medium': '.*shopping.*|price comparison', 'channel': 'paid_shopping'},
        {'source': 'funnel', 'utm_medium': '.*search.*', 'channel': 'paid_search'},
        {'source': 'funnel', 'utm_medium': '.*social.*', 'channel': 'paid_social'},
        {'source': 'funnel', 'utm_source': '.*display.*|(criteo|adroll|taboola|outbrain|dv360).*', 'channel': 'display'},
        {'source': 'funnel', 'utm_source': '(' ~ video ~ ').*', 'channel': 'paid_video'},
        {'source': 'funnel', 'utm_source': '(' ~ search ~ '|adwords|microsoft|apple search).*', 'channel': 'paid_search'},
        {'source': 'funnel', 'utm_source': '(' ~ social ~ ')( .*|ads)?', 'channel': 'paid_social'},
        {'utm_source': '[(]?direct[)]?', 'utm_medium': '([(](not set|none)[)])?', 'channel': 'direct'},
        {'utm_medium': 'display|banner|expandable|interstitial|cpm', 'channel': 'display'},
        {'utm_medium': paid, 'utm_source': search, 'channel': 'paid_search'},
        {'utm_medium': paid, 'utm_source': social, 'channel': 'paid_social'},
        {'utm_medium': paid, 'utm_source': video, 'channel': 'paid_video'},
        {'utm_medium': paid, 'channel': 'paid_other'},
        {'utm_medium': 'social|social-network|social-media|sm|social network|social media', 'channel': 'organic_social'},
        {'utm_source': social, 'channel': 'organic_social'},
        {'utm_medium': '.*video.*', 'channel': 'organic_video'},
        {'utm_source': video, 'channel': 'organic_video'},
        {'utm_medium': 'e[-_ ]?mail', 'channel': 'email'},
        {'utm_source': 'e[-_ ]?mail|newsletter', 'channel': 'email'},
        {'utm_medium': 'affiliates?', 'channel': 'affiliates'},
        {'utm_medium': 'audio', 'channel': 'audio'},
        {'utm_medium': 'sms', 'channel': 'sms'},
        {'utm_medium': '.*push|.*mobile.*|.*notification.*', 'channel': 'push'},
        {'utm_medium': 'organic', 'channel': 'organic_search'},
        {'utm_source': search, 'channel': 'organic_search'},
        {'utm_medium': 'referral|app|link', 'channel': 'referral'},
        {'crm': 'direct_traffic|direct', 'channel': 'direct'},
        {'crm': 'organic_search|ai_referrals', 'channel': 'organic_search'},
        {'crm': 'paid_search', 'channel': 'paid_search'},
        {'crm': 'paid_social', 'channel': 'paid_social'},
        {'crm': 'social_media', 'channel': 'organic_social'},
        {'crm': 'email_marketing', 'channel': 'email'},
        {'crm': 'referrals', 'channel': 'referral'},
    ]) }}
{%- endmacro %}

{# The channel of a row of a source: what its setting names, else by those rules, given its words: {campaign_type, utm_source, utm_medium, crm: SQL}; other where no rule fits. #}
{% macro channel_by_rules(source, words={}) -%}
    {%- set own = source_setting(source, 'channel') if 'channel' in settings_of_source(source) -%}
    {%- if own -%}
        {{ return(literals([own])) }}
    {%- endif -%}
    {%- set said = [] -%}
    {%- for rule in channel_rules() -%}
        {%- set of_words = rule | reject('in', ['source', 'channel']) | list -%}
        {#- a rule about words that the source doesn't have is none of its rules -#}
        {%- if of_words | reject('in', words) | list == [] and (of_words or rule.source) and modules.re.fullmatch(rule.source or '.*', source) -%}
            {%- set conditions = [] -%}
            {%- for field in of_words -%}
                {%- do conditions.append(has_pattern('lower(' ~ words[field] ~ ')', '^(' ~ rule[field] ~ ')$')) -%}
            {%- endfor -%}
            {%- do said.append((conditions | join(' and ') or '1 = 1', rule.channel)) -%}
        {%- endif -%}
    {%- endfor -%}
    case
        {%- for condition, channel in said %}
            when {{ condition }} then {{ literals([channel]) }}
        {%- endfor %}
            else 'other'
        end
{%- endmacro %}

{# The named sources that call channels by words of their own, which rules may not name. #}
{% macro sources_with_channel_words() -%}
    {%- set sources = [] -%}
    {%- for source, input in [('segment', 'marketing_touches'), ('ga4', 'marketing_touches'), ('hubspot', none), ('funnel', 'marketing_spend')] -%}
        {%- if source in named_sources() and (input is none or feeds(source, input)) -%}
            {%- do sources.append(source) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(sources) }}
{%- endmacro %}
