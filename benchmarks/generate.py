"""Writes a company's raw data as Parquet: every value is a hash of its row number and the seed.

    python -m benchmarks.generate --events 1000000 --folder /tmp/s

`history/` holds what arrived in 730 days, `next_day/` what arrives on the day after: new rows, late
ones (1%, up to 3 days), rows sent again (0.1%, a tenth of them with another time), and open
subscriptions and tickets that ended that day. The same DuckDB, seed and size give the same rows.
"""

import argparse
from datetime import date, timedelta
from pathlib import Path

import duckdb

SIZES = {"XS": 10_000, "S": 1_000_000, "M": 10_000_000, "L": 100_000_000}
FIRST_DAY = date(2023, 11, 20)
DAYS = 730
# last day of the history: the as-of date of a first build
LAST_DAY = FIRST_DAY + timedelta(days=DAYS - 1)
NEXT_DAY = LAST_DAY + timedelta(days=1)

MACROS = """
create macro bits(row, salt) as (hash(row, salt, getvariable('seed')) >> 1)::bigint;
-- uniform on [0, 1)
create macro unit(row, salt) as bits(row, salt) / 9223372036854775808.0;
create macro pick(names, row, salt) as names[1 + cast(bits(row, salt) % len(names) as integer)];
create macro identity(prefix, row, salt) as prefix || to_hex(bits(row, salt));
-- days that a row comes late
create macro late(row, salt) as
    if(bits(row, salt || ' late') % 100 = 0, 1 + bits(row, salt || ' days') % 3, 0)::integer;
create macro time_of_day(row, salt) as to_seconds((21600 + bits(row, salt) % 50400)::integer);
create macro is_repeated(row, salt) as bits(row, salt || ' again') % 1000 = 0;
"""

