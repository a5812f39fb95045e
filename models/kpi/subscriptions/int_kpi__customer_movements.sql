{{ config(enabled=has_input('subscriptions')) }}
{#- {column of a state: what it is without one} -#}
{%- set columns = {'mrr': '0'} -%}
{%- do columns.update({'state': "'none'", 'held_mrr': '0'} if keeps_unpaid() else {}) -%}
{%- for column in attributes_and_source('subscriptions') -%}
    {%- do columns.update({column: 'null'}) -%}
    {%- do columns.update({'held_' ~ column: 'null'} if keeps_unpaid() else {}) -%}
{%- endfor -%}
{%- set was_none = "opening_state = 'none'" if keeps_unpaid() else 'opening_mrr = 0' -%}
{%- set is_none = "closing_state = 'none'" if keeps_unpaid() else 'closing_mrr = 0' -%}
{#- who had no MRR at opening, but some before, in the window where one is set -#}
{%- set window = policy('reactivation_window_days') -%}
{%- set since_the_end = dbt.datediff('last_ended_date', 'first_change_date', 'day') -%}
{%- set in_window = ' and ' ~ since_the_end ~ ' <= ' ~ window if window is not none else '' -%}
{%- set has_paid_before = 'first_paid_date < period_start' ~ in_window %}

with

spans as (

    select * from {{ ref('int_kpi__subscriber_states') }}

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

states as (

    select
        customer_id,
        valid_from as change_date,
        {{ columns | join(', ') }}

    from spans

    union all

    -- a span that no other follows is followed by no MRR
    select
        ended.customer_id,
        ended.valid_to as change_date,
        {% for column, value in columns.items() -%}
        {{ value }} as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from spans as ended -- noqa: AL07

    left join spans as next_spans -- noqa: AL07
        on ended.customer_id = next_spans.customer_id
        and ended.valid_to = next_spans.valid_from

    where
        ended.valid_to is not null
        and next_spans.customer_id is null

),

changes as (

    select
        *,
        min(change_date) over (partition by customer_id) as first_paid_date,
        {% for column, nothing in columns.items() -%}
        coalesce(lag({{ column }}) over (
            partition by customer_id
            order by change_date
        ), {{ nothing }}) as {{ column }}_before,
        {% endfor -%}
        lag(change_date) over (
            partition by customer_id
            order by change_date
        ) as last_change_date

    from states

),

changes_in_periods as (

    select
        changes.*,
        period_days.period_grain,
        period_days.period_start,
        row_number() over (
            partition by
                changes.customer_id, period_days.period_grain,
                period_days.period_start
            order by changes.change_date
        ) as change_number,
        row_number() over (
            partition by
                changes.customer_id, period_days.period_grain,
                period_days.period_start
            order by changes.change_date desc
        ) as reverse_change_number

    from changes

    inner join period_days
        on changes.change_date = period_days.calendar_date

),

opening_and_closing as (

    select
        period_grain,
        period_start,
        customer_id,
        min(first_paid_date) as first_paid_date,
        min(change_date) as first_change_date,
        max(change_date) as final_change_date,
        -- without MRR at opening, the change before is the end of the last span
        max(case when change_number = 1 then last_change_date end)
            as last_ended_date,
        {% for column in columns -%}
        max(case when change_number = 1 then {{ column }}_before end)
            as opening_{{ column }},
        max(case when reverse_change_number = 1 then {{ column }} end)
            as closing_{{ column }},
        -- what one who joins and leaves inside the period had
        max(case when reverse_change_number = 1 then {{ column }}_before end)
            as passing_{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from changes_in_periods

    group by 1, 2, 3

),

final as (

    select
        *,
        -- the one movement in the period; the order of the tests is the classic bug
        case
            {%- if policy('same_period_churn') == 'count' %}
            when {{ was_none }} and {{ is_none }} and not ({{ has_paid_before }})
                then 'same_period'
            {%- endif %}
            when {{ was_none }} and {{ is_none }} then 'none'
            {%- if policy('paused') == 'suspended' %}
            when opening_state = 'paused' and closing_state = 'paused' then 'none'
            when {{ was_none }} and closing_state = 'paused' and {{ has_paid_before }}
                then 'reactivation and pause'
            when {{ was_none }} and closing_state = 'paused' then 'new and pause'
            when opening_state = 'paused' and {{ is_none }} then 'resumption and churn'
            when opening_state = 'paused' then 'resumption'
            when closing_state = 'paused' then 'pause'
            {%- endif %}
            when {{ was_none }} and {{ has_paid_before }}
                then 'reactivation'
            when {{ was_none }} then 'new'
            when {{ is_none }} then 'churn'
            when closing_mrr > opening_mrr then 'expansion'
            when closing_mrr < opening_mrr then 'contraction'
            else 'unchanged'
        end as movement

    from opening_and_closing

)

select * from final
