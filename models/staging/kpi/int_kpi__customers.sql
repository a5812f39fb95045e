{{ config(enabled=input_mapping() != {}) }}

with

customers as (

    select *

    from {{ optional_input('customers', {
        'customer_id': dbt.type_string(),
        'source_name': dbt.type_string(),
    }) }}

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
