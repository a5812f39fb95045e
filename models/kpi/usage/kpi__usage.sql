{{ config(enabled=has_input('product_events')) }}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where {{ is_total_or(dimensions_of('customers')) }}

),

active_users as (

    select * from {{ ref('int_kpi__active_users') }}

),

mean_users as (

    select * from {{ ref('int_kpi__mean_users') }}

),

activations as (

    select * from {{ optional_model(
        'int_kpi__activations', activation_is_on(),
        measures=['new_customers_observed', 'activated_customers'],
    ) }}

),

-- what isn't known isn't nought
frame as (

    select
        *,
        {{ known('0', ['product_events']) }} as zero_users,
        {{ known('0', ['product_events', 'orders', 'subscriptions'])
            if activation_is_on() else 'cast(null as integer)' }}
            as zero_activations

    from period_segments

),

joined as (

    select
        frame.*,
        coalesce(active_users.active_users, frame.zero_users) as active_users,
        coalesce(active_users.active_customers, frame.zero_users)
            as active_customers,
        coalesce(mean_users.average_daily_active_users, frame.zero_users)
            as average_daily_active_users,
        case
            when frame.period_grain in ('month', 'quarter', 'year')
                then coalesce(mean_users.monthly_active_users, frame.zero_users)
        end as monthly_active_users,
        coalesce(activations.new_customers_observed, frame.zero_activations)
            as new_customers_observed,
        coalesce(activations.activated_customers, frame.zero_activations)
            as activated_customers

    from frame

    left join active_users
        on {{ same_period_segment('frame', 'active_users') }}
        and frame.zero_users = 0

    left join mean_users
        on {{ same_period_segment('frame', 'mean_users') }}
        and frame.zero_users = 0

    left join activations
        on {{ same_period_segment('frame', 'activations') }}
        and frame.zero_activations = 0

),

final as (

    select
        period_grain,
        period_start,
        period_end,
        period_label,
        is_complete_period,
        dimension,
        dimension_value,
        cast(active_users as bigint) as active_users,
        cast(active_customers as bigint) as active_customers,
        cast(average_daily_active_users as numeric(38, 12))
            as average_daily_active_users,
        cast(monthly_active_users as numeric(38, 12)) as monthly_active_users,
        {{ ratio(
            'cast(average_daily_active_users as numeric(38, 12))',
            'cast(monthly_active_users as numeric(38, 12))',
        ) }} as stickiness,
        cast(new_customers_observed as bigint) as new_customers_observed,
        cast(activated_customers as bigint) as activated_customers,
        {{ ratio('activated_customers', 'new_customers_observed') }}
            as activation_rate

    from joined

)

select * from final
