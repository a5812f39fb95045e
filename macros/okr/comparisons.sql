{# The join condition of a key result to the values of its KPI. #}
{% macro same_kpi(key_results, kpi_values) -%}
    {{ key_results }}.kpi_id = {{ kpi_values }}.kpi_id
        and {{ key_results }}.period_grain = {{ kpi_values }}.period_grain
        and {{ key_results }}.dimension = {{ kpi_values }}.dimension
        and {{ key_results }}.dimension_value = {{ kpi_values }}.dimension_value
{%- endmacro %}

{# Whether two segments have a customer in common: the whole has all, and of two dimensions a customer has both. #}
{% macro segments_overlap(left, right, other_prefix='') -%}
    (
            {{ left }}.dimension != {{ right }}.{{ other_prefix }}dimension
            or {{ left }}.dimension_value = {{ right }}.{{ other_prefix }}dimension_value
        )
{%- endmacro %}

{# Whether a key result moved: few past changes over as long went as far. Null without such changes. #}
{% macro is_movement(share_as_far) -%}
    ({{ share_as_far }} <= 0.1)
{%- endmacro %}

{# Whether a value is inside its bounds, both inclusive; a bound that is null bounds nothing. #}
{% macro is_inside(value, lower_bound, upper_bound) -%}
    coalesce({{ value }} >= {{ lower_bound }} or {{ lower_bound }} is null, false)
        and coalesce({{ value }} <= {{ upper_bound }} or {{ upper_bound }} is null, false)
{%- endmacro %}

{# Whether a key result goes up: its metric_type says so, or of an average what is wanted of the KPI. Null where neither does, as for bounds.
   Progress, status, forecast, findings and conflicts take it from here. #}
{% macro is_upward(key_results, kpis) -%}
    case
            when {{ key_results }}.metric_type in ('increase', 'cumulative', 'milestone') then true
            when {{ key_results }}.metric_type in ('decrease', 'cumulative_at_most') then false
            when {{ key_results }}.metric_type != 'average' then null
            when {{ kpis }}.desired_direction = 'up' then true
            when {{ kpis }}.desired_direction = 'down' then false
        end
{%- endmacro %}
