{# What a value must not be below, and not above, to meet a key result: its bounds, or its target on the side that it comes from. #}
{% macro goal_bounds() -%}
    case
            when metric_type in ('at_least', 'at_most', 'range') then lower_bound
            when metric_type = 'increase' then target_value
            when metric_type not in ('decrease', 'cumulative_at_most') and target_value > coalesce(baseline_value, 0)
                then target_value
        end as lowest_that_meets,
        case
            when metric_type in ('at_least', 'at_most', 'range') then upper_bound
            when metric_type in ('decrease', 'cumulative_at_most') then target_value
            when metric_type != 'increase' and target_value <= coalesce(baseline_value, 0)
                then target_value
        end as highest_that_meets
{%- endmacro %}

{# A distance in spreads, as a normal's; without any spread it is beyond doubt, on one side or the other. #}
{% macro in_spreads(distance, spread, degrees=none) -%}
    {%- set in_spreads = '(' ~ distance ~ ') / ' ~ spread -%}
    case
            when {{ spread }} = 0 and {{ distance }} >= 0 then 9
            when {{ spread }} = 0 and {{ distance }} < 0 then -9
            when {{ spread }} = 0 then null
            else {{ t_as_z(in_spreads, degrees) if degrees else in_spreads }}
        end
{%- endmacro %}

{# The share of a standard normal between two distances, each null where there is no bound on that side. #}
{% macro share_inside(z_of_lower, z_of_upper) -%}
    coalesce({{ normal_cdf(z_of_lower) }}, 1) + coalesce({{ normal_cdf(z_of_upper) }}, 1) - 1
{%- endmacro %}
