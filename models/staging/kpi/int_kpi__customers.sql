{{ config(enabled=input_mapping() != {}) }}
{%- set columns = {'customer_id': dbt.type_string(), 'source_name': dbt.type_string()} %}
{%- for attribute in attributes_of('customers') -%}
    {%- do columns.update({attribute: dbt.type_string()}) -%}
{%- endfor %}

with

customers as (

    select *

    from {{ optional_input('customers', columns) }}

    where row_status = 'accepted'

),

final as (

    select
        {{ columns_from(attributes_of('customers')) }}
        {{ 'source_name as dim_source,' if source_is_on() }}
        customer_id

    from customers

)

select * from final
