{# The severity of a doubt: warning, and info once the last day on which it could be mended is past. #}
{% macro severity_until(last_day) -%}
    case when {{ last_day }} < {{ as_of_date() }} then 'info' else 'warning' end
{%- endmacro %}
