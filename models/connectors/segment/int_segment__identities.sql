{{ config(enabled='segment' in named_sources()) }}

with

identifies as (

    {{ raw_table('segment', 'identifies', {'user_id': 'text', 'email': 'text'}) }}

),

known_customers as (

    select * from {{ ref('int_connectors__known_customers') }}

),

-- a user who has the id of a customer is that one, identified or not
all_users as (

    select
        user_id,
        email

    from identifies

    union all

    select
        customer_id as user_id,
        null as email

    from known_customers

),

final as (

    select
        user_id as source_customer_id,
        user_id as external_id,
        min(email) as email

    from all_users

    where user_id is not null

    group by user_id

)

select * from final
