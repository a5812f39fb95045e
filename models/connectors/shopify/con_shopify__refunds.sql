{{ config(enabled=feeds('shopify', 'refunds')) }}
{%- set text_type = dbt.type_string() %}

with

refunds as (

    select * from {{ ref('int_shopify__refunds') }}

),

final as (

    select
        refund_id,
        order_id,
        order_line_id,
        product_category,
        cast(null as {{ text_type }}) as subscription_id,
        cast(null as {{ text_type }}) as customer_id,
        refunded_at,
        amount,
        currency_code

    from refunds

)

select * from final
