-- kpi__values and kpi__reconciliation of this company, by hand: what the package's CPU is measured against.
-- Tricks that a package can't count on: one reporting zone (UTC), typed columns, sums kept as doubles, and
-- hashes for ids (what repeats under its hash repeats); facts are summed to a cell (country x segment x
-- channel) before any segment is made. That a user has one customer and that a customer's subscriptions
-- don't overlap is checked, not handled. Variables: folder (of the Parquet), as_of.

create macro raw(input) as table
    select * from read_parquet(getvariable('folder') || '/' || input || '/*.parquet');
create macro cell_of(country, segment, channel) as hash(country, segment, channel);
create macro nobody() as cell_of('unknown', 'unknown', 'unknown');
create macro share(part, whole) as part / nullif(whole, 0);
set variable as_of_end = getvariable('as_of')::timestamp + interval 1 day;

-- events -----------------------------------------------------------------------------------------------

-- an event sent again with a later time replaces the first: few, so only they are looked at twice
-- (sorting all hashes is cheaper than grouping them)
create temp table repeated_hashes as
select event
from (
    select hash(event_id) as event
    from raw('product_events')
    where occurred_at < getvariable('as_of_end') and event_id is not null and user_id is not null
        and event_name is not null
)
qualify row_number() over (partition by event) = 2;

create temp table repeated_events as
select hash(event_id) as event, max(occurred_at) as last_at, count(*) - 1 as copies
from raw('product_events') semi join repeated_hashes on hash(event_id) = repeated_hashes.event
where occurred_at < getvariable('as_of_end') and event_id is not null and user_id is not null
    and event_name is not null
group by 1;

create temp table user_days as
with counted as (
    select
        hash(user_id) as user, hash(customer_id) as customer, customer_id is null as is_nobody,
        occurred_at::date as day, count(*) as events,
        count(*) filter (event_name = 'published') as activations
    from raw('product_events')
    where occurred_at < getvariable('as_of_end') and user_id is not null and event_name is not null
    group by all
    union all
    select
        hash(user_id), hash(customer_id), customer_id is null, occurred_at::date, -count(*),
        -count(*) filter (event_name = 'published')
    from raw('product_events') semi join repeated_events
        on hash(event_id) = repeated_events.event and occurred_at < repeated_events.last_at
    where user_id is not null and event_name is not null
    group by all
)
select user, customer, is_nobody, day, sum(events) as events, sum(activations) > 0 as is_activated
from counted group by all having sum(events) > 0;

-- customers, rates ------------------------------------------------------------------------------------

create temp table customers as
select *, cell_of(country, segment, channel) as cell
from (
    select distinct on (customer_id)
        hash(customer_id) as customer, coalesce(country, 'unknown') as country,
        coalesce(segment, 'unknown') as segment, coalesce(acquisition_channel, 'unknown') as channel
    from raw('customers') where created_at < getvariable('as_of_end') order by customer_id, created_at desc
);

create temp table rates as
select day, currency_code, rate
from (select range::date as day from range(date '2023-11-01', getvariable('as_of_end')::timestamp, interval 1 day))
asof inner join raw('exchange_rates') as raw_rates on day >= raw_rates.rate_date
union all
select range::date, 'USD', 1 from range(date '2023-11-01', getvariable('as_of_end')::timestamp, interval 1 day);

-- orders ----------------------------------------------------------------------------------------------

create temp table orders as
select
    sent.order_key, hash(sent.customer_id) as customer, sent.customer_id is null as is_guest,
    coalesce(customers.cell, nobody()) as cell, sent.ordered_at, sent.ordered_at::date as day, rates.rate, sent.currency_code,
    sent.status = 'cancelled' as is_cancelled
from (
    select hash(order_id) as order_key, any_value(customer_id) as customer_id,
        max(ordered_at) as ordered_at, any_value(status) as status, any_value(currency_code) as currency_code
    from raw('orders') where ordered_at < getvariable('as_of_end') group by 1
) as sent
left join customers on hash(sent.customer_id) = customers.customer
inner join rates on sent.ordered_at::date = rates.day and sent.currency_code = rates.currency_code;

create temp table order_categories as
select
    order_key, coalesce(product_category, 'unknown') as category,
    sum(quantity * unit_price::double - discount_amount) as revenue, sum(quantity * unit_cost::double) as cost,
    count(*) as lines, count(unit_cost) as costed_lines
from (
    select hash(order_id) as order_key, any_value(product_category) as product_category,
        any_value(quantity) as quantity, any_value(unit_price) as unit_price,
        any_value(discount_amount) as discount_amount, any_value(unit_cost) as unit_cost
    from raw('order_lines') group by hash(order_line_id), hash(order_id)
)
group by all;

