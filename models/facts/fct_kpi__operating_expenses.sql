{{ config(enabled=has_input('operating_expenses')) }}

with

operating_expenses as (

    select * from {{ ref('stg_kpi__operating_expenses') }}

    where row_status = 'accepted'

),

final as (

    select
        expense_id,
        category,
        department,
        currency_code,
        amount,
        {{ to_reporting_currency('amount', 'exchange_rate') }} as expense,
        expense_date

    from operating_expenses

)

select * from final
