{{ config(enabled=has_input('subscriptions') and policy('churn_denominator') == 'daily') }}
{%- set dimensions = dimensions_of('customers', 'subscriptions') -%}

with

spans as (

    select
        {{ columns_from(attributes_of('customers')) }}
        {{ columns_from(attributes_and_source('subscriptions'), prefix='held_') }}
        customer_id,
        case when state = 'paused' then 0 else 1 end as subscribers,
        valid_from,
        valid_to

    from {{ ref('int_kpi__subscriber_states') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

changes as (

    select
        valid_from as calendar_date,
        {{ dimensions | join(', ') }},
        subscribers,
        0 as lost_subscribers

    from spans

    union all

    select
        ended.valid_to as calendar_date,
        {{ columns_from(dimensions, 'ended') }}
        -ended.subscribers as subscribers,
        case when next_spans.customer_id is null then 1 else 0 end
            as lost_subscribers

    from spans as ended -- noqa: AL07

    left join spans as next_spans -- noqa: AL07
        on ended.customer_id = next_spans.customer_id
        and ended.valid_to = next_spans.valid_from

    where ended.valid_to is not null

),

changes_by_segment as (

    select
        calendar_date,
        {{ dimension_columns(dimensions) }},
        sum(subscribers) as subscribers_change,
        sum(lost_subscribers) as lost_subscribers

    from changes

    group by {{ dimension_sets(['calendar_date'], dimensions) }}

),

with_opening as (

    select
        *,
        sum(subscribers_change) over (
            partition by dimension, dimension_value
            order by calendar_date
            rows between unbounded preceding and current row
        ) - subscribers_change as opening_subscribers,
        lead(calendar_date) over (
            partition by dimension, dimension_value
            order by calendar_date
        ) as next_change_date

    from changes_by_segment

),

-- somebody can be lost on a day that begins with a subscriber: from the day after a change to that of the next
at_risk as (

    select distinct
        periods.period_grain,
        periods.period_start,
        with_opening.dimension,
        with_opening.dimension_value

    from with_opening

    inner join periods
        on with_opening.calendar_date < least(periods.period_end, {{ as_of_date() }})
        and coalesce(with_opening.next_change_date >= periods.period_start, true)

    where with_opening.opening_subscribers + with_opening.subscribers_change > 0

),

rates as (

    select
        periods.period_grain,
        periods.period_start,
        with_opening.dimension,
        with_opening.dimension_value,
        sum({{ ratio(
            'with_opening.lost_subscribers', 'with_opening.opening_subscribers'
        ) }}) as daily_churn_rate

    from with_opening

    inner join periods
        on with_opening.calendar_date >= periods.period_start
        and with_opening.calendar_date <= periods.period_end

    where with_opening.lost_subscribers > 0

    group by 1, 2, 3, 4

),

final as (

    select
        at_risk.period_grain,
        at_risk.period_start,
        at_risk.dimension,
        at_risk.dimension_value,
        1 as has_days_at_risk,
        coalesce(rates.daily_churn_rate, 0) as daily_churn_rate

    from at_risk

    left join rates
        on {{ same_period_segment('at_risk', 'rates') }}

)

select * from final
