{# The dimensions by name, {name: 'input.column'}, on or off: the standard five, and those of okr_metrics_dimensions on top of them.
   The one list: staging, facts, measures, marts, lineage and the lint of the OKRs loop over it. A further one is source, by the name of a row's source. #}
{% macro dimension_places() -%}
    {%- set places = standard_dimensions() -%}
    {%- for name, place in setting('dimensions').items() if name != 'source' and place is not none -%}
        {%- do places.update({name: place | lower}) -%}
    {%- endfor -%}
    {{ return(places) }}
{%- endmacro %}

{# The dimensions that are there unless the user switches one off. #}
{% macro standard_dimensions() -%}
    {{ return({
        'country': 'customers.country', 'segment': 'customers.segment', 'acquisition_channel': 'customers.acquisition_channel',
        'plan': 'subscriptions.plan', 'product_category': 'order_lines.product_category',
    }) }}
{%- endmacro %}

{# What an input's rows carry for dimensions, on or off: {column of our models: column of the input}. #}
{% macro attributes_of(input) -%}
    {%- set attributes = {} -%}
    {%- for name, place in dimension_places().items() if place.split('.')[0] == input -%}
        {%- do attributes.update({dimension_column(name): place.split('.')[1]}) -%}
    {%- endfor -%}
    {{ return(attributes) }}
{%- endmacro %}

{# The dimensions of an input that are on, as columns of our models. #}
{% macro dimensions_of(input) -%}
    {%- set columns, chosen = [], setting('dimensions') -%}
    {%- for column in attributes_of(input) if chosen.get(dimension_name(column), '') is not none -%}
        {%- do columns.append(column) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}

{# The column of our models that holds a dimension: a prefix keeps a user's name apart from the columns that are there. #}
{% macro dimension_column(name) -%}
    {{ return(name if name in standard_dimensions() else 'dim_' ~ name) }}
{%- endmacro %}

{# The name of the dimension that a column holds. #}
{% macro dimension_name(column) -%}
    {{ return(column[4:] if column.startswith('dim_') else column) }}
{%- endmacro %}

{# The names of all dimensions that are on. #}
{% macro dimension_names() -%}
    {%- set names = [] -%}
    {%- for column in revenue_dimensions() -%}
        {%- do names.append(dimension_name(column)) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}
