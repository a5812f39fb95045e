{{ config(enabled=feeds('hubspot', 'customers')) }}
{%- set by_deals = source_setting('hubspot', 'customers') == 'won' %}

with

hubspot_customers as (

    select * from {{ ref('int_hubspot__customers') }}

),
{%- if by_deals %}

won as (

    select * from {{ ref('int_hubspot__won') }}

),
{%- endif %}

final as (

    select
        hubspot_customers.customer_id,
        {{ 'won.won_at' if by_deals else 'hubspot_customers.created_at' }} as created_at,
        hubspot_customers.country,
        hubspot_customers.segment,
        hubspot_customers.acquisition_channel

    from hubspot_customers
    {% if by_deals %}
    inner join won
        on hubspot_customers.hubspot_id = won.hubspot_id
    {% endif %}
    -- whom another source knows is its customer
    where hubspot_customers.customer_id = hubspot_customers.hubspot_id

)

select * from final
