{# The dimensions of what is counted by customer, as columns: attributes of the customer, and the source. #}
{% macro customer_dimensions() -%}
    {{ return(dimensions_of('customers') + source_column()) }}
{%- endmacro %}

{# Those of subscriptions and their movements. #}
{% macro subscriber_dimensions() -%}
    {{ return(customer_dimensions() + dimensions_of('subscriptions')) }}
{%- endmacro %}

{# Those of revenue: all there are. #}
{% macro revenue_dimensions() -%}
    {{ return(subscriber_dimensions() + dimensions_of('order_lines') + dimensions_of('orders')) }}
{%- endmacro %}

{# Those of marketing spend: for all others it stands at total alone. #}
{% macro spend_dimensions() -%}
    {{ return(['acquisition_channel'] + (['dim_source'] if spend_has_source() else [])) }}
{%- endmacro %}

{# The column of a row's source, in a list; none where source is no dimension. #}
{% macro source_column() -%}
    {{ return(['dim_source'] if source_is_on() else []) }}
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

{# Whether spend can be told apart by source: its sources have the names of those of customers, orders or subscriptions. #}
{% macro spend_has_source() -%}
    {%- set names = source_names('customers') + source_names('orders') + source_names('subscriptions') -%}
    {{ return(source_is_on() and source_names('marketing_spend') | reject('in', names) | list | length == 0) }}
{%- endmacro %}