create temp table paid_orders as
select
    order_key, any_value(customer) as customer, any_value(is_guest) as is_guest, any_value(cell) as cell,
    any_value(day) as day, any_value(ordered_at) as ordered_at, sum(revenue * rate) as revenue, coalesce(sum(cost * rate), 0) as cost,
    sum(lines) as lines, sum(costed_lines) as costed_lines
from orders inner join order_categories using (order_key) where not is_cancelled group by 1;

create temp table refunds as
select
    sent.refunded_at::date as day, orders.cell,
    coalesce(parts.category, 'unknown') as category, sent.amount * rates.rate * coalesce(parts.share, 1) as refund
from (select distinct on (refund_id) * from raw('refunds') where refunded_at < getvariable('as_of_end')) as sent
inner join orders on hash(sent.order_id) = orders.order_key and not orders.is_cancelled
-- by what was sold of each category, in equal parts where that is nothing
left join (
    select order_key, category,
        if(sum(sold) over per_order > 0, sold / sum(sold) over per_order, 1 / count(*) over per_order) as share
    from (select order_key, category, greatest(revenue, 0) as sold from order_categories)
    window per_order as (partition by order_key)
) as parts on orders.order_key = parts.order_key and parts.share > 0
inner join rates
    on orders.day = rates.day and coalesce(sent.currency_code, orders.currency_code) = rates.currency_code;

-- subscriptions ---------------------------------------------------------------------------------------

create temp table versions as
select
    customers.customer, customers.cell, sent.plan, sent.started_at::date as valid_from,
    if(sent.ended_at < getvariable('as_of_end'), sent.ended_at::date, null) as ended,
    least(ended, lead(valid_from) over (partition by sent.subscription order by valid_from)) as valid_to,
    sent.amount * sent.quantity * rates.rate
        * case sent.billing_interval when 'year' then 1 / 12 when 'quarter' then 1 / 3 when 'month' then 1 end as mrr
from (
    select hash(subscription_id) as subscription, started_at, max(ended_at) as ended_at,
        any_value(customer_id) as customer_id, any_value(plan) as plan, any_value(amount)::double as amount,
        any_value(quantity) as quantity, any_value(billing_interval) as billing_interval,
        any_value(currency_code) as currency_code
    from raw('subscriptions') where started_at < getvariable('as_of_end') group by 1, 2
) as sent
inner join customers on hash(sent.customer_id) = customers.customer
inner join rates on sent.started_at::date = rates.day and sent.currency_code = rates.currency_code;
set variable subscriptions_since = (select min(valid_from) from versions);
delete from versions where valid_to <= valid_from;

select if(count(*) > 0, error('a user has two customers'), true) from (
    select 1 from user_days group by user having min(customer) != max(customer) or bool_or(is_nobody) != bool_and(is_nobody));
select if(count(*) > 0, error('subscriptions of a customer overlap'), true) from (
    select coalesce(valid_to, date '9999-12-31') > lead(valid_from) over (partition by customer order by valid_from) as is_overlapped
    from versions) where is_overlapped;

-- calendar --------------------------------------------------------------------------------------------

create temp table first_day as
select least(
    (select min(day) from user_days), (select min(day) from paid_orders), (select min(day) from refunds),
    (select min(valid_from) from versions), (select min(spend_date) from raw('marketing_spend')),
    (select min(expense_date) from raw('operating_expenses')),
    (select min(responded_at)::date from raw('survey_responses')),
    (select min(opened_at)::date from raw('support_tickets'))) as day;

-- coverage: before the first row of an input nothing is known of it; refunds are known where orders are
create temp table coverage as
select
    (select min(day) from orders) as orders_since,
    getvariable('subscriptions_since') as subscriptions_since,
    (select min(spend_date) from raw('marketing_spend')) as spend_since,
    (select min(expense_date) from raw('operating_expenses')) as ledger_since,
    (select min(day) from user_days) as events_since,
    (select min(responded_at)::date from raw('survey_responses')) as answers_since,
    (select min(opened_at)::date from raw('support_tickets')) as tickets_since;

create temp table calendar as
select day, grain, date_trunc(grain, day)::date as period_start
from (select unnest(range(day::timestamp, getvariable('as_of_end'), interval 1 day))::date as day from first_day),
    unnest(['week', 'month', 'quarter', 'year']) as grains(grain);

create temp table periods as
select
    grain, period_start, max(day) as closing_day,
    case grain when 'week' then 12.0 / 52 when 'month' then 1 when 'quarter' then 3 else 12 end as months,
    (period_start + case grain when 'week' then interval 7 day when 'month' then interval 1 month
        when 'quarter' then interval 3 month else interval 1 year end)::date > closing_day + 1 as is_running,
    row_number() over (partition by grain order by period_start) as number
