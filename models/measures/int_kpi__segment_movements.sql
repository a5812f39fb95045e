{#- grain: period grain x period x segment with a movement -#}
{{ config(enabled=has_input('subscriptions')) }}
{%- set dimensions = customer_dimensions() + ['plan'] -%}

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
        0 as same_period_mrr

    from customer_movements

    where movement != 'same_period'

    union all

    -- who changes plan leaves the one and enters the other
    select
        customer_id,
        period_grain,
        period_start,
        'transfer' as movement,
        opening_plan as plan,
        closing_mrr as opening_mrr,
        0 as closing_mrr,
        -1 as transferred_subscribers,
        0 as same_period_mrr

    from customer_movements

    where opening_plan != closing_plan

    union all

    select
        customer_id,
        period_grain,
        period_start,
        'transfer' as movement,
        closing_plan as plan,
        0 as opening_mrr,
        closing_mrr,
        1 as transferred_subscribers,
        0 as same_period_mrr

    from customer_movements

    where opening_plan != closing_plan
    {% if policy('same_period_churn') == 'count' %}
    -- who joins and leaves inside the period is new and churned
    {% for movement, opening, closing in [
        ('new', '0', 'passing_mrr'), ('churn', 'passing_mrr', '0')
    ] %}
    union all

    select
        customer_id,
        period_grain,
        period_start,
        '{{ movement }}' as movement,
        passing_plan as plan,
        {{ opening }} as opening_mrr,
        {{ closing }} as closing_mrr,
        0 as transferred_subscribers,
        {{ opening }} as same_period_mrr

    from customer_movements

    where movement = 'same_period'
    {% endfor %}{% endif %}
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
        {% for movement in ['new', 'reactivation', 'expansion', 'contraction', 'churn', 'transfer'] -%}
        sum(case when movement = '{{ movement }}' then 1 else 0 end)
            as {{ movement }}_customers,
        sum(case when movement = '{{ movement }}' then mrr_change else 0 end)
            as {{ movement }}_mrr_change,
        {% endfor -%}
        sum(transferred_subscribers) as transferred_subscribers,
        sum(same_period_mrr) as same_period_churned_mrr

    from with_attributes

    group by {{ dimension_sets(['period_grain', 'period_start'], dimensions) }}

)

select * from final
