-- closing MRR and subscribers of each period, rolled up from movements, = the state in the fact at the period's end
{{ config(enabled=has_input('subscriptions')) }}

{% call where_parents_are_built() %}
with

subscriptions as (

    select * from {{ ref('kpi__subscriptions') }}

),

customer_mrr as (

    select * from {{ ref('int_kpi__subscriber_states') }}

),

states as (

    select
        subscriptions.period_grain,
        subscriptions.period_start,
        coalesce(sum(customer_mrr.mrr), 0) as mrr,
        count(customer_mrr.customer_id) as subscribers

    from subscriptions

    left join customer_mrr
        on (
            subscriptions.period_end >= customer_mrr.valid_from
            and coalesce(
                subscriptions.period_end < customer_mrr.valid_to, true
            )
        )
        and customer_mrr.state != 'paused'

    where subscriptions.dimension = 'total'

    group by 1, 2

)

select subscriptions.*

from subscriptions

inner join states
    on subscriptions.period_grain = states.period_grain
    and subscriptions.period_start = states.period_start

where
    subscriptions.dimension = 'total'
    and (
        subscriptions.closing_mrr != states.mrr
        or subscriptions.closing_subscribers != states.subscribers
    )
{% endcall %}