from calendar group by 1, 2;

-- customers over time ----------------------------------------------------------------------------------

create temp table starts as
select customer, any_value(customers.cell) as cell, min(first_order) as first_order, min(first_day) as first_day,
    -- an order has a moment, a subscription a day
    if(min(first_paid) = min(first_day), null, min(first_moment)) as first_moment
from (
    select customer, min(day) as first_order, min(day) as first_day, null as first_paid, min(ordered_at) as first_moment
    from paid_orders where not is_guest group by 1
    union all
    select customer, null, min(valid_from), min(valid_from), null from versions where mrr > 0 group by 1
) inner join customers using (customer) group by 1;

create temp table acquisitions as
select
    starts.customer, starts.first_day, customers.country, customers.segment,
    coalesce(arg_min(touches.channel, (touches.touched_at, touches.touch_id)), 'unattributed') as won_by,
    cell_of(customers.country, customers.segment, won_by) as cell
from starts inner join customers using (customer)
left join raw('marketing_touches') as touches
    on starts.customer = hash(touches.customer_id) and touches.touched_at::date <= starts.first_day
    and coalesce(touches.touched_at <= starts.first_moment, true)
group by 1, 2, 3, 4;

create temp table cells as
select cell_of(country, segment, channel) as cell, country, segment, channel
from (
    select country, segment, channel from customers
    union select country, segment, won_by from acquisitions
    union select 'unknown', 'unknown', 'unknown'
);
create temp table cell_segments as
select cell, 'total' as dimension, 'total' as dimension_value from cells
union all select cell, 'country', country from cells
union all select cell, 'segment', segment from cells
union all select cell, 'acquisition_channel', channel from cells;

-- measures ---------------------------------------------------------------------------------------------

create temp table order_days as
select customer, any_value(cell) as cell, day, lead(day) over (partition by customer order by day) as next_day
from paid_orders where not is_guest group by customer, day;

-- what adds up over days: by day and cell
create temp table daily as
select 'orders' as measure, day, cell, count(*)::double as amount from paid_orders group by 2, 3
union all select unnest(['order_revenue', 'order_cost', 'order_lines', 'costed_lines']), day, cell,
    unnest([sum(revenue), sum(cost), sum(lines), sum(costed_lines)]) from paid_orders group by day, cell
union all select 'refunds', day, cell, sum(refund) from refunds group by 2, 3
union all select 'new_customers', first_day, cell, count(*) from acquisitions group by 2, 3
union all select 'user_days', day, coalesce(cell, nobody()), count(*)
    from user_days left join customers using (customer) group by 2, 3
union all select unnest(['observed', 'activated']), first_day, cell, unnest([count(*), count(*) filter (activated_day <= first_day + 14)])
    from starts left join (select customer, min(day) as activated_day from user_days where is_activated group by 1) using (customer)
    where first_day + 14 <= getvariable('as_of') group by first_day, cell
union all select 'tickets_opened', opened_at::date, coalesce(cell, nobody()), count(distinct ticket_id)
    from raw('support_tickets') left join customers on hash(customer_id) = customer
    where opened_at < getvariable('as_of_end') group by 2, 3;

-- subscribers and MRR: opening and closing state of each customer and period with a change
create temp table changes as
with ends as (
    select customer, cell, valid_from, valid_to, plan, mrr,
        lead(valid_from) over one_customer as next_from, lag(valid_to) over one_customer as last_to,
        lag(plan) over one_customer as last_plan, lag(mrr) over one_customer as last_mrr,
        min(valid_from) over one_customer as first_paid
    from versions where mrr > 0 window one_customer as (partition by customer order by valid_from)
)
select customer, cell, valid_from as day, first_paid, plan, mrr,
    if(last_to = valid_from, last_plan, null) as plan_before, if(last_to = valid_from, last_mrr, 0) as mrr_before
from ends
union all
select customer, cell, valid_to, first_paid, null, 0, plan, mrr from ends where valid_to is distinct from next_from and valid_to is not null;

create temp table movements as
select
    grain, period_start, cell, coalesce(opening_plan, closing_plan) as plan, opening_plan, closing_plan,
    case when opening = 0 and closing = 0 then 'none' when opening = 0 and first_paid < period_start then 'reactivated'
        when opening = 0 then 'new' when closing = 0 then 'churned' when closing > opening then 'expansion'
        when closing < opening then 'contraction' else 'unchanged' end as movement,
    count(*) as subscribers, sum(closing - opening) as mrr, sum(closing) as closing
