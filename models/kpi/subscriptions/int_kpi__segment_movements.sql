{#- grain: period grain x period x segment with a movement -#}
{{ config(enabled=has_input('subscriptions')) }}
{%- set dimensions = subscriber_dimensions() -%}
{#- two movements in one period, which leave opening and closing as they are -#}
{%- set pairs = {'same_period': none} -%}
{%- if policy('same_period_churn') == 'count' -%}
    {%- do pairs.update({'same_period': {'came': 'new', 'went': 'churn', 'held': 'passing_'}}) -%}
{%- endif -%}
{%- if policy('paused') == 'suspended' -%}
    {%- for pair, state in {
        'new and pause': 'closing', 'reactivation and pause': 'closing', 'resumption and churn': 'opening'
    }.items() -%}
        {%- set came, went = pair.split(' and ') -%}
        {%- do pairs.update({pair: {'came': came, 'went': went, 'held': state ~ '_held_'}}) -%}
    {%- endfor -%}
{%- endif %}

with

customer_movements as (

    select * from {{ ref('int_kpi__customer_movements') }}

    where movement != 'none'

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

movements as (

    -- a movement counts in the plan held at opening, or at closing if none was
    select
        customer_id,
        period_grain,
        period_start,
        movement,
        {% for column in version_columns() -%}
        coalesce(opening_{{ column }}, closing_{{ column }}) as {{ column }},
        {% endfor -%}
        opening_mrr,
        closing_mrr,
        0 as transferred_subscribers,
        0 as passing_mrr

    from customer_movements

    where movement not in ('{{ pairs | join("', '") }}')

    -- who changes plan leaves the one and enters the other
    {% for state, opening, closing, number in [
        ('opening', 'closing_mrr', '0', -1),
        ('closing', '0', 'closing_mrr', 1),
    ] %}
    union all

    select
        customer_id,
        period_grain,
        period_start,
        'transfer' as movement,
        {{ columns_from(version_columns(), prefix=state ~ '_') }}
        {{ opening }} as opening_mrr,
        {{ closing }} as closing_mrr,
        {{ number }} as transferred_subscribers,
        0 as passing_mrr

    from customer_movements

    where
        {% for column in version_columns() -%}
        {{ 'or ' if not loop.first }}opening_{{ column }} != closing_{{ column }}
        {% endfor %}
    {% endfor %}
    {% for pair, parts in pairs.items() if parts -%}
    {% for movement, opening, closing in [
        (parts.came, '0', parts.held ~ 'mrr'),
        (parts.went, parts.held ~ 'mrr', '0')
    ] %}
    union all

    select
        customer_id,
        period_grain,
        period_start,
        '{{ movement }}' as movement,
        {{ columns_from(version_columns(), prefix=parts.held) }}
        {{ opening }} as opening_mrr,
        {{ closing }} as closing_mrr,
        0 as transferred_subscribers,
        {{ opening }} as passing_mrr

    from customer_movements

    where movement = '{{ pair }}'
    {% endfor %}{% endfor %}
),

with_attributes as (

    select
        movements.*,
        movements.closing_mrr - movements.opening_mrr as mrr_change,
        {{ customer_attributes(source=none) }}

    from movements

    left join customers on movements.customer_id = customers.customer_id

),

final as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(dimensions) }},
        {% for movement in [
            'new', 'reactivation', 'resumption', 'expansion', 'contraction',
            'pause', 'churn', 'transfer'
        ] -%}
        sum(case when movement = '{{ movement }}' then 1 else 0 end)
            as {{ movement }}_customers,
        sum(case when movement = '{{ movement }}' then mrr_change else 0 end)
            as {{ movement }}_mrr_change,
        {% endfor -%}
        sum(transferred_subscribers) as transferred_subscribers,
        sum(case when movement = 'churn' then passing_mrr else 0 end)
            as same_period_churned_mrr,
        sum(case when movement = 'pause' then passing_mrr else 0 end)
            as same_period_paused_mrr

    from with_attributes

    group by {{ dimension_sets(['period_grain', 'period_start'], dimensions) }}

)

select * from final
