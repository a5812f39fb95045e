{# The grade of a score at close: red, yellow or green; a committed objective is green at 1 alone. #}
{% macro grade(score, objective_type) -%}
    case
        when {{ score }} is null then null
        when {{ score }} < 0.4 then 'red'
        when {{ score }} < 0.7 then 'yellow'
        when {{ objective_type }} = 'committed' and {{ score }} < 1 then 'yellow'
        else 'green'
    end
{%- endmacro %}
