{{ config(enabled=has_input('subscriptions'), materialized='view') }}
{%- set keeps_unpaid = keeps_unpaid() %}

with

spans as (

    select * from {{ ref('fct_kpi__customer_mrr') }}

),
{% if keeps_unpaid %}
with_starts as (

    select
        *,
        case
            when
                lag(valid_to) over (
                    partition by customer_id
                    order by valid_from
                ) = valid_from then 0
            else 1
        end as is_start

    from spans

),

-- spans that follow each other without a gap; pauses that follow a span with it
with_runs as (

    select
        *,
        sum(is_start) over (
            partition by customer_id
            order by valid_from
        ) as run,
        sum(case when state = 'paused' then 0 else 1 end) over (
            partition by customer_id
            order by valid_from
        ) as pause_run

    from with_starts

),

with_first_paid as (

    select
        *,
        min(case when state = 'paid' then valid_from end) over (
            partition by customer_id, run
        ) as paid_from,
        {% for column in ['mrr'] + attributes_and_source('subscriptions') -%}
        min(case when state != 'paused' then {{ column }} end) over (
            partition by customer_id, run, pause_run
        ) as held_{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from with_runs

),
{% endif %}
final as (

    select
        customer_id,
        {{ columns_from(attributes_of('customers')) }}
        {{ 'state' if keeps_unpaid else "'paid'" }} as state,
        {% for column in attributes_and_source('subscriptions') -%}
        {{ "case when state != 'paused' then " ~ column ~ ' end'
            if keeps_unpaid else column }} as {{ column }},
        -- what a pause takes out of MRR, and from which plan
        {{ 'held_' ~ column if keeps_unpaid else column }} as held_{{ column }},
        {% endfor -%}
        mrr,
        {{ 'held_mrr' if keeps_unpaid else 'mrr' }} as held_mrr,
        valid_from,
        valid_to

    from {{ 'with_first_paid' if keeps_unpaid else 'spans' }}
    {% if keeps_unpaid %}
    -- who has never paid since they came is no subscriber yet
    where valid_from >= paid_from
    {% endif %}
)

select * from final
