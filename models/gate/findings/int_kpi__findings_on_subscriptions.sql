{{ config(enabled=has_input('subscriptions')) }}

with

staged as (

    select * from {{ ref('stg_kpi__subscriptions') }}

    where
        row_status in ('accepted', 'duplicate')
        and coalesce(ended_date > started_date, true)

),

versions as (

    select * from {{ ref('fct_kpi__subscription_versions') }}

),

-- copies are gone: what is left of one moment differs in what it says
versions_of_one_moment as (

    select
        subscription_id,
        count(*) as number_of_rows,
        sum(monthly_amount) - max(monthly_amount) as amount

    from versions

    where coalesce(ended_date > started_date, true)

    group by subscription_id, started_time

    having count(*) > 1

),

-- cut by a version of another plan or amount; an end that closes it is none
overlapping as (

    select
        versions.subscription_id,
        1 as number_of_rows,
        versions.mrr as amount

    from versions

    left join versions as next_versions -- noqa: AL07
        on versions.subscription_id = next_versions.subscription_id
        and versions.ended_date = next_versions.started_date
        and (
            versions.plan = next_versions.plan
            and versions.currency_code = next_versions.currency_code
            and versions.monthly_amount = next_versions.monthly_amount
            and versions.started_time < next_versions.started_time
            or next_versions.ended_date = next_versions.started_date
            and next_versions.status in ('cancelled', 'expired')
        )

    where
        versions.is_cut
        and versions.mrr > 0
        and next_versions.subscription_id is null

),

statuses_of_one_moment as (

    select
        subscription_id,
        count(*) as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from staged

    group by subscription_id, started_time

    having min(status) != max(status)

),

never_paid as (

    select
        subscription_id,
        count(*) as number_of_rows,
        max(monthly_amount) as amount

    from versions

    group by 1

    having
        max(case when status = 'expired' and ended_date is not null
            and monthly_amount > 0 then 1 else 0 end) = 1
        and max(mrr) = 0

),

final as (

    {% for rule, rows in {
        'items_under_one_id': 'versions_of_one_moment', 'versions_overlap': 'overlapping',
        'statuses_of_one_start': 'statuses_of_one_moment', 'expired_never_paid': 'never_paid',
    }.items() -%}
    select
        {{ finding(
            rule,
            say_case(
                'objects',
                {'subscription.and_more': 'count(distinct subscription_id) > 1', 'subscription': none},
                {'id': 'min(subscription_id)', 'more': as_text('count(distinct subscription_id) - 1')},
            ),
            topic='input_findings',
        ) }},
        'subscriptions' as input,
        sum(number_of_rows) as number_of_rows,
        sum(amount) as amount

    from {{ rows }}

    having count(*) > 0
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