from (
    select customer, any_value(cell) as cell, grain, period_start, any_value(first_paid) as first_paid,
        arg_min(mrr_before, day) as opening, arg_min((plan_before, 1), day)[1] as opening_plan,
        arg_max(mrr, day) as closing, arg_max((plan, 1), day)[1] as closing_plan
    from changes inner join calendar using (day) group by customer, grain, period_start
)
group by all;

create temp table plan_movements as
select grain, period_start, cell, plan, movement, subscribers, mrr from movements where movement not in ('none', 'unchanged')
union all select grain, period_start, cell, opening_plan, 'transferred', -subscribers, -closing from movements where opening_plan != closing_plan
union all select grain, period_start, cell, closing_plan, 'transferred', subscribers, closing from movements where opening_plan != closing_plan;

create temp table mrr_by_day as
select calendar.day, changed.cell, changed.plan, changed.mrr / day(last_day(calendar.day)) as revenue
from (
    select cell, plan, day as valid_from, lead(day) over one_plan as valid_to, sum(sum(mrr)) over one_plan as mrr
    from (
        select cell, plan, day, mrr from changes where plan is not null
        union all select cell, plan_before, day, -mrr_before from changes where plan_before is not null
    ) group by cell, plan, day window one_plan as (partition by cell, plan order by day)
) as changed
inner join (select distinct day from calendar) as calendar
    on calendar.day >= changed.valid_from and coalesce(calendar.day < changed.valid_to, true);

-- distinct users and customers: a customer is in one cell, so cells add up; a year's users are those of its quarters
create temp table users_by_week as
select distinct date_trunc('week', day)::date as period_start, user, customer from user_days;
create temp table users_by_month as
select distinct date_trunc('month', day)::date as period_start, user, customer from user_days;
create temp table users_by_quarter as
select distinct date_trunc('quarter', period_start)::date as period_start, user, customer from users_by_month;
create temp table users_by_year as
select distinct date_trunc('year', period_start)::date as period_start, user, customer from users_by_quarter;

create temp table buyers as
select grain, period_start, customer, any_value(cell) as cell from order_days inner join calendar using (day) group by 1, 2, 3;

-- who had MRR at the end of a period, for those who ordered in it
create temp table paying_buyers as
select buyers.grain, buyers.period_start, buyers.cell, count(*) as customers
from buyers inner join periods using (grain, period_start)
inner join versions on buyers.customer = versions.customer and versions.mrr > 0
    and periods.closing_day >= versions.valid_from and coalesce(periods.closing_day < versions.valid_to, true)
group by 1, 2, 3;

-- since: the order that was the first, or came after the lapse before
create temp table lapses as
select customer, cell, since, day + 90 as day
from (
    select *, max(day) filter (is_return) over (partition by customer order by day) as since
    from (select *, coalesce(lag(day) over (partition by customer order by day) + 90 < day, true) as is_return from order_days)
) where coalesce(next_day > day + 90, true);

create temp table active_spans as
select cell, day + 1 as day, 1 as change from order_days
union all select cell, least(next_day, day + 90) + 1, -1 from order_days;

create temp table cohorts as
select starts.customer, starts.cell, start_month.period_start as cohort, ages.age, later.period_start, later.closing_day
from starts inner join calendar as start_month on starts.first_day = start_month.day and start_month.grain = 'month'
cross join unnest([1, 3, 6, 12]) as ages(age)
inner join periods as later on later.grain = 'month' and not later.is_running
    and later.period_start = (start_month.period_start + to_months(ages.age))::date;

create temp table by_cell as
select measure, grain, period_start, cell, sum(amount) as amount from daily inner join calendar using (day) group by all
union all select 'subscription_revenue', grain, period_start, cell, sum(revenue) from mrr_by_day inner join calendar using (day) group by all
union all select unnest([movement || '_subscribers', movement || '_mrr']), grain, period_start, cell, unnest([sum(subscribers), sum(mrr)])
    from plan_movements where movement != 'transferred' group by movement, grain, period_start, cell
union all select 'active_users', grain, period_start, coalesce(cell, nobody()), count(*)
    from (select 'week' as grain, * from users_by_week union all select 'month', * from users_by_month
        union all select 'quarter', * from users_by_quarter union all select 'year', * from users_by_year)
    left join customers using (customer) group by all
union all select unnest(['ordering_customers', 'repeat_customers']), grain, period_start, buyers.cell,
        unnest([count(*), count(*) filter (first_order < period_start)])
    from buyers inner join starts using (customer) group by grain, period_start, buyers.cell
union all select 'paying_buyers', * from paying_buyers
union all select unnest(['lapsed_customers', 'lapsed_opening_customers']), grain, period_start, cell,
        unnest([count(distinct customer), count(*) filter (since < period_start)])
    from lapses inner join calendar using (day) group by grain, period_start, cell
