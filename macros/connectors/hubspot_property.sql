{# The column of a property of HubSpot that a setting names, with or without the prefix of its column; none where it names none. #}
{% macro hubspot_property(setting) -%}
    {%- set name = source_setting('hubspot', setting) -%}
    {{ return('property_' ~ name | lower | replace('property_', '', 1) if name) }}
{%- endmacro %}

{# The columns of properties that are read of HubSpot's records, as Fivetran calls them; none where HubSpot isn't named. #}
{% macro hubspot_columns() -%}
    {%- if 'hubspot' not in named_sources() -%}
        {{ return([]) }}
    {%- endif -%}
    {{ return([
        'property_createdate', 'property_country', 'property_hs_analytics_source', 'property_hs_merged_object_ids', 'property_hs_is_closed_won', 'property_closedate',
        'property_email', 'property_domain', hubspot_property('segment_property'), hubspot_property('customer_id_property'),
    ] | select | list) }}
{%- endmacro %}
