{#- grain: period grain x period x customer active in it: an order, or MRR > 0 at its end -#}
{{ config(enabled=revenue_is_on()) }}
with

periods as (

    select
        *,
        case
            when is_complete_period then period_end else {{ as_of_date() }}
        end as closing_date

    from {{ ref('int_kpi__periods') }}

),

activity as (

    {{ rows_of_activity() }}

),

final as (

    select
        period_grain,
        period_start,
        customer_id,
        max(has_order) as has_order,
        sum(order_revenue) as order_revenue,
        sum(closing_mrr) as closing_mrr

    from activity

    group by 1, 2, 3

)

select * from final