union all select 'opening_active_customers', periods.grain, periods.period_start, cell, sum(change)
    from periods inner join active_spans on active_spans.day <= periods.period_start group by all
union all select 'cohort_size_month_' || age, 'month', period_start, cell, count(*) from cohorts group by all
union all select 'retained_month_' || age, 'month', period_start, cohorts.cell, count(*)
    from cohorts
    where exists (from versions where versions.customer = cohorts.customer and versions.mrr > 0
        and cohorts.closing_day >= versions.valid_from and coalesce(cohorts.closing_day < versions.valid_to, true))
    or exists (from buyers where buyers.customer = cohorts.customer and buyers.grain = 'month' and buyers.period_start = cohorts.period_start)
    group by all;

create temp table answers as
select hash(customer_id) as customer, calendar.grain, calendar.period_start, survey_type as kind,
    arg_max(score, (responded_at, response_id)) as score
from (select distinct on (response_id) * from raw('survey_responses') where responded_at < getvariable('as_of_end')) as sent
inner join calendar on sent.responded_at::date = calendar.day
group by customer_id, if(customer_id is null, response_id, null), 2, 3, 4;

create temp table tickets as
select coalesce(cell, nobody()) as cell, max(solved_at) filter (solved_at < getvariable('as_of_end')) as solved_at,
    datediff('second', min(opened_at), max(solved_at) filter (solved_at < getvariable('as_of_end'))) / 3600.0 as hours
from raw('support_tickets') left join customers on hash(customer_id) = customer
where opened_at < getvariable('as_of_end') group by ticket_id, cell;

create temp table measures as
select measure, grain, period_start, dimension, dimension_value, sum(amount) as amount
from by_cell inner join cell_segments using (cell) group by all
union all
select unnest(['nps_responses', 'nps_balance', 'csat_responses', 'satisfied']), grain, period_start, dimension, dimension_value,
    unnest([count(*) filter (kind = 'nps'), sum(if(score >= 9, 1, if(score <= 6, -1, 0))) filter (kind = 'nps'),
        count(*) filter (kind = 'csat'), count(*) filter (kind = 'csat' and score >= 4)])
from (select answers.*, coalesce(cell, nobody()) as cell from answers left join customers using (customer))
inner join cell_segments using (cell) group by grain, period_start, dimension, dimension_value
union all
select 'median_resolution_hours', grain, period_start, dimension, dimension_value, median(hours)
from tickets inner join calendar on solved_at::date = calendar.day inner join cell_segments using (cell) group by all
union all
select unnest(['orders', 'order_revenue', 'order_cost', 'order_lines', 'costed_lines']), grain, period_start, 'product_category', category,
    unnest([count(*), sum(revenue * rate), sum(coalesce(cost, 0) * rate), sum(lines), sum(costed_lines)])
from order_categories inner join orders using (order_key) inner join calendar using (day) where not is_cancelled
group by grain, period_start, category
union all
select 'refunds', grain, period_start, 'product_category', category, sum(refund)
from refunds inner join calendar using (day) group by all
union all
select unnest(['orders', 'order_revenue', 'order_cost', 'order_lines', 'costed_lines']), grain, period_start, 'plan', 'unknown',
    unnest([count(*), sum(revenue), sum(cost), sum(lines), sum(costed_lines)])
from paid_orders inner join calendar using (day) group by grain, period_start
union all
select 'refunds', grain, period_start, 'plan', 'unknown', sum(refund) from refunds inner join calendar using (day) group by all
union all
select 'subscription_revenue', grain, period_start, unnest(['plan', 'product_category']), unnest([plan, 'subscriptions']), sum(revenue)
from mrr_by_day inner join calendar using (day) group by grain, period_start, plan
union all
select unnest([movement || '_subscribers', movement || '_mrr']), grain, period_start, 'plan', plan, unnest([sum(subscribers), sum(mrr)])
from plan_movements group by movement, grain, period_start, plan
union all
select 'marketing_spend', grain, period_start, unnest(['total', 'acquisition_channel']), unnest(['total', channel]), sum(amount * rates.rate)
from (select distinct on (spend_date, channel, campaign) * from raw('marketing_spend')) as spend
inner join rates on spend.spend_date = rates.day and spend.currency_code = rates.currency_code
inner join calendar on spend.spend_date = calendar.day group by grain, period_start, channel
union all
select 'ledger_' || if(category in ('cost_of_revenue', 'variable', 'sales_and_marketing'), category, 'other'),
    grain, period_start, 'total', 'total', sum(amount * rates.rate)
from (select distinct on (expense_id) * from raw('operating_expenses')) as ledger
inner join rates on ledger.expense_date = rates.day and ledger.currency_code = rates.currency_code
inner join calendar on ledger.expense_date = calendar.day group by all;

