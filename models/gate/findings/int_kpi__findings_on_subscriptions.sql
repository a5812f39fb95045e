{{ config(enabled=has_input('subscriptions')) }}
{%- set rules = [
    {
        'id': 'items_under_one_id', 'rows': 'versions_of_one_moment',
        'message': 'versions of one id start at one moment and differ in plan, amount, currency, interval or owner, so they are taken for items that run side by side: their amounts are added up. The money is what the smaller ones add a month',
        'how_to_fix': 'Give each item its own subscription_id (the id of the subscription item), or leave out the rows that another replaced.',
    },
    {
        'id': 'versions_overlap', 'rows': 'overlapping',
        'message': 'a version that was not over is cut where another of its id with a different plan or amount starts: only the later one counts from there on. The money is the MRR a month of what was cut',
        'how_to_fix': 'Give things that run side by side ids of their own; end a version (ended_at) where the next one replaces it.',
    },
    {
        'id': 'statuses_of_one_start', 'rows': 'statuses_of_one_moment',
        'message': 'rows of one id and one start have different statuses: the one with the latest end counts from that start on, then the one of the latest status, so a trial or an ended subscription may count as paid',
        'how_to_fix': 'Start each version when its status began (of a history: the moment of the row, not the start of the subscription), and end it where the next begins.',
    },
    {
        'id': 'expired_never_paid', 'rows': 'never_paid',
        'message': 'the subscription is expired and no version of it was ever active, so it has no MRR in its days. The money is what it would be a month',
        'how_to_fix': 'Where expired ones were paid until they ended (as in Recurly), set okr_metrics_subscription_statuses: {expired: cancelled}.',
    },
] %}

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

    {% for rule in rules -%}
    select
        '{{ rule.id }}' as rule_id,
        'warning' as severity,
        'subscriptions' as input,
        'subscription ' || min(subscription_id)
        || case
            when count(distinct subscription_id) > 1
                then ' and ' || cast(
                    count(distinct subscription_id) - 1
                    as {{ dbt.type_string() }}
                ) || ' more'
            else ''
        end as object,
        {{ dbt.string_literal(dbt.escape_single_quotes(rule.message)) }}
            as message,
        {{ dbt.string_literal(dbt.escape_single_quotes(rule.how_to_fix)) }}
            as how_to_fix,
        sum(number_of_rows) as number_of_rows,
        sum(amount) as amount

    from {{ rule.rows }}

    having count(*) > 0
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
