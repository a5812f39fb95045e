{# What a signal means by the desired direction; null without limits. #}
{% macro variation() -%}
    case
            when control_charts.special_cause is null then null
            when control_charts.special_cause = 'none' then 'common_cause'
            when kpis.desired_direction = 'none' then 'neutral'
            when (kpis.desired_direction = 'up' and control_charts.side > 0)
                or (kpis.desired_direction = 'down' and control_charts.side < 0)
                then 'improvement'
            else 'concern'
        end
{%- endmacro %}

{# Whether the process, as its limits show it, can be relied on to stay inside the healthy range; null without limits, range or direction. #}
{% macro assurance() -%}
    case
            when lower_limit is null or desired_direction = 'none' then null
            when lower_bound is null and upper_bound is null then null
            when upper_limit < lower_bound - float_noise
                or lower_limit > upper_bound + float_noise then 'fail'
            when coalesce(lower_limit >= lower_bound - float_noise, true)
                and coalesce(upper_limit <= upper_bound + float_noise, true)
                then 'pass'
            else 'hit_and_miss'
        end
{%- endmacro %}

{# Health in one word. #}
{% macro health() -%}
    case
            when value is null then 'unknown'
            when periods_in_trouble >= 2 then 'unhealthy'
            when periods_in_trouble = 1 then 'watch'
            when lower_limit is not null or provenance = 'agreed' then 'healthy'
            else 'unknown'
        end
{%- endmacro %}

{# The same as a number to colour by: below 0 bad, above good, 0 where nothing can be said. #}
{% macro health_level(health) -%}
    case {{ health }} when 'unhealthy' then -2 when 'watch' then -1 when 'unknown' then 0 when 'healthy' then 1 end
{%- endmacro %}

{# Why, in words. #}
{% macro health_reason() -%}
    {%- set range_text = "'the healthy range (' || coalesce(" ~ number_text('lower_bound', 'unit') ~ ", 'any') || ' to ' || coalesce("
        ~ number_text('upper_bound', 'unit') ~ ", 'any') || ', ' || provenance || ')'" -%}
    case
            when value is null then 'no value: ' || null_reason
            when periods_in_trouble > 0 then
                {{ dbt.safe_cast('periods_in_trouble', dbt.type_string()) }}
                || case when periods_in_trouble = 1 then ' period' else ' periods' end
                || ' in trouble: '
                || case when is_below_range then 'below ' || {{ range_text }}
                    when is_above_range then 'above ' || {{ range_text }}
                    else '' end
                || case when variation = 'concern' and (is_below_range or is_above_range)
                    then '; ' else '' end
                || case when variation = 'concern' then {{ signal_text() }} else '' end
            when lower_limit is null and provenance = 'agreed'
                then 'inside ' || {{ range_text }} || '; too few points for limits'
            when lower_limit is null
                then 'too few points for limits: 6 are needed, and no agreed range'
            when variation = 'neutral' then 'changed, neither for better nor worse: ' || {{ signal_text() }}
            when variation = 'improvement' then 'improving: ' || {{ signal_text() }}
            when provenance is not null
                then 'no signal, and inside ' || {{ range_text }}
            else 'no signal: the variation is its usual one'
        end
{%- endmacro %}

{# A signal in words. #}
{% macro signal_text() -%}
    case special_cause
                    when 'outside_limits' then case when side > 0 then 'above the upper limit ' || {{ number_text('upper_limit', 'unit') }}
                        else 'below the lower limit ' || {{ number_text('lower_limit', 'unit') }} end
                    when 'run_of_eight' then 'eight or more in a row ' || case when side > 0 then 'above' else 'below' end
                        || ' the center line ' || {{ number_text('center_line', 'unit') }}
                    when 'three_of_four' then 'three of four nearer to the ' || case when side > 0 then 'upper' else 'lower' end
                        || ' limit than to the center line'
                    else ''
                end
{%- endmacro %}

{# A limit no further than what the KPI can be. #}
{% macro clipped(limit, beyond, bound) -%}
    cast(
            case when {{ limit }} {{ beyond }} {{ bound }} then {{ bound }} else {{ limit }} end
            as numeric(38, 12)
        )
{%- endmacro %}
