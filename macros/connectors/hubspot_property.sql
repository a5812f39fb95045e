{# The column of a property of HubSpot that a setting names, with or without the prefix of its column; none where it names none. #}
{% macro hubspot_property(setting) -%}
    {%- set name = source_setting('hubspot', setting) -%}
    {{ return('property_' ~ name | lower | replace('property_', '', 1) if name) }}
{%- endmacro %}
