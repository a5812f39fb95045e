{#- grain: row of operating_expenses -#}
{{ config(enabled=has_input('operating_expenses')) }}

with

source as (

    {{ read_input('operating_expenses') }}

),

typed as (

    select
        {{ id_of('expense_id') }} as expense_id,
        lower({{ text('category') }}) as category,
        {{ attribute('department') }} as department,
        {{ currency('currency_code') }} as currency_code,
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

checked as (

    select
        typed.*,
        {{ rate_to_reporting('typed.currency_code') }} as exchange_rate,
        coalesce(daily_rates.is_carried_forward, false) as is_rate_carried,
        case
            when typed.expense_id is null then 'no expense_id'
            when typed.category is null then 'no category'
            {{ when_without_day('expense_date', 'typed.expense_date', 'typed.raw_expense_date') }}
            {{ when_not_a_number('amount', 'typed.amount', 'typed.raw_amount') }}
            {{ when_from_another_source('operating_expenses', 'typed', 'expense_id') }}
            {{ when_without_rate('typed.currency_code') }}
            {{ when_worth_too_much(
                'amount', 'typed.amount',
                rate_to_reporting('typed.currency_code'), 'typed.raw_amount',
            ) }}
        end as reject_reason

    from typed

    {{ join_rates('typed.currency_code', 'typed.expense_date') }}

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
        {{ row_status(
            ['expense_id'], day='expense_date', latest_by='expense_time',
            ties=['amount desc', 'currency_code', 'category', 'department'],
        ) }} as row_status,
        reject_reason,
        source_name,
        {{ rejected_row() }} as raw_row

    from checked

)

select * from final
