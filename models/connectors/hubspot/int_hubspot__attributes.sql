{{ config(enabled='hubspot' in named_sources()) }}

with

hubspot_customers as (

    select * from {{ ref('int_hubspot__customers') }}

),

-- of several records of a customer the first that was made says where the customer came from
numbered as (

    select
        *,
        row_number() over (partition by customer_id order by created_at, hubspot_id) as record_number

    from hubspot_customers

),

final as (

    select
        customer_id,
        country,
        segment,
        acquisition_channel

    from numbered

    where record_number = 1

)

select * from final
