{# The links of a source's ids to customers. #}
{% macro customer_links(source_name) -%}
    select
        source_customer_id,
        customer_id

    from {{ ref('int_connectors__customer_links') }}

    where source_name = {{ literals([source_name]) }}
{%- endmacro %}
