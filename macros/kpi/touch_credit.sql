{# The share of a customer that a touch is credited with; the last one takes what rounding leaves, so that the shares add up to 1. #}
{% macro touch_credit() -%}
    {%- set attribution = policy('attribution') -%}
    {%- if attribution == 'first_touch' -%}
    case when touch_number = 1 then 1 else 0 end
    {%- elif attribution == 'last_touch' -%}
    case when touch_number = touches then 1 else 0 end
    {%- else -%}
    case
            when touch_number < touches
                then cast(1.0 / touches as numeric(28, 12))
            else
                1 - (touches - 1) * cast(1.0 / touches as numeric(28, 12))
        end
    {%- endif -%}
{%- endmacro %}
