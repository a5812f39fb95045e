{{ config(enabled=has_input('subscriptions')) }}

{#- every word of a status that is understood, the user's own last -#}
{%- set statuses = {'canceled': 'cancelled'} -%}
{%- for status in subscription_statuses() -%}
    {%- do statuses.update({status: status}) -%}
{%- endfor -%}
{%- for word, status in setting('subscription_statuses').items() -%}
    {%- do statuses.update({as_word(word): status}) -%}
{%- endfor -%}

{#- the words of a billing interval, by its unit and how many of it they are; words with two meanings
    (biannual, biweekly, bimonthly) are on no list -#}
{%- set intervals = {
    ('day', 1): ['day', 'days', 'daily'],
    ('week', 1): ['week', 'weeks', 'weekly'],
    ('month', 1): ['month', 'months', 'monthly'],
    ('quarter', 1): ['quarter', 'quarters', 'quarterly'],
    ('month', 6): [
        'semiannual', 'semiannually', 'semi_annual', 'semi_annually', 'half_year', 'half_years', 'half_yearly'
    ],
    ('year', 1): ['year', 'years', 'yearly', 'annual', 'annually'],
    ('year', 2): ['biennial', 'biennially'],
} -%}
{#- "2 years" is its second part, so many times -#}
{%- set interval = word_of('billing_interval') -%}
{%- set has_number = has_pattern(interval, '^[0-9]+_[a-z]+$') -%}
{%- set second_word = dbt.split_part(interval, "'_'", 2) -%}
{%- set unit = 'case when ' ~ has_number ~ ' then ' ~ second_word ~ ' else ' ~ interval ~ ' end' -%}

with

source as (

    {{ read_input('subscriptions') }}

),

known_customers as (

    select * from {{ ref('int_kpi__customers') }}

),

typed as (

    select
        subscription_id,
        customer_id,
        {{ columns_from(attributes_of('subscriptions')) }}
        case {{ word_of('status') }}
            {%- for word, status in statuses.items() %}
            when {{ literals([word]) }} then '{{ status }}'
            {%- endfor %}
        end as status,
        case {{ unit }}
            {%- for (name, number_of_units), words in intervals.items() %}
            {%- for word in words %}
            when '{{ word }}' then '{{ name }}'
            {%- endfor %}
            {%- endfor %}
        end as billing_interval,
        case {{ unit }}
            {%- for (name, number_of_units), words in intervals.items() %}
            {%- for word in words %}
            when '{{ word }}' then {{ number_of_units }}
            {%- endfor %}
            {%- endfor %}
        end
        * case
            when {{ has_number }} then {{ number(dbt.split_part(interval, "'_'", 1)) }}
            else 1
        end as units_in_word,
        {{ number('interval_count') }} as interval_count,
        {{ is_unreadable('interval_count', number('interval_count')) }}
            as is_count_unreadable,
        currency_code,
        {{ text('churn_reason') }} as churn_reason,
        {{ number('amount', 12) }} as amount,
        {{ number('quantity') }} as quantity,
        {{ reporting_date('started_at') }} as started_date,
        {{ reporting_date('ended_at') }} as ended_date,
        {{ utc_time('started_at') }} as started_time,
        {{ utc_time('ended_at') }} as ended_time,
        {{ utc_time('started_at', of_days=false) }} as started_moment,
        {{ utc_time('ended_at', of_days=false) }} as ended_moment,
        started_at,
        ended_at,
        amount as raw_amount,
        quantity as raw_quantity,
        status as raw_status,
        billing_interval as raw_interval,
        interval_count as raw_interval_count,
        source_name,
        source_rank,
        raw_row

    from source

),

with_rate as (

    {{ with_rate('typed', day='started_date') }}

),

checked as (

    select
        with_rate.*,
        case
            when with_rate.subscription_id is null then {{ because('no_key', words={'column': 'subscription_id'}) }}
            when with_rate.customer_id is null then {{ because('no_key', words={'column': 'customer_id'}) }}
            {{ when_without_day('started_at', 'with_rate.started_date', 'with_rate.started_at') }}
            {{ when_not_a_time('ended_at', 'with_rate.ended_date', 'with_rate.ended_at') }}
            when
                with_rate.ended_date < with_rate.started_date
                or with_rate.ended_moment < with_rate.started_moment
                then {{ because('ends_before_it_starts', 'with_rate.ended_at') }}
            {{ when_not_a_number('amount', 'with_rate.amount', 'with_rate.raw_amount') }}
            {{ when_negative_amount('with_rate') }}
            {{ when_not_a_number('quantity', 'with_rate.quantity', 'with_rate.raw_quantity', is_required=false) }}
            {{ when_too_large('quantity', 'amount', 'with_rate') }}
            when with_rate.quantity < 0
                then {{ because('negative', 'with_rate.raw_quantity', {'column': 'quantity'}) }}
            when with_rate.status is null
                then {{ because(
                    'unknown_status', 'with_rate.raw_status', {'words': subscription_statuses() | join(', ')},
                ) }}
            when
                with_rate.status = 'cancelled'
                and coalesce(with_rate.ended_date >= cast('2099-01-01' as date), true)
                then {{ because('cancelled_without_an_end', 'with_rate.ended_at') }}
            when with_rate.billing_interval is null
                then {{ because('unknown_interval', 'with_rate.raw_interval') }}
            when
                with_rate.is_count_unreadable
                or with_rate.interval_count <= 0
                or with_rate.units_in_word <= 0
                or with_rate.interval_count != floor(with_rate.interval_count)
                then {{ because('not_a_count', 'with_rate.raw_interval_count') }}
            when with_rate.units_in_word * with_rate.interval_count > 36500
                then {{ because(
                    'too_large_a_number', 'with_rate.raw_interval_count', {'column': 'interval_count'},
                ) }}
            when with_rate.units_in_word > 1 and with_rate.interval_count > 1
                then {{ because(
                    'two_counts',
                    'cast(with_rate.raw_interval as ' ~ dbt.type_string() ~ ") || ' x ' || "
                    ~ 'cast(with_rate.raw_interval_count as ' ~ dbt.type_string() ~ ')',
                ) }}
            {{ when_from_another_source('subscriptions', 'with_rate', 'subscription_id') }}
            {{ when_without_customer('with_rate.customer_id') }}
            when with_rate.rate_problem is not null then with_rate.rate_problem
            {{ when_worth_too_much(
                'amount',
                'cast(with_rate.amount as ' ~ type_double() ~ ') * coalesce(with_rate.quantity, 1)',
                'with_rate.exchange_rate', 'with_rate.raw_amount',
            ) }}
        end as reject_reason

    from with_rate

    left join known_customers
        on with_rate.customer_id = known_customers.customer_id

),

-- rows that agree in key, amount, plan, currency and owner are copies: the
-- later end counts, then the later status; a version of no day is none of them
ranked as (

    select
        *,
        row_number() over (
            partition by
                subscription_id, customer_id, plan, currency_code,
                amount, coalesce(quantity, 1), billing_interval,
                coalesce(interval_count, 1) * units_in_word,
                started_date, started_time,
                coalesce(ended_date = started_date, false),
                reject_reason is null and started_date <= {{ as_of_date() }}
            order by
                case when ended_time is null then 1 else 0 end,
                ended_time desc,
                case status
                    {%- for status in subscription_statuses() %}
                    when '{{ status }}' then {{ loop.index }}
                    {%- endfor %}
                end desc,
                case when churn_reason is null then 1 else 0 end,
                churn_reason
        ) as copy_number

    from checked

),

with_status as (

    {{ with_row_status(day='started_date', rows='ranked') }}

),

final as (

    select
        subscription_id,
        customer_id,
        {{ columns_from(attributes_of('subscriptions')) }}
        status,
        billing_interval,
        cast(coalesce(interval_count, 1) * units_in_word as integer)
            as interval_count,
        currency_code,
        churn_reason,
        amount,
        coalesce(quantity, 1) as quantity,
        exchange_rate,
        is_rate_carried,
        started_date,
        ended_date,
        started_time,
        started_moment,
        interval_count is null and units_in_word = 1 as is_count_assumed,
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row

    from with_status

)

select * from final
