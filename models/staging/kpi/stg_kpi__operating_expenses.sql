{{ config(enabled=has_input('operating_expenses')) }}

with

source as (

    {{ read_input('operating_expenses') }}

),

typed as (

    select
        expense_id,
        lower({{ text('category') }}) as category,
        {{ attribute('department') }} as department,
        currency_code,
        {{ number('amount') }} as amount,
        {{ reporting_date('expense_date') }} as expense_date,
        {{ utc_time('expense_date') }} as expense_time,
        expense_date as raw_expense_date,
        amount as raw_amount,
        source_name,
        source_rank,
        raw_row

    from source

),

with_rate as (

    {{ with_rate('typed', day='expense_date') }}

),

checked as (

    select
        with_rate.*,
        case
            when with_rate.expense_id is null then {{ because('no_key', words={'column': 'expense_id'}) }}
            when with_rate.category is null then {{ because('no_key', words={'column': 'category'}) }}
            {{ when_without_day('expense_date', 'with_rate.expense_date', 'with_rate.raw_expense_date') }}
            {{ when_not_a_number('amount', 'with_rate.amount', 'with_rate.raw_amount') }}
            {{ when_from_another_source('operating_expenses', 'with_rate', 'expense_id') }}
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
        ['expense_id'],
        day='expense_date',
        latest_by='expense_time',
        ties=['amount desc', 'currency_code', 'category', 'department'],
    ) }}

),

final as (

    select
        expense_id,
        category,
        department,
        currency_code,
        amount,
        exchange_rate,
        is_rate_carried,
        expense_date,
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row

    from with_status

)

select * from final
