{{ config(enabled=has_input('subscriptions')) }}
{%- set keeps_free = policy('free_plan') == 'contraction' -%}
{%- set keeps_paused = policy('paused') == 'suspended' %}

with

versions as (

    select * from {{ ref('fct_kpi__subscription_versions') }}

    where
        (mrr != 0 or is_held)
        and (ended_date is null or ended_date > started_date)

),

change_dates as (

    {% for day in ['started_date', 'ended_date'] -%}
    select
        customer_id,
        {{ day }} as change_date

    from versions

    where {{ day }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

spans as (

    select
        customer_id,
        change_date as valid_from,
        lead(change_date) over (
            partition by customer_id
            order by change_date
        ) as valid_to

    from change_dates

    -- one row a date
    group by customer_id, change_date

),

versions_in_spans as (

    select
        spans.customer_id,
        spans.valid_from,
        spans.valid_to,
        {{ columns_from(attributes_of('customers'), 'versions') }}
        {{ columns_from(attributes_and_source('subscriptions'), 'versions') }}
        versions.mrr,
        versions.is_held,
        versions.status

    from spans

    inner join versions
        on spans.customer_id = versions.customer_id
        and spans.valid_from >= versions.started_date
        and coalesce(spans.valid_from < versions.ended_date, true)

),

with_sums as (

    select
        *,
        {% for column in attributes_and_source('subscriptions') -%}
        sum(mrr) over (partition by customer_id, valid_from, {{ column }})
            as mrr_of_{{ column }},
        {% endfor -%}
        {% for state, condition in {
            'held': 'is_held', 'paused': "status = 'paused'"
        }.items() if keeps_free or keeps_paused -%}
        max(case when {{ condition }} then 1 else 0 end)
            over (partition by customer_id, valid_from) as customer_is_{{ state }},
        {% endfor -%}
        sum(mrr) over (partition by customer_id, valid_from) as customer_mrr

    from versions_in_spans

),

-- the plan with the most MRR is the customer's, ties by name; so for all that a version has of its own
ranked as (

    select
        *,
        {% for column in attributes_and_source('subscriptions') -%}
        first_value({{ column }}) over (
            partition by customer_id, valid_from
            order by mrr_of_{{ column }} desc, {{ column }} asc
        ) as main_{{ column }},
        {% endfor -%}
        row_number() over (
            partition by customer_id, valid_from
            order by mrr desc
        ) as version_number,
        -- credits can leave nothing
        case
            when customer_mrr > 0 then 'paid'
            {%- if keeps_paused %}
            when customer_is_paused = 1 then 'paused'
            {%- endif %}
            {%- if keeps_free %}
            when customer_is_held = 1 then 'free'
            {%- endif %}
        end as state

    from with_sums

),

final as (

    select
        customer_id,
        {{ columns_from(attributes_and_source('subscriptions'), prefix='main_') }}
        {{ columns_from(attributes_of('customers')) }}
        state,
        cast(
            case when state = 'paid' then customer_mrr else 0 end
            as numeric(28, 6)
        ) as mrr,
        valid_from,
        valid_to

    from ranked

    where
        version_number = 1
        and state is not null

)

select * from final
