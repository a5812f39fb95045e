{# All statuses, the worst first: what is known to be bad, then what isn't known, then what is good. #}
{% macro statuses() -%}
    {{ return(['missed', 'off_track', 'at_risk', 'unreliable', 'no_data', 'not_started', 'on_track', 'achieved']) }}
{%- endmacro %}

{# The rank of a status, 1 the worst. #}
{% macro status_rank(status) -%}
    case {{ status }}
        {%- for name in statuses() %}
        when '{{ name }}' then {{ loop.index }}
        {%- endfor %}
    end
{%- endmacro %}
