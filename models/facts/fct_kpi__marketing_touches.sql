{{ config(enabled=has_input('marketing_touches'), materialized='view') }}

with

marketing_touches as (

    select * from {{ ref('stg_kpi__marketing_touches') }}

    where row_status = 'accepted'

),

final as (

    select
        touch_id,
        customer_id,
        channel,
        campaign,
        touched_date,
        touched_time,
        touched_moment

    from marketing_touches

)

select * from final