-- KPIs -------------------------------------------------------------------------------------------------

create temp table pivoted as
pivot measures on measure in (
    'orders', 'order_revenue', 'order_cost', 'order_lines', 'costed_lines', 'refunds', 'subscription_revenue',
    'marketing_spend', 'ledger_cost_of_revenue', 'ledger_variable', 'ledger_sales_and_marketing', 'ledger_other',
    'new_customers', 'ordering_customers', 'repeat_customers', 'paying_buyers', 'lapsed_customers', 'lapsed_opening_customers', 'opening_active_customers',
    'new_subscribers', 'reactivated_subscribers', 'churned_subscribers', 'transferred_subscribers',
    'new_mrr', 'reactivated_mrr', 'expansion_mrr', 'contraction_mrr', 'churned_mrr', 'transferred_mrr',
    'cohort_size_month_1', 'cohort_size_month_3', 'cohort_size_month_6', 'cohort_size_month_12',
    'retained_month_1', 'retained_month_3', 'retained_month_6', 'retained_month_12',
    'user_days', 'active_users', 'observed', 'activated',
    'nps_responses', 'nps_balance', 'csat_responses', 'satisfied', 'tickets_opened', 'median_resolution_hours'
) using sum(amount) group by grain, period_start, dimension, dimension_value;

create temp table wide as
with filled as (
    select
        periods.*, segments.*, coverage.*, median_resolution_hours,
        coalesce(columns(pivoted.* exclude (grain, period_start, dimension, dimension_value, median_resolution_hours)), 0)
    from periods cross join (select distinct dimension, dimension_value from measures) as segments cross join coverage
    left join pivoted using (grain, period_start, dimension, dimension_value)
),
-- a period that ends before the first row of an input has null of it, and of all that is made of it
known as (
    select * replace (
        if(closing_day >= orders_since, orders, null) as orders,
        if(closing_day >= orders_since, order_revenue, null) as order_revenue,
        if(closing_day >= orders_since, order_cost, null) as order_cost,
        if(closing_day >= orders_since, refunds, null) as refunds,
        if(closing_day >= orders_since, ordering_customers, null) as ordering_customers,
        if(closing_day >= orders_since, repeat_customers, null) as repeat_customers,
        if(closing_day >= orders_since, lapsed_customers, null) as lapsed_customers,
        if(closing_day >= orders_since, lapsed_opening_customers, null) as lapsed_opening_customers,
        if(closing_day >= orders_since, opening_active_customers, null) as opening_active_customers,
        if(closing_day >= greatest(orders_since, subscriptions_since), new_customers, null) as new_customers,
        if(closing_day >= greatest(orders_since, subscriptions_since), retained_month_1, null) as retained_month_1,
        if(closing_day >= greatest(orders_since, subscriptions_since), retained_month_3, null) as retained_month_3,
        if(closing_day >= greatest(orders_since, subscriptions_since), retained_month_6, null) as retained_month_6,
        if(closing_day >= greatest(orders_since, subscriptions_since), retained_month_12, null) as retained_month_12,
        if(closing_day >= subscriptions_since, subscription_revenue, null) as subscription_revenue,
        if(closing_day >= subscriptions_since, new_subscribers, null) as new_subscribers,
        if(closing_day >= subscriptions_since, reactivated_subscribers, null) as reactivated_subscribers,
        if(closing_day >= subscriptions_since, churned_subscribers, null) as churned_subscribers,
        if(closing_day >= subscriptions_since, transferred_subscribers, null) as transferred_subscribers,
        if(closing_day >= subscriptions_since, new_mrr, null) as new_mrr,
        if(closing_day >= subscriptions_since, reactivated_mrr, null) as reactivated_mrr,
        if(closing_day >= subscriptions_since, expansion_mrr, null) as expansion_mrr,
        if(closing_day >= subscriptions_since, contraction_mrr, null) as contraction_mrr,
        if(closing_day >= subscriptions_since, churned_mrr, null) as churned_mrr,
        if(closing_day >= subscriptions_since, transferred_mrr, null) as transferred_mrr,
        if(closing_day >= spend_since, marketing_spend, null) as marketing_spend,
        if(closing_day >= ledger_since, ledger_cost_of_revenue, null) as ledger_cost_of_revenue,
        if(closing_day >= ledger_since, ledger_variable, null) as ledger_variable,
        if(closing_day >= ledger_since, ledger_sales_and_marketing, null) as ledger_sales_and_marketing,
        if(closing_day >= ledger_since, ledger_other, null) as ledger_other,
        if(closing_day >= events_since, active_users, null) as active_users,
        if(closing_day >= events_since, user_days, null) as user_days,
        if(closing_day >= greatest(orders_since, subscriptions_since, events_since), activated, null) as activated,
        if(closing_day >= answers_since, nps_balance, null) as nps_balance,
        if(closing_day >= answers_since, satisfied, null) as satisfied,
        if(closing_day >= tickets_since, tickets_opened, null) as tickets_opened,
        if(closing_day >= tickets_since, median_resolution_hours, null) as median_resolution_hours
    )
    from filled
)
select
    *,
    new_subscribers + reactivated_subscribers - churned_subscribers + transferred_subscribers as subscribers_change,
    new_mrr + reactivated_mrr + expansion_mrr + contraction_mrr + churned_mrr + transferred_mrr as mrr_change,
    sum(subscribers_change) over past as closing_subscribers,
    sum(mrr_change) over past as closing_mrr,
    sum(ledger_cost_of_revenue) over whole as whole_ledger_cost,
    sum(ledger_variable) over whole as whole_variable
