{# A status as a number to colour by: below 0 bad, above good, 0 where nothing can be said yet. #}
{% macro status_level(status) -%}
    case
            when {{ status }} in ('missed', 'off_track') then -2
            when {{ status }} = 'at_risk' then -1
            when {{ status }} in ('unreliable', 'no_data', 'not_started', 'closed') then 0
            when {{ status }} = 'on_track' then 1
            when {{ status }} = 'achieved' then 2
        end
{%- endmacro %}
