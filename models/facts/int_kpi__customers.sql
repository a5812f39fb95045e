{#- grain: accepted customer; empty where customers isn't mapped -#}
{{ config(enabled=input_mapping() != {}) }}
with

customers as (

    select *

    from {{ optional_input('customers', {
        'customer_id': dbt.type_string(),
        'country': dbt.type_string(),
        'segment': dbt.type_string(),
        'acquisition_channel': dbt.type_string(),
    }) }}

    where row_status = 'accepted'

),

final as (

    select
        customer_id,
        country,
        segment,
        acquisition_channel

    from customers

)

select * from final
