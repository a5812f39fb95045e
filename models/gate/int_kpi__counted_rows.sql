{{ config(enabled=gate_is_on()) }}

with

order_lines as (

    select * from {{ optional_model(
        'fct_kpi__order_lines', has_input('orders', 'order_lines'), columns={'is_cancelled': 'boolean'}
    ) }}

    where not is_cancelled

),

refunds as (

    select * from {{ optional_model(
        'fct_kpi__refunds', staging_is_on('refunds'), columns={'is_cancelled': 'boolean'}
    ) }}

    where not is_cancelled

),

versions as (

    select * from {{ optional_model(
        'fct_kpi__subscription_versions', has_input('subscriptions'), columns={'mrr': 'numeric(28, 6)'}
    ) }}

    where mrr != 0

),

final as (

    select
        'orders' as input,
        count(*) as counted_rows

    from order_lines

    union all

    select
        'order_lines' as input,
        count(*) as counted_rows

    from order_lines

    union all

    select
        'refunds' as input,
        count(*) as counted_rows

    from refunds

    union all

    select
        'subscriptions' as input,
        count(*) as counted_rows

    from versions

)

select * from final
