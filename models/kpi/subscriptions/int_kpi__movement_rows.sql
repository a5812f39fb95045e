{{ config(enabled=has_input('subscriptions'), materialized='view') }}
{%- set columns = attributes_and_source('subscriptions') -%}
{#- who joined, paused or left twice in one period: where the state between opening and closing stands -#}
{%- set held = {"'same_period'": 'passing_'} -%}
{%- if policy('paused') == 'suspended' -%}
    {%- do held.update({
        "'new and pause', 'reactivation and pause'": 'closing_held_',
        "'resumption and churn'": 'opening_held_',
    }) -%}
{%- endif %}

with

customer_movements as (

    select * from {{ ref('int_kpi__customer_movements') }}

    where movement != 'none'

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

-- two movements in one period, which leave opening and closing as they are
pairs as (

    {% for movements, prefix in held.items() -%}
    select
        customer_id,
        period_grain,
        period_start,
        final_change_date,
        movement,
        {{ columns_from(columns, prefix=prefix) }}
        {{ prefix }}mrr as held_mrr

    from customer_movements

    where movement in ({{ movements }})
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

transfers as (

    select *

    from customer_movements

    where
        {% for column in columns -%}
        opening_{{ column }} != closing_{{ column }}
        {{ 'or ' if not loop.last }}
        {%- endfor %}

),

movements as (

    -- a movement counts in the plan held at opening, or at closing if none was
    select
        customer_id,
        period_grain,
        period_start,
        final_change_date,
        movement,
        {% for column in columns -%}
        coalesce(opening_{{ column }}, closing_{{ column }}) as {{ column }},
        {% endfor -%}
        opening_mrr,
        closing_mrr,
        0 as passing_mrr

    from customer_movements

    where movement not in (
        'same_period', 'new and pause', 'reactivation and pause',
        'resumption and churn'
    )

    union all

    -- who changes plan leaves the one ...
    select
        customer_id,
        period_grain,
        period_start,
        final_change_date,
        'transfer out' as movement,
        {{ columns_from(columns, prefix='opening_') }}
        closing_mrr as opening_mrr,
        0 as closing_mrr,
        0 as passing_mrr

    from transfers

    union all

    -- ... and enters the other
    select
        customer_id,
        period_grain,
        period_start,
        final_change_date,
        'transfer in' as movement,
        {{ columns_from(columns, prefix='closing_') }}
        0 as opening_mrr,
        closing_mrr,
        0 as passing_mrr

    from transfers

    union all

    -- who moves twice comes ...
    select
        customer_id,
        period_grain,
        period_start,
        final_change_date,
        case movement
            when 'reactivation and pause' then 'reactivation'
            when 'resumption and churn' then 'resumption'
            else 'new'
        end as movement,
        {{ columns_from(columns) }}
        0 as opening_mrr,
        held_mrr as closing_mrr,
        0 as passing_mrr

    from pairs

    union all

    -- ... and goes
    select
        customer_id,
        period_grain,
        period_start,
        final_change_date,
        case
            when movement in ('same_period', 'resumption and churn')
                then 'churn'
            else 'pause'
        end as movement,
        {{ columns_from(columns) }}
        held_mrr as opening_mrr,
        0 as closing_mrr,
        held_mrr as passing_mrr

    from pairs

),

changes as (

    select
        movements.*,
        movements.closing_mrr - movements.opening_mrr as mrr_change,
        {{ customer_attributes(source=none) }}

    from movements

    left join customers on movements.customer_id = customers.customer_id

),

final as (

    select
        'customers' as input,
        customer_id as row_key,
        final_change_date as row_date,
        period_grain,
        period_start,
        movement,
        {{ columns_from(columns) }}
        {{ columns_from(attributes_of('customers')) }}
        case when movement = 'new' then 1 else 0 end as new_subscribers,
        case when movement = 'reactivation' then 1 else 0 end
            as reactivated_subscribers,
        case when movement = 'churn' then 1 else 0 end
            as churned_subscribers,
        case when movement = 'pause' then 1 else 0 end
            as paused_subscribers,
        case when movement = 'resumption' then 1 else 0 end
            as resumed_subscribers,
        case movement
            when 'transfer in' then 1
            when 'transfer out' then -1
            else 0
        end as transferred_subscribers,
        case
            when movement in ('new', 'reactivation', 'resumption', 'transfer in')
                then 1
            when movement in ('churn', 'pause', 'transfer out') then -1
            else 0
        end as subscribers_change,
        case when movement = 'new' then mrr_change else 0 end as new_mrr,
        case when movement = 'expansion' then mrr_change else 0 end
            as expansion_mrr,
        case when movement = 'reactivation' then mrr_change else 0 end
            as reactivation_mrr,
        case when movement = 'resumption' then mrr_change else 0 end
            as resumed_mrr,
        case
            when movement in ('transfer in', 'transfer out') then mrr_change
            else 0
        end as transferred_mrr,
        -- what is lost is positive
        case when movement = 'contraction' then -mrr_change else 0 end
            as contraction_mrr,
        case when movement = 'churn' then -mrr_change else 0 end
            as churned_mrr,
        case when movement = 'pause' then -mrr_change else 0 end as paused_mrr,
        case when movement = 'churn' then passing_mrr else 0 end
            as same_period_churned_mrr,
        case when movement = 'pause' then passing_mrr else 0 end
            as same_period_paused_mrr,
        mrr_change

    from changes

)

select * from final
