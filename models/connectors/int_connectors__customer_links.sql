{{ config(enabled=matching_sources() != [], materialized='table') }}
{%- set sources_of_customers = literals(connector_models('customers').values() | list or ['']) %}

with

known_customers as (

    select * from {{ ref('int_connectors__known_customers') }}

),

identities as (

    {% for source in matching_sources() %}
    select
        {{ literals([source]) }} as source_name,
        source_customer_id,
        external_id,
        {% for rule in ['external_id', 'email', 'domain'] %}
        {{ (rule in source_setting(source, 'match_by')) | lower }} as is_matched_by_{{ rule }},
        {% endfor %}
        {{ email_keys('email') }}

    from {{ ref('int_' ~ source ~ '__identities') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

mapped_links as (

    {% for name in input_mapping().get('customer_links', []) %}
    select
        {{ text('source') }} as source_name,
        {{ text('source_customer_id') }} as source_customer_id,
        {{ text('customer_id') }} as customer_id

    from {{ input_relation(name) }}
    {{ 'union all' if not loop.last }}
    {% else %}
    select
        cast(null as {{ dbt.type_string() }}) as source_name,
        cast(null as {{ dbt.type_string() }}) as source_customer_id,
        cast(null as {{ dbt.type_string() }}) as customer_id

    where 1 = 0
    {% endfor %}

),

-- these are who they are, whatever a rule finds
linked_customers as (

    select distinct customer_id

    from mapped_links

),

customer_ids as (

    select distinct customer_id

    from known_customers

),

-- whose an address is: the customer's of the first source that knows it, if it knows one alone
{% for rule in ['email', 'domain'] %}
customers_of_{{ rule }}s as (

    select
        {{ rule }}_key,
        min(customer_id) as customer_id

    from (
        select
            known_customers.*,
            min(known_customers.source_rank) over (partition by known_customers.{{ rule }}_key) as first_rank

        from known_customers

        where known_customers.{{ rule }}_key is not null
    ) as ranked

    where source_rank = first_rank

    group by {{ rule }}_key

    having count(distinct customer_id) = 1

),

{% endfor %}
candidates as (

    select
        source_name,
        source_customer_id,
        customer_id,
        'customer_links' as matched_by,
        1 as place

    from mapped_links

    union all

    select
        source_name,
        source_customer_id,
        external_id as customer_id,
        'external_id' as matched_by,
        2 as place

    from identities

    where is_matched_by_external_id

    {% for rule in ['email', 'domain'] %}
    union all

    select
        identities.source_name,
        identities.source_customer_id,
        customers_of_{{ rule }}s.customer_id,
        '{{ rule }}' as matched_by,
        {{ loop.index + 2 }} as place

    from identities

    inner join customers_of_{{ rule }}s
        on identities.{{ rule }}_key = customers_of_{{ rule }}s.{{ rule }}_key

    where identities.is_matched_by_{{ rule }}
    {% endfor %}

),

-- an id that is linked twice has one customer, as it would double its rows
numbered as (

    select
        candidates.*,
        row_number() over (
            partition by candidates.source_name, candidates.source_customer_id
            order by candidates.place, candidates.customer_id
        ) as candidate_number

    from candidates

    {% if has_input('customers') %}
    inner join customer_ids
        on candidates.customer_id = customer_ids.customer_id
    {% endif %}

    left join linked_customers
        on candidates.source_customer_id = linked_customers.customer_id
        and candidates.source_name in ({{ sources_of_customers }})

    where
        candidates.customer_id is not null
        and (candidates.place = 1 or linked_customers.customer_id is null)

),

links as (

    select * from numbered

    where
        candidate_number = 1
        -- a customer isn't linked to itself
        and not (source_name in ({{ sources_of_customers }}) and customer_id = source_customer_id)

),

-- who is another customer too is that one: of two links in a row, the end
final as (

    select
        links.source_name,
        links.source_customer_id,
        coalesce(next_links.customer_id, links.customer_id) as customer_id,
        links.matched_by

    from links

    left join links as next_links
        on links.customer_id = next_links.source_customer_id
        and next_links.source_name in ({{ sources_of_customers }})

)

select * from final
