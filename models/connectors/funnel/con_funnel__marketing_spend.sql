{{ config(enabled=feeds('funnel', 'marketing_spend')) }}

with

spend as (

    select * from {{ ref('int_funnel__spend') }}

),

final as (

    {{ spend_by_campaign('funnel', {'utm_source': 'traffic_source', 'utm_medium': 'media_type'}) }}

)

select * from final
