{{ config(enabled=matching_sources() != []) }}
{%- set mapped = input_mapping().get('customers', []) | reject('in', connector_models('customers')) | list %}
{%- set sources = matching_sources() | select('in', connector_models('customers').values()) | list %}

with

all_customers as (

    {% for name in mapped %}
    select
        {{ text('customer_id') }} as customer_id,
        0 as source_rank,
        cast(null as {{ dbt.type_string() }}) as email_key,
        cast(null as {{ dbt.type_string() }}) as domain_key

    from {{ input_relation(name) }}
    {{ 'union all' if not loop.last or sources }}
    {% endfor %}
    {% for source in sources %}
    select
        source_customer_id as customer_id,
        {{ loop.index }} as source_rank,
        {{ email_keys('email') }}

    from {{ ref('int_' ~ source ~ '__identities') }}
    {{ 'where is_customer' if source == 'hubspot' }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {%- if not mapped and not sources %}
    select
        cast(null as {{ dbt.type_string() }}) as customer_id,
        0 as source_rank,
        cast(null as {{ dbt.type_string() }}) as email_key,
        cast(null as {{ dbt.type_string() }}) as domain_key

    where 1 = 0
    {%- endif %}

),

final as (

    select distinct
        customer_id,
        source_rank,
        email_key,
        domain_key

    from all_customers

    where customer_id is not null

)

select * from final
