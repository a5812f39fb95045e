{# Whether a value is inside its bounds, both inclusive; a bound that is null bounds nothing. #}
{% macro is_inside(value, lower_bound, upper_bound) -%}
    coalesce({{ value }} >= {{ lower_bound }} or {{ lower_bound }} is null, false)
        and coalesce({{ value }} <= {{ upper_bound }} or {{ upper_bound }} is null, false)
{%- endmacro %}
