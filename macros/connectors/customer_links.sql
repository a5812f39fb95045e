{# The links of a source's ids to customers; none where customer_links isn't mapped. An id that is linked twice has one customer, as it would double its rows. #}
{% macro customer_links(source_name) -%}
    {%- set text_type = dbt.type_string() -%}
    {%- if has_input('customer_links') -%}
    select
        source_customer_id,
        min(customer_id) as customer_id

    from (
        {%- for name in input_mapping().customer_links %}
        select
            {{ text('source') }} as link_source,
            {{ text('source_customer_id') }} as source_customer_id,
            {{ text('customer_id') }} as customer_id

        from {{ input_relation(name) }}
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    ) as mapped_links

    where link_source = {{ literals([source_name]) }}

    group by source_customer_id
    {%- else -%}
    select
        cast(null as {{ text_type }}) as source_customer_id,
        cast(null as {{ text_type }}) as customer_id

    where 1 = 0
    {%- endif -%}
{%- endmacro %}
