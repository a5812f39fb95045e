{# A value of a KPI on the scale on which it has no bounds, as lowest, highest, from_lowest and from_highest of the row say: log above a lowest value,
   mirrored below a highest one, logit between two, else its own. A value on its bound is from_lowest or from_highest away from it. #}
{% macro on_scale(value) -%}
    case
            when {{ value }} is null then null
            when lowest is null and highest is null then {{ value }}
            else
                coalesce(ln(greatest({{ value }} - lowest, 0) + from_lowest), 0)
                - coalesce(ln(greatest(highest - {{ value }}, 0) + from_highest), 0)
        end
{%- endmacro %}

{# The value of a place on that scale, inside its bounds. Beyond 300 an engine may call the exponential an overflow. #}
{% macro off_scale(place) -%}
    {%- set grown = 'exp(greatest(least(' ~ place ~ ', 300), -300))' -%}
    case
            when {{ place }} is null then null
            when lowest is null and highest is null then {{ place }}
            when highest is null then greatest(lowest - from_lowest + {{ grown }}, lowest)
            when lowest is null then least(highest + from_highest - 1 / {{ grown }}, highest)
            else least(greatest(
                ({{ grown }} * (highest + from_highest) + lowest - from_lowest) / (1 + {{ grown }}),
                lowest
            ), highest)
        end
{%- endmacro %}