from known
window
    whole as (partition by grain, period_start),
    past as (partition by grain, dimension, dimension_value order by period_start);

create temp table parts as
with money as (
    select
        *,
        dimension = 'total' as is_whole,
        dimension not in ('plan', 'product_category') as is_of_customers,
        closing_subscribers - subscribers_change as opening_subscribers,
        closing_mrr - mrr_change as opening_mrr,
        opening_mrr + contraction_mrr + churned_mrr as kept_mrr,
        order_revenue - refunds + subscription_revenue as net_revenue,
        case when not is_whole and whole_ledger_cost != 0
            or costed_lines = 0 and ledger_cost_of_revenue = 0 and (order_lines > 0 or subscription_revenue != 0) then null
            else order_cost + ledger_cost_of_revenue end as cost_of_revenue,
        if(dimension in ('total', 'acquisition_channel'), marketing_spend, null) as spend,
        if(is_whole or whole_variable = 0, ledger_variable, null) as variable_costs,
        if(is_whole, ledger_variable + ledger_sales_and_marketing + ledger_other + marketing_spend, null) as opex,
        if(is_whole, ledger_sales_and_marketing + marketing_spend, null) as loaded_spend,
        ordering_customers + closing_subscribers - paying_buyers as active_customers
    from wide
)
select
    *,
    net_revenue - cost_of_revenue as gross_profit,
    gross_profit - opex as operating_income,
    if(dimension = 'acquisition_channel' and dimension_value in ('unknown', 'unattributed'), null, share(spend, new_customers)) as cac,
    share(closing_mrr, closing_subscribers) as arpa,
    share(churned_subscribers, opening_subscribers) as churn,
    arpa * share(gross_profit, net_revenue) as monthly_profit,
    user_days / (closing_day - period_start + 1) as daily_users
from money;

