{# The sum of a part of int_okr__series from one row to a later one, both included, as an 8-byte float. #}
{% macro sum_of_points(first, last, part) -%}
    cast({{ last }}.rate_{{ part }}_to_date - {{ first }}.rate_{{ part }}_to_date
            + {{ first }}.rate_{{ part }} as {{ type_double() }})
{%- endmacro %}

{# The join condition of a row of int_okr__series to the one so many periods after another, without a gap between. #}
{% macro points_after(later, earlier, periods) -%}
    {{ earlier }}.key_result_id = {{ later }}.key_result_id
        and {{ later }}.period_number = {{ earlier }}.period_number + {{ periods }}
        and {{ later }}.point_number = {{ earlier }}.point_number + {{ periods }}
{%- endmacro %}

{# A sum is its rate times its days, an average is its rate. #}
{% macro for_a_sum(days) -%}
    case when metric_type in ('cumulative', 'cumulative_at_most') then {{ days }} else 1 end
{%- endmacro %}
