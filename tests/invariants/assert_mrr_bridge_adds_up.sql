-- opening + movements = closing, each bar starts where the one before ended, the last one ends at closing,
-- and every period and segment of kpi__subscriptions has its closing there, with all its steps
{{ config(enabled=has_input('subscriptions')) }}

{% call where_parents_are_built() %}
with

subscriptions as (

    select * from {{ ref('kpi__subscriptions') }}

),

steps as (

    select
        *,
        lag(running_end) over (
            partition by period_grain, period_start, dimension, dimension_value
            order by sort_order
        ) as previous_running_end

    from {{ ref('kpi__mrr_bridge') }}

),

bridges as (

    select
        period_grain,
        period_start,
        dimension,
        dimension_value,
        count(*) as steps,
        sum(case when step != 'closing' then amount end) as opening_and_movements,
        max(case when step = 'closing' then amount end) as closing,
        max(case when step = 'closing' then previous_running_end end)
            as last_running_end,
        sum(
            case
                when is_total and running_start = 0 and running_end = amount
                    then 0
                when
                    not is_total and running_start = previous_running_end
                    and running_end = running_start + amount then 0
                else 1
            end
        ) as wrong_bars

    from steps

    group by 1, 2, 3, 4

)

select
    subscriptions.period_grain,
    subscriptions.period_start,
    subscriptions.dimension,
    subscriptions.dimension_value,
    bridges.opening_and_movements,
    bridges.closing

from subscriptions

left join bridges
    on subscriptions.period_grain = bridges.period_grain
    and subscriptions.period_start = bridges.period_start
    and subscriptions.dimension = bridges.dimension
    and subscriptions.dimension_value = bridges.dimension_value

-- a period that subscriptions don't cover has no bridge
where (
    subscriptions.closing_mrr is not null
    and bridges.steps is null
)
or (
    bridges.steps != {{ 10 if policy('paused') == 'suspended' else 8 }}
    or bridges.wrong_bars != 0
    or bridges.opening_and_movements != bridges.closing
    or bridges.last_running_end != bridges.closing
    or bridges.closing != subscriptions.closing_mrr
)
{% endcall %}
