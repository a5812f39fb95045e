{# The first of Wheeler's three signals that a point gives; none without one, null without limits. #}
{% macro special_cause() -%}
    case
        when lower_limit is null then null
        when value > upper_limit + float_noise
            or value < lower_limit - float_noise
            then 'outside_limits'
        when run_length >= 8 and side != 0 then 'run_of_eight'
        when
            near_side = 1 and near_above_of_four >= 3
            or near_side = -1 and near_below_of_four >= 3
            then 'three_of_four'
        else 'none'
    end
{%- endmacro %}