create table kpi_values as
with monthly_users as (
    select periods.grain, periods.period_start, dimension, dimension_value,
        sum(active_users) / (datediff('month', periods.period_start, any_value(periods.closing_day)) + 1) as monthly_users
    from periods inner join parts
        on parts.grain = 'month' and date_trunc(periods.grain, parts.period_start) = periods.period_start
    where periods.grain != 'week' group by 1, 2, 3, 4
),
-- a period compares with one that is known from its first day on
known_throughout as (
    select
        *,
        if(period_start >= greatest(orders_since, subscriptions_since), net_revenue, null) as whole_net_revenue,
        if(period_start >= greatest(orders_since, subscriptions_since), active_customers, null) as whole_active_customers,
        if(period_start >= subscriptions_since, closing_mrr, null) as whole_mrr,
        if(period_start >= greatest(spend_since, ledger_since), loaded_spend, null) as whole_loaded_spend
    from parts
),
with_neighbours as (
    select
        parts.*, monthly_users.monthly_users,
        lag(whole_net_revenue) over past as last_net_revenue, lag(whole_mrr) over past as last_mrr,
        lag(whole_active_customers) over past as last_active_customers, lag(whole_loaded_spend) over past as last_loaded_spend,
        lag(whole_net_revenue, if(grain = 'week', 52, if(grain = 'month', 12, if(grain = 'quarter', 4, 1)))) over past
            as year_ago_net_revenue
    from known_throughout as parts
    left join monthly_users using (grain, period_start, dimension, dimension_value)
    window past as (partition by grain, dimension, dimension_value order by period_start)
),
kpis as (
    select
        grain as period_grain, period_start, dimension, dimension_value,
        -- margin
        orders, order_revenue, refunds, subscription_revenue, net_revenue, cost_of_revenue, gross_profit,
        share(gross_profit, net_revenue) as gross_margin, spend as marketing_spend, variable_costs,
        gross_profit - spend - variable_costs as contribution_profit,
        share(contribution_profit, net_revenue) as contribution_margin,
        opex as operating_expenses, operating_income, share(operating_income, net_revenue) as operating_margin,
        share(order_revenue, orders) as average_order_value, share(refunds, order_revenue) as refund_rate,
        share(net_revenue - last_net_revenue, last_net_revenue) as net_revenue_growth,
        -- acquisition, retention
        new_customers, active_customers, cac, arpa, ordering_customers, repeat_customers, lapsed_customers,
        share(loaded_spend, new_customers) as fully_loaded_cac, share(cac, monthly_profit) as cac_payback_months,
        share(monthly_profit, churn / months) as ltv, share(ltv, cac) as ltv_to_cac,
        share(active_customers - last_active_customers, last_active_customers) as active_customers_growth,
        share(repeat_customers, ordering_customers) as repeat_purchase_rate,
        share(lapsed_opening_customers, opening_active_customers) as lapsed_customer_rate,
        share(retained_month_1, cohort_size_month_1) as retention_month_1,
        share(retained_month_3, cohort_size_month_3) as retention_month_3,
        share(retained_month_6, cohort_size_month_6) as retention_month_6,
        share(retained_month_12, cohort_size_month_12) as retention_month_12,
        -- subscriptions
        opening_subscribers, new_subscribers, reactivated_subscribers, churned_subscribers, transferred_subscribers, closing_subscribers,
        opening_mrr, new_mrr, expansion_mrr, reactivated_mrr as reactivation_mrr, -contraction_mrr as contraction_mrr,
        -churned_mrr as churned_mrr, transferred_mrr, closing_mrr, closing_mrr * 12 as arr, churn as customer_churn_rate,
        -share(contraction_mrr + churned_mrr, opening_mrr) as gross_mrr_churn_rate,
        share(kept_mrr, opening_mrr) as gross_revenue_retention,
        share(kept_mrr + expansion_mrr, opening_mrr) as net_revenue_retention,
        -share(new_mrr + expansion_mrr + reactivated_mrr, contraction_mrr + churned_mrr) as quick_ratio,
        share(closing_mrr - last_mrr, last_mrr) as mrr_growth,
        -- usage, satisfaction
        active_users, daily_users as average_daily_active_users, share(daily_users, monthly_users) as stickiness,
        share(activated, observed) as activation_rate,
        100 * share(nps_balance, nps_responses) as nps, share(satisfied, csat_responses) as csat,
        tickets_opened, median_resolution_hours,
        -- efficiency
        if(is_whole and grain = 'quarter', share((closing_mrr - opening_mrr) * 12, last_loaded_spend), null) as magic_number,
        if(is_whole, share(-operating_income, (closing_mrr - opening_mrr) * 12), null) as burn_multiple,
        if(is_whole, share(net_revenue - year_ago_net_revenue, year_ago_net_revenue) + operating_margin, null) as rule_of_40
    from with_neighbours
)
select * from (
    unpivot kpis on columns(* exclude (period_grain, period_start, dimension, dimension_value)) into name kpi_id value value
)
where
    dimension not in ('plan', 'product_category')
    or kpi_id in (
        'orders', 'order_revenue', 'refunds', 'subscription_revenue', 'net_revenue', 'cost_of_revenue', 'gross_profit',
        'gross_margin', 'marketing_spend', 'variable_costs', 'contribution_profit', 'contribution_margin', 'operating_expenses',
        'operating_income', 'operating_margin', 'average_order_value', 'refund_rate', 'net_revenue_growth'
    )
    or dimension = 'plan' and (kpi_id like '%subscribers' or kpi_id like '%mrr' or kpi_id in (
        'arr', 'customer_churn_rate', 'gross_mrr_churn_rate', 'gross_revenue_retention', 'net_revenue_retention', 'quick_ratio', 'mrr_growth'
    ));

-- reconciliation ---------------------------------------------------------------------------------------

create table reconciliation as
with read_rows as (
    select 'product_events' as input, count(*) as rows_read,
        count(*) filter (event_id is null or user_id is null or event_name is null) as rows_rejected
    from raw('product_events') where occurred_at < getvariable('as_of_end')
)
select *, (select coalesce(sum(copies), 0) from repeated_events) as duplicates_dropped from read_rows
union all select 'orders', count(*), 0, count(*) - count(distinct order_id) from raw('orders')
union all select 'order_lines', count(*), 0, count(*) - count(distinct order_line_id) from raw('order_lines')
union all select 'subscriptions', count(*), 0, count(*) - count(distinct (subscription_id, started_at)) from raw('subscriptions')
union all select 'support_tickets', count(*), 0, count(*) - count(distinct ticket_id) from raw('support_tickets');
