{# All statuses, the worst first: what is known to be bad, then what isn't known, then what is good, then what was ended early. #}
{% macro statuses() -%}
    {{ return(['missed', 'off_track', 'at_risk', 'unreliable', 'no_data', 'not_started', 'on_track', 'achieved', 'closed']) }}
{%- endmacro %}

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

{# The rank of a status, 1 the worst. #}
{% macro status_rank(status) -%}
    case {{ status }}
        {%- for name in statuses() %}
        when '{{ name }}' then {{ loop.index }}
        {%- endfor %}
    end
{%- endmacro %}
