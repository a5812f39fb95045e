-- A company of $lines invoice lines and $events events, as raw tables of Stripe and Segment and as the inputs that
-- these mean. Every value is a hash of its row's number; nothing of ours makes an input of a raw table here.
create schema stripe;
create schema segment;
create schema hand;

create macro unit(row, salt) as (hash(row, salt) >> 1)::bigint / 9223372036854775808.0;

-- a subscription has 16 months in the mean; one in three changes its plan at a new month, one in five its seats in between
create table hand._subscriptions as
select
    range as number,
    'cus_' || range as customer_id,
    'si_' || range as item_id,
    'sub_' || range as subscription_id,
    date '2024-01-01' + (unit(range, 'start') * 500)::integer + time '10:00' as started_at,
    1 + (unit(range, 'months') * 31)::integer as months,
    started_at + to_months(months) as ended_at,
    ended_at <= timestamp '2026-08-31' as is_ended,
    if(unit(range, 'upgrade') < 0.33 and months > 4, (months / 2)::integer, null) as upgrade,
    if(unit(range, 'seats') < 0.2 and months > 4 and upgrade is null, (months / 2)::integer, null) as more_seats,
    ['basic', 'team', 'pro'][1 + floor(unit(range, 'plan') * 3)::integer] as plan,
    ['US', 'GB', 'FR', 'DE'][1 + floor(unit(range, 'country') * 4)::integer] as country,
    ['smb', 'mid', 'enterprise'][1 + floor(unit(range, 'segment') * 3)::integer] as segment
from range($lines // 16);

create table hand.customers as
select
    customer_id,
    started_at - interval 1 hour as created_at,
    country,
    segment,
    null::varchar as acquisition_channel
from hand._subscriptions;

create table stripe.product as
select
    'prod_' || name as id,
    name
from (select unnest(['basic', 'team', 'pro', 'scale']) as name);

create table stripe.price as
select
    'price_' || name as id,
    'prod_' || name as product_id,
    null::varchar as nickname,
    'usd' as currency,
    amount as unit_amount,
    'month' as recurring_interval,
    1 as recurring_interval_count,
    'licensed' as recurring_usage_type
from (select unnest(['basic', 'team', 'pro', 'scale']) as name, unnest([1900, 4900, 9900, 19900]) as amount);

create table hand._versions as
with stretches as (
    select
        *,
        0 as first_month,
        least(coalesce(upgrade, more_seats + 1, months), months) as until_month,
        plan as of_plan,
        1 as quantity
    from hand._subscriptions
    union all
    select
        *,
        upgrade as first_month,
        months as until_month,
        'scale' as of_plan,
        1 as quantity
    from hand._subscriptions
    where upgrade is not null
    union all
    select
        *,
        more_seats + 1 as first_month,
        months as until_month,
        plan as of_plan,
        3 as quantity
    from hand._subscriptions
    where more_seats is not null
)
select
    *,
    -- seats are added ten days into the month before the first that is billed so
    if(quantity = 3, started_at + to_months(more_seats) + interval 10 day, started_at + to_months(first_month)) as starts_at
from stretches
where first_month < until_month;

create table hand.subscriptions as
select
    item_id as subscription_id,
    customer_id,
    of_plan as plan,
    'active' as status,
    starts_at as started_at,
    coalesce(
        lead(starts_at) over (partition by number order by starts_at),
        if(is_ended, ended_at, null)
    ) as ended_at,
    price.unit_amount / 100 as amount,
    'month' as billing_interval,
    quantity,
    'USD' as currency_code
from hand._versions
inner join stripe.price
    on 'price_' || of_plan = price.id;

create table stripe.customer as
select
    customer_id as id,
    created_at as created,
    country as address_country,
    '{"segment": "' || segment || '"}' as metadata,
    true as livemode,
    timestamp '2026-09-01' as _fivetran_synced
from hand.customers;

create table stripe.subscription_history as
select
    subscription_id as id,
    customer_id,
    unnest(if(is_ended, ['active', 'canceled'], ['active'])) as status,
    started_at as created,
    started_at as start_date,
    if(status = 'canceled', hand._subscriptions.ended_at, null) as ended_at,
    if(status = 'canceled', hand._subscriptions.ended_at, started_at) as _fivetran_start,
    if(status = 'active' and is_ended, hand._subscriptions.ended_at, timestamp '9999-12-31') as _fivetran_end,
    true as livemode
from hand._subscriptions;

create table stripe.subscription_item as
select
    item_id as id,
    subscription_id,
    'price_' || arg_max(of_plan, starts_at) as price_id,
    arg_max(quantity, starts_at) as quantity,
    any_value(started_at) as created,
    false as _fivetran_deleted,
    timestamp '2026-09-01' as _fivetran_synced
from hand._versions
group by item_id, subscription_id;

create table stripe.invoice_line_item as
with whole_months as (
    select
        *,
        unnest(range(first_month, until_month)) as month,
        started_at + to_months(month) as period_start,
        started_at + to_months(month + 1) as period_end,
        false as proration,
        1.0 as share
    from hand._versions
), all_lines as (
    select * from whole_months
    where period_start <= timestamp '2026-08-31'
    union all by name
    -- the rest of a month with other seats
    select
        *,
        starts_at as period_start,
        started_at + to_months(first_month) as period_end,
        true as proration,
        0.6 as share
    from hand._versions
    where quantity = 3 and starts_at <= timestamp '2026-08-31'
)
select
    'il_' || number || '_' || epoch(period_start)::bigint as id,
    'in_' || number || '_' || epoch(period_start)::bigint as invoice_id,
    subscription_id,
    item_id as subscription_item_id,
    'price_' || of_plan as price_id,
    all_lines.quantity,
    (price.unit_amount * all_lines.quantity * share)::bigint as amount,
    (price.unit_amount * share)::bigint::varchar as unit_amount_excluding_tax,
    proration,
    'subscription' as type,
    period_start,
    period_end,
    true as livemode
from all_lines
inner join stripe.price
    on 'price_' || of_plan = price.id;

create table stripe.invoice as
select
    invoice_id as id,
    'paid' as status
from stripe.invoice_line_item;

create table segment.tracks as
select
    'evt_' || range as id,
    'cus_' || (unit(range, 'customer') * ($lines // 16 - 1))::bigint as user_id,
    'anon_' || range as anonymous_id,
    ['login', 'export', 'published'][1 + floor(unit(range, 'event') * 3)::integer] as event,
    timestamp '2024-01-01' + to_seconds((unit(range, 'time') * 974 * 86400)::bigint) as "timestamp",
    timestamp '2026-09-01' as received_at
from range($events);

create table hand.product_events as
select
    id as event_id,
    user_id as customer_id,
    user_id,
    "timestamp" as occurred_at,
    event as event_name
from segment.tracks;

drop table hand._subscriptions;
drop table hand._versions;
