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

{# The dimensions that are on of the named inputs, as columns of our models; those of customers with the source, where that is one. #}
{% macro dimensions_of() -%}
    {%- set columns, chosen = [], setting('dimensions') -%}
    {%- for input in varargs -%}
        {%- for column in attributes_of(input) if chosen.get(dimension_name(column), '') is not none -%}
            {%- do columns.append(column) -%}
        {%- endfor -%}
        {%- do columns.append('dim_source') if input == 'customers' and source_is_on() -%}
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
    {%- for column in dimensions_of('customers', 'subscriptions', 'order_lines', 'orders') -%}
        {%- do names.append(dimension_name(column)) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{# Those of marketing spend: for all others it stands at total alone. #}
{% macro spend_dimensions() -%}
    {#- it can be told apart by source where its sources have the names of those of customers, orders or subscriptions -#}
    {%- set names = source_names('customers') + source_names('orders') + source_names('subscriptions') -%}
    {%- set has_source = source_is_on() and source_names('marketing_spend') | reject('in', names) | list | length == 0 -%}
    {{ return(['acquisition_channel'] + (['dim_source'] if has_source else [])) }}
{%- endmacro %}

{# Whether source is a dimension: as okr_metrics_dimensions says, else where revenue or customers come from more than one. #}
{% macro source_is_on() -%}
    {%- set chosen = setting('dimensions').get('source', '') -%}
    {%- set mapping = input_mapping() -%}
    {%- set sources = [] -%}
    {%- for input in ['customers', 'orders', 'subscriptions'] -%}
        {%- do sources.append(mapping.get(input, []) | length) -%}
    {%- endfor -%}
    {{ return(sources | max > 1 if chosen == '' else chosen is true) }}
{%- endmacro %}

{# The attributes of a row's customer; unknown where the row has no known customer. Its source is the customer's, unless it has one of its own, or none. #}
{% macro customer_attributes(source='customers.dim_source') -%}
    {%- for column in attributes_of('customers') -%}
    coalesce(customers.{{ column }}, 'unknown') as {{ column }}
    {{- ',\n        ' if not loop.last }}
    {%- endfor -%}
    {%- if source_is_on() and source -%},
        coalesce({{ source }}, 'unknown') as dim_source
    {%- endif -%}
{%- endmacro %}

{# What a customer, or a version of a subscription, has of its own for dimensions, as columns. #}
{% macro attributes_and_source(input) -%}
    {{ return((attributes_of(input) | list) + (['dim_source'] if source_is_on() else [])) }}
{%- endmacro %}
