{# What is wrong with an entry of okr_metrics_dimensions, with what it may be; empty where nothing is. That the column exists is asked when the relation is read. #}
{% macro dimensions_problem(dimensions) -%}
    {%- set inputs = ['customers', 'orders', 'order_lines', 'subscriptions'] -%}
    {%- set reserved = ['total', 'dimension', 'dimension_value', 'period_grain', 'period_start', 'period_end', 'unknown'] -%}
    {%- set says = 'okr_metrics_dimensions: ' -%}
    {%- for name, place in dimensions.items() -%}
        {%- set input = (place | string).split('.')[0] | lower -%}
        {%- set own_input = standard_dimensions().get(name, input).split('.')[0] -%}
        {%- if name in reserved or not modules.re.match('^[a-z][a-z0-9_]{0,49}$', name | string) -%}
            {{ return(says ~ value_text(name) ~ " can't be the name of a dimension. It must be up to 50 lower-case letters, digits and _, begin with a letter, and be none of " ~ reserved | join(', ') ~ '.') }}
        {%- elif name == 'source' and place is not boolean and place is not none -%}
            {{ return(says ~ 'source is ' ~ value_text(place) ~ ". It must be true or false: source is the name of what an input is mapped to (okr_metrics_inputs). Give a column another name.") }}
        {%- elif name == 'source' or place is none -%}
        {%- elif input not in inputs or not modules.re.match('^[A-Za-z_]+[.][A-Za-z_][A-Za-z0-9_]*$', place | string) -%}
            {{ return(says ~ name ~ ' is ' ~ value_text(place) ~ ". It must be input.column, such as customers.brand, and the input one of " ~ inputs | join(', ') ~ '.') }}
        {%- elif input != own_input -%}
            {{ return(says ~ name ~ ' is ' ~ value_text(place) ~ ", and it must be a column of " ~ own_input ~ ' or null: the package reads it there. Give a column of ' ~ input ~ ' another name.') }}
        {%- elif not has_input(input) -%}
            {{ return(says ~ name ~ ' is ' ~ value_text(place) ~ ", and the input " ~ input ~ ' is not mapped. Map it in okr_metrics_inputs, or leave the dimension out.') }}
        {%- endif -%}
    {%- endfor -%}
    {{ return('') }}
{%- endmacro %}
