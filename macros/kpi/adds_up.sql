{# Whether a part of a KPI is known for every segment of a row's dimension and adds up to that of the whole. #}
{% macro adds_up(part) -%}
    {%- set side = 'is_before' if part.startswith('previous_') else 'is_now' -%}
    {%- set segments = 'over (partition by changes.kpi_id, changes.period_grain, changes.period_start, changes.dimension)' -%}
    (
            sum(case when changes.{{ side }} = 1 and changes.{{ part }} is null then 1 else 0 end) {{ segments }} = 0
            and abs(sum(coalesce(changes.{{ part }}, 0)) {{ segments }} - totals.{{ part }})
            <= 0.000001 * (count(*) {{ segments }} + abs(totals.{{ part }}))
        )
{%- endmacro %}

{# Whether a segment had a part of the KPI in the period before, in this one, or in both. #}
{% macro presence() -%}
    case
            when coalesce(previous_numerator, 0) = 0
                and coalesce(previous_denominator, 0) = 0 then 'entered'
            when coalesce(numerator, 0) = 0 and coalesce(denominator, 0) = 0
                then 'left'
            else 'stayed'
        end
{%- endmacro %}
