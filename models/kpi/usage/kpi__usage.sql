{#- grain: period grain x period x segment -#}
{{ config(enabled=usage_is_on()) }}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where {{ is_total_or(customer_dimensions()) }}

),

active_users as (

    select * from {{ ref('int_kpi__active_users') }}

),

mean_users as (

    select * from {{ ref('int_kpi__mean_users') }}

),
{% if activation_is_on() %}
activations as (

    select * from {{ ref('int_kpi__activations') }}

),
{% endif %}
joined as (

    select
        period_segments.*,
        {% for column, measures in {
            'active_users': 'active_users', 'active_customers': 'active_users',
            'average_daily_active_users': 'mean_users',
        }.items() -%}
        {{ known('coalesce(' ~ measures ~ '.' ~ column ~ ', 0)', ['product_events']) }}
            as {{ column }},
        {% endfor -%}
        case
            when period_segments.period_grain in ('month', 'quarter', 'year')
                then {{ known('coalesce(mean_users.monthly_active_users, 0)', ['product_events']) }}
        end as monthly_active_users,
        {% for column in ['new_customers_observed', 'activated_customers'] -%}
        {{ known(
            'coalesce(activations.' ~ column ~ ', 0)',
            ['product_events', 'orders', 'subscriptions'],
        ) if activation_is_on() else 'null' }} as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from period_segments

    {% for measures in ['active_users', 'mean_users']
        + (['activations'] if activation_is_on() else []) -%}
    left join {{ measures }}
        on {{ same_period_segment('period_segments', measures) }}

    {% endfor %}
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