TABLES = {
    # signups grow by the day; a life ends with a constant hazard
    "_customers": """
    select
        customer,
        identity('cus_', customer, 'customer') as customer_id,
        getvariable('first_day') + start as started,
        least(start + 1 + (-ln(1 - unit(customer, 'life')) * 400)::integer,
            getvariable('days') + 1) - start as life,
        pick(['US', 'US', 'GB', 'FR', 'DE', 'ES', 'IT'], customer, 'country') as country,
        pick(['smb', 'smb', 'mid', 'enterprise'], customer, 'segment') as segment,
        nullif(pick(['ads', 'fairs', 'friends', 'search', 'search', ''], customer, 'channel'), '')
            as channel,
        if(country in ('FR', 'DE', 'ES', 'IT'), 'EUR', 'USD') as currency_code
    from (
        select
            range as customer,
            floor((getvariable('days') + 1) * sqrt(unit(range, 'start')))::integer as start
        from range(getvariable('events') // 100)
    )""",
    "customers": """
    select
        customer_id, started + time_of_day(customer, 'created') as created_at, country, segment,
        channel as acquisition_channel, started as arrived
    from _customers order by started, customer""",
    # three customers in ten use the product, one to three users each; they use it in bursts
    "_user_days": """
    select
        number,
        customer,
        identity('usr_', customer * 4 + bits(number, 'user') % (1 + bits(customer, 'users') % 3),
            'user') as user_id,
        if(bits(customer, 'anonymous') % 100 = 0, null, customer_id) as customer_id,
        started + floor(unit(number, 'day') * life)::integer as day,
        5 + (bits(number, 'burst') % 16)::integer as events
    from (
        select range as number,
            (floor(unit(range, 'customer') * getvariable('events') / 1000 * 3) * 10 // 3)::bigint
                as customer
        from range(getvariable('events') * 2 // 25)
    ) inner join _customers using (customer)
    order by day, number""",
    "product_events": """
    select
        identity('evt_', event, 'event') as event_id,
        customer_id,
        if(bits(event, 'nobody') % 5000 = 0, null, user_id) as user_id,
        -- one in ten of the rows sent again corrects the time
        day + time_of_day(number, 'event')
            + to_seconds((place * 600 + bits(event, 'gap') % 600)::integer)
            + to_days(if(copy = 1 and bits(event, 'corrected') % 10 = 0, 1, 0)) as occurred_at,
        if(bits(event, 'name') % 50 = 0, 'published',
            pick(['opened', 'searched', 'edited', 'shared'], event, 'name')) as event_name,
        day + greatest(late(event, 'event'), copy) as arrived
    from (
        select *, number * 20 + place as event, unnest(if(is_repeated(event, 'event'), [0, 1], [0]))
            as copy
        from (select *, unnest(range(events))::integer as place from _user_days)
    )""",
    "_orders": """
    select
        number,
        identity('ord_', number, 'order') as order_id,
        if(bits(number, 'guest') % 33 = 0, null, customer_id) as customer_id,
        started + floor(unit(number, 'order day') * life)::integer as day,
        if(bits(number, 'status') % 33 = 0, 'cancelled', 'paid') as status,
        currency_code,
        late(number, 'order') as late
    from (
        select range as number,
            (bits(range, 'buyer') % (getvariable('events') // 100))::bigint as customer
        from range(getvariable('events') // 50)
    ) inner join _customers using (customer)
    order by day, number""",
    "orders": """
    select
        order_id, customer_id, day + time_of_day(number, 'ordered') as ordered_at, status,
        currency_code, day + greatest(late, copy) as arrived
    from (select *, unnest(if(is_repeated(number, 'order'), [0, 1], [0])) as copy from _orders)""",
    "order_lines": """
    select
        identity('lin_', line, 'line') as order_line_id,
        order_id,
        nullif(pick(['beans', 'beans', 'cups', 'machines', 'software', ''], line, 'category'), '')
            as product_category,
        (1 + bits(line, 'quantity') % 5)::integer as quantity,
        ((500 + bits(line, 'price') % 20000) / 100)::decimal(10, 2) as unit_price,
        if(bits(line, 'discount') % 10 = 0, 2.5, 0)::decimal(10, 2) as discount_amount,
        if(bits(line, 'cost') % 33 = 0, null, ((200 + bits(line, 'price') % 9000) / 100))
            ::decimal(10, 2) as unit_cost,
        day + greatest(late, copy) as arrived
    from (
        select *, number * 3 + place as line, unnest(if(is_repeated(line, 'line'), [0, 1], [0]))
            as copy
        from (select *, unnest(range(1 + bits(number, 'lines') % 3))::integer as place from _orders)
    )""",
    "refunds": """
    select
        identity('ref_', number, 'refund') as refund_id, order_id,
        day + refund_days + time_of_day(number, 'refunded') as refunded_at,
        ((100 + bits(number, 'refund amount') % 2000) / 100)::decimal(10, 2) as amount,
        currency_code, day + refund_days as arrived
    from (select *, 4 + (bits(number, 'refund day') % 20)::integer as refund_days from _orders)
    where bits(number, 'refund') % 100 = 0 order by arrived, number""",
    # a third of the customers subscribe, some change plan, some come back
    "_versions": """
    select
        customer, customer_id, currency_code,
        identity('sub_', customer, if(place = 3, 'again', 'subscription')) as subscription_id,
        pick(['starter', 'pro', 'scale'], customer * 4 + place, 'plan') as plan,
        [49, 129, 299][1 + (bits(customer * 4 + place, 'plan') % 3)::integer]::decimal(10, 2)
            as monthly,
        pick(['month', 'month', 'month', 'year'], customer, 'billing') as billing_interval,
        (1 + bits(customer * 4 + place, 'seats') % 3)::integer as quantity,
        started + from_day as from_day,
        if(to_day is null, null, started + to_day) as to_day
    from (
        select *, floor(life * 0.4)::integer as changed,
            bits(customer, 'changes') % 3 = 0 and life > 10 as is_changed
        from _customers where bits(customer, 'subscribes') % 100 < 36
    ), lateral (
        select unnest([
            {place: 0, from_day: 0, to_day: if(is_changed, changed, life)},
            {place: 1, from_day: changed, to_day: life},
            {place: 3, from_day: life + 45, to_day: null}
        ], recursive := true)
    )
    where place = 0 or place = 1 and is_changed or place = 3 and bits(customer, 'returns') % 8 = 0
    order by from_day, customer""",
    # an end is known from its day on: the row is sent again with it
    "subscriptions": """
    select
        subscription_id, customer_id, plan,
        if(ended_at is null, 'active', 'cancelled') as status, from_day::timestamp as started_at,
        ended_at, if(billing_interval = 'year', monthly * 10, monthly)::decimal(10, 2) as amount,
        billing_interval, quantity, currency_code, null::varchar as churn_reason, arrived
    from (
        select *, null::timestamp as ended_at, from_day as arrived from _versions
        where to_day is null or to_day > getvariable('last_day')
        union all
        select *, to_day::timestamp, greatest(from_day, to_day) from _versions
        where to_day is not null
    )""",
    "marketing_touches": """
    select
        identity('tch_', number, 'touch') as touch_id, customer_id,
        day + time_of_day(number, 'touched') as touched_at,
        pick(['ads', 'fairs', 'friends', 'search'], number, 'touch channel') as channel,
        pick(['spring', 'autumn'], number, 'campaign') as campaign,
        greatest(day, started) as arrived
    from (
        select number, customer_id, started,
            started - 3 + (bits(number, 'touch day') % 20)::integer as day
        from (
            select range as number,
                (bits(range, 'touched') % (getvariable('events') // 100))::bigint as customer
            from range(getvariable('events') // 20)
        ) inner join _customers using (customer)
    ) order by day, number""",
    "survey_responses": """
    select
        identity('ans_', number, 'answer') as response_id,
        if(bits(number, 'anonymous') % 20 = 0, null, customer_id) as customer_id,
        kind as survey_type,
        if(kind = 'nps', 10 - floor(unit(number, 'score') * unit(number, 'mood') * 11),
            5 - floor(unit(number, 'score') * unit(number, 'mood') * 5))::integer as score,
        day + time_of_day(number, 'answered') as responded_at, day as arrived
    from (
        select number, customer_id, started + floor(unit(number, 'answer day') * life)::integer
            as day, if(bits(number, 'kind') % 3 = 0, 'csat', 'nps') as kind
        from (
            select range as number,
                (bits(range, 'asked') % (getvariable('events') // 100))::bigint as customer
            from range(getvariable('events') // 200)
        ) inner join _customers using (customer)
    ) order by day, number""",
    "_tickets": """
    select
        number, customer_id, day + time_of_day(number, 'opened') as opened_at,
        opened_at + to_seconds((60 + bits(number, 'response') % 14400)::integer) as responded_at,
        if(bits(number, 'open') % 20 = 0, null, responded_at
            + to_seconds((-ln(1 - unit(number, 'solve')) * 72000)::integer)) as solved_at
    from (
        select number, customer_id, started + floor(unit(number, 'ticket day') * life)::integer
            as day
        from (
            select range as number,
                (bits(range, 'helped') % (getvariable('events') // 100))::bigint as customer
            from range(getvariable('events') // 500)
        ) inner join _customers using (customer)
    ) order by day, number""",
    "support_tickets": """
    select
        identity('tic_', number, 'ticket') as ticket_id, customer_id, opened_at,
        responded_at as first_responded_at, solved as solved_at, arrived
    from (
        select *, null::timestamp as solved, opened_at::date as arrived from _tickets
        where solved_at is null or solved_at::date > getvariable('last_day')
        union all
        select *, solved_at, solved_at::date from _tickets where solved_at is not null
    )""",
    "marketing_spend": """
    select
        day as spend_date, channel, campaign,
        ((50 + bits(day, channel || campaign) % 100) * getvariable('events') / 1000000)
            ::decimal(12, 2) as amount,
        if(channel = 'fairs', 'EUR', 'USD') as currency_code,
        1000::bigint as impressions, 10::bigint as clicks, day as arrived
    from _days, unnest(['ads', 'fairs', 'friends', 'search']) as channels(channel),
        unnest(['spring', 'autumn']) as campaigns(campaign)""",
    "operating_expenses": """
    select
        identity('exp_', day, category) as expense_id, day as expense_date, category,
        null::varchar as department,
        ((100 + bits(day, category) % 100) * getvariable('events') / 1000000)::decimal(12, 2)
            as amount,
        'USD' as currency_code, day as arrived
    from _days, unnest(['cost_of_revenue', 'variable', 'sales_and_marketing', 'rent', 'salaries'])
        as categories(category)""",
    # no rate at weekends
    "exchange_rates": """
    select
        day as rate_date, 'EUR' as currency_code,
        (1.05 + 0.1 * unit(day, 'rate'))::decimal(10, 5) as rate, day as arrived
    from (
        select day from _days union all select getvariable('first_day') - 3
    ) where isodow(day) < 6""",
}


