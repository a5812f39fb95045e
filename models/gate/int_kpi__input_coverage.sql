{{ config(enabled=any_staging_is_on()) }}

with

own_coverage as (

    select * from {{ ref('int_kpi__input_ages') }}

),

accepted_refunds as (

    select *

    from {{ optional_input('refunds', {
        'order_id': dbt.type_string(),
        'refunded_date': 'date',
    }) }}

    where row_status = 'accepted'

),

-- refunds have no coverage of their own: they are known where what they belong to is
refund_owners as (

    select distinct
        case
            when order_id is null then 'subscriptions' else 'orders'
        end as input

    from accepted_refunds

),

-- and on their own days: what was paid back after the last order was
last_refund as (

    select max(refunded_date) as refunded_date

    from accepted_refunds

    where refunded_date <= {{ as_of_date() }}

),

owners as (

    select
        min(first_day) as first_day,
        max(last_day) as last_day,
        case when count(ended_day) = count(*) then max(ended_day) end
            as ended_day,
        case when count(ended_day) = count(*) then max(missing_from_day) end
            as missing_from_day

    from own_coverage

    where
        input = '{{ 'orders' if staging_is_on('orders') else 'subscriptions' }}'
        or (
            input = 'subscriptions'
            and input in (select refund_owners.input from refund_owners)
        )

),

refunds as (

    select
        owners.first_day,
        owners.last_day,
        case
            when last_refund.refunded_date > owners.ended_day
                then last_refund.refunded_date
            else owners.ended_day
        end as ended_day,
        case
            when last_refund.refunded_date >= owners.missing_from_day
                then cast({{ dbt.dateadd('day', 1, 'last_refund.refunded_date') }} as date)
            else owners.missing_from_day
        end as missing_from_day

    from owners

    cross join last_refund

),

final as (

    select
        input,
        first_day,
        last_day,
        cast(days_with_rows as integer) as days_with_rows,
        usual_gap_days,
        max_age_days,
        ended_day,
        missing_from_day

    from own_coverage

    union all

    select
        'refunds' as input,
        {{ data_start_of('refunds', 'first_day') }} as first_day,
        last_day,
        cast(null as integer) as days_with_rows,
        cast(null as numeric(38, 12)) as usual_gap_days,
        cast(null as integer) as max_age_days,
        ended_day,
        missing_from_day

    from refunds

    where {{ staging_is_on('refunds') }}

)

select * from final
