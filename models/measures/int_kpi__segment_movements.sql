{#- grain: period grain x period x segment with a movement -#}
{{ config(enabled=has_input('subscriptions')) }}
{%- set dimensions = customer_dimensions() + ['plan'] -%}
{#- two movements in one period, which leave opening and closing as they are -#}
{%- set pairs = {'same_period': none} -%}
{%- if policy('same_period_churn') == 'count' -%}
    {%- do pairs.update({'same_period': {'came': 'new', 'went': 'churn', 'plan': 'passing_plan', 'mrr': 'passing_mrr'}}) -%}
{%- endif -%}
{%- if policy('paused') == 'suspended' -%}
    {%- for pair, state in {
        'new and pause': 'closing', 'reactivation and pause': 'closing', 'resumption and churn': 'opening'
    }.items() -%}
        {%- set came, went = pair.split(' and ') -%}
        {%- do pairs.update({pair: {'came': came, 'went': went, 'plan': state ~ '_held_plan', 'mrr': state ~ '_held_mrr'}}) -%}
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
        coalesce(opening_plan, closing_plan) as plan,
        opening_mrr,
        closing_mrr,
        0 as transferred_subscribers,
        0 as passing_mrr

    from customer_movements

    where movement not in ('{{ pairs | join("', '") }}')

    -- who changes plan leaves the one and enters the other
    {% for plan, opening, closing, number in [
        ('opening_plan', 'closing_mrr', '0', -1),
        ('closing_plan', '0', 'closing_mrr', 1),
    ] %}
    union all

    select
        customer_id,
        period_grain,
        period_start,
        'transfer' as movement,
        {{ plan }} as plan,
        {{ opening }} as opening_mrr,
        {{ closing }} as closing_mrr,
        {{ number }} as transferred_subscribers,
        0 as passing_mrr

    from customer_movements

    where opening_plan != closing_plan
    {% endfor %}
    {% for pair, parts in pairs.items() if parts -%}
    {% for movement, opening, closing in [
        (parts.came, '0', parts.mrr), (parts.went, parts.mrr, '0')
    ] %}
    union all

    select
        customer_id,
        period_grain,
        period_start,
        '{{ movement }}' as movement,
        {{ parts.plan }} as plan,
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
        {{ customer_attributes() }}

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