def generate(folder: Path, events: int, seed: int = 1, memory: str = "8GB") -> None:
    """Write `history/<input>.parquet` and `next_day/<input>.parquet` for about so many events."""
    for part in ("history", "next_day"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(config={"memory_limit": memory, "threads": 2})
    connection.execute(f"set temp_directory = '{folder}/spill'")
    for name, value in {
        "seed": seed,
        "events": events,
        "days": DAYS,
        "first_day": FIRST_DAY,
        "last_day": LAST_DAY,
    }.items():
        connection.execute(f"set variable {name} = ?", [value])
    connection.execute(MACROS)
    connection.execute(
        "create table _days as select (getvariable('first_day') + range::integer) as day"
        " from range(getvariable('days') + 1)"
    )
    for name, sql in TABLES.items():
        if name.startswith("_"):
            connection.execute(f"create table {name} as {sql}")
            continue
        for part, test in {"history": "<=", "next_day": "= 1 +"}.items():
            connection.execute(
                f"copy (select * exclude (arrived) from ({sql})"
                f" where arrived {test} getvariable('last_day'))"
                f" to '{folder}/{part}/{name}.parquet' (compression zstd)"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=SIZES["S"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, required=True)
    chosen = parser.parse_args()
    generate(chosen.folder, chosen.events, chosen.seed)
