{{ config(enabled=has_input('ledger_revenue')) }}

with

source as (

    {{ read_input('ledger_revenue') }}

),

typed as (

    select
        ledger_line_id,
        {{ text('account') }} as account,
        lower({{ text('kind') }}) as kind,
        currency_code,
        {{ number('amount') }} as amount,
        {{ number('booked_amount') }} as booked_amount,
        {{ reporting_date('booked_date') }} as booked_date,
        {{ utc_time('booked_date') }} as booked_time,
        booked_date as raw_booked_date,
        amount as raw_amount,
        booked_amount as raw_booked_amount,
        source_name,
        source_rank,
        raw_row

    from source

),

with_rate as (

    {{ with_rate('typed', day='booked_date') }}

),

checked as (

    select
        with_rate.*,
        case
            when with_rate.ledger_line_id is null then {{ because('no_key', words={'column': 'ledger_line_id'}) }}
            {{ when_without_day('booked_date', 'with_rate.booked_date', 'with_rate.raw_booked_date') }}
            {{ when_not_a_number('amount', 'with_rate.amount', 'with_rate.raw_amount') }}
            {{ when_not_a_number(
                'booked_amount', 'with_rate.booked_amount', 'with_rate.raw_booked_amount', is_required=false,
            ) }}
            {{ when_from_another_source('ledger_revenue', 'with_rate', 'ledger_line_id') }}
            when with_rate.rate_problem is not null then with_rate.rate_problem
            {{ when_worth_too_much(
                'amount', 'with_rate.amount',
                'with_rate.exchange_rate', 'with_rate.raw_amount',
            ) }}
        end as reject_reason

    from with_rate

),

with_status as (

    {{ with_row_status(
        ['ledger_line_id'],
        day='booked_date',
        latest_by='booked_time',
        ties=['amount desc', 'currency_code', 'kind', 'account', 'booked_amount desc'],
    ) }}

),

final as (

    select
        ledger_line_id,
        account,
        kind,
        currency_code,
        amount,
        booked_amount,
        exchange_rate,
        is_rate_carried,
        booked_date,
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row

    from with_status

)

select * from final
