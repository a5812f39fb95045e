{# How often a stable series of so many points gives at least one signal: by simulation of 40,000 series of independent normal points.
   Limits from all points: 4% at 12, 11% at 24, 27% at 52. Points after the baseline are judged by limits that don't know them: more. #}
{% macro false_alarm_rate(points) -%}
    {%- set within_baseline = [(6, 0.013), (9, 0.023), (12, 0.04), (18, 0.07), (24, 0.11), (36, 0.18), (52, 0.27), (104, 0.52)] -%}
    {%- set quiet_after_baseline = [
        (0, 1.0), (4, 0.917), (8, 0.831), (12, 0.763), (24, 0.613), (40, 0.489), (68, 0.352), (92, 0.277), (140, 0.183), (200, 0.116),
    ] -%}
    {%- set baseline = setting('health_baseline_periods') -%}
    {#- limits from fewer points are poorer: so much faster do false alarms come (within 0.02 of simulations at 6, 18 and 24) -#}
    {%- set haste = ((12 / baseline) ** 0.72) | round(4) -%}
    {%- set points = 'cast(' ~ points ~ ' as ' ~ type_double() ~ ')' %}
    cast(case
            when {{ points }} is null or {{ points }} < 6 then null
            when {{ points }} <= {{ baseline }}
                then {{ interpolate(points, within_baseline) }}
            else 1 - (1 - {{ interpolate(baseline, within_baseline) }})
                * {{ interpolate('((' ~ points ~ ' - ' ~ baseline ~ ') * ' ~ haste ~ ')', quiet_after_baseline) }}
        end as numeric(38, 12))
{%- endmacro %}

{# A value between the knots of a table of (x, y), by straight lines; the last y beyond the last knot. #}
{% macro interpolate(x, knots) -%}
    case
        {%- for (x0, y0), (x1, y1) in zip(knots[:-1], knots[1:]) %}
        when {{ x }} <= {{ x1 }} then {{ y0 }} + ({{ x }} - {{ x0 }}) * {{ (y1 - y0) / (x1 - x0) }}
        {%- endfor %}
        else {{ knots[-1][1] }}
    end
{%- endmacro %}
