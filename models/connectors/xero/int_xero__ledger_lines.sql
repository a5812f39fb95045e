{{ config(enabled='xero' in named_sources()) }}
{%- set department = source_setting('xero', 'department') %}

with

organizations as (

    {{ raw_table('xero', 'organization', {'base_currency': 'text', 'is_demo_company': 'boolean'}) }}

),

-- accrual; those of the cash basis (journal_cash) are the same money again
journals as (

    {{ raw_table('xero', 'journal', {
        'journal_id': 'text', 'journal_date': 'day', 'source_type': 'text',
    }, is_deleted_left_out=true) }}

),

-- a journal never changes: what is edited is reversed and booked again
journal_lines as (

    {{ raw_table('xero', 'journal_line', {
        'journal_line_id': 'text', 'journal_id': 'text', 'account_id': 'text', 'account_code': 'text',
        'account_name': 'text', 'account_type': 'text', 'net_amount': 'number',
    }, is_deleted_left_out=true) }}

),

accounts as (

    {{ raw_table('xero', 'account', {
        'account_id': 'text', 'code': 'text', 'name': 'text', 'type as account_type': 'text',
        'class as account_class': 'text',
    }) }}

),

tracking_categories as (

    {{ raw_table('xero', 'tracking_category', {'tracking_category_id': 'text', 'name': 'text'}) }}

),

line_options as (

    {{ raw_table('xero', 'journal_line_has_tracking_category', {
        'journal_line_id': 'text', 'tracking_category_id': 'text', 'option as option_name': 'text',
    }) }}

),

-- a line has an option of each tracking category: one of them is the department
departments as (

    select
        line_options.journal_line_id,
        min(line_options.option_name) as department

    from line_options

    inner join tracking_categories
        on line_options.tracking_category_id = tracking_categories.tracking_category_id

    where lower(tracking_categories.name) = lower({{ literals([department]) }})

    group by line_options.journal_line_id

),

-- lines don't say whose they are: of several organisations with unlike currencies none is known
books as (

    select
        case
            when count(base_currency) = 0 then {{ literals([setting('reporting_currency')]) }}
            when min(base_currency) = max(base_currency) then min(base_currency)
        end as currency_code,
        coalesce(min(case when is_demo_company then 1 else 0 end), 0) as is_all_demo

    from organizations

),

booked_lines as (

    select
        journal_lines.journal_line_id,
        journal_lines.net_amount,
        journals.journal_date,
        journals.source_type,
        departments.department,
        -- an account that is gone has its name on the line
        coalesce(accounts.code, journal_lines.account_code) as code,
        coalesce(accounts.name, journal_lines.account_name) as account_name,
        coalesce(accounts.account_type, journal_lines.account_type) as account_type,
        accounts.account_class

    from journal_lines

    inner join journals
        on journal_lines.journal_id = journals.journal_id

    left join accounts
        on journal_lines.account_id = accounts.account_id

    left join departments
        on journal_lines.journal_line_id = departments.journal_line_id

),

final as (

    select
        booked_lines.journal_line_id,
        booked_lines.journal_date,
        booked_lines.source_type,
        booked_lines.account_name,
        {{ account_category([
            'booked_lines.account_name', 'booked_lines.code', 'booked_lines.account_type', 'booked_lines.account_class',
        ], xero_categories('xero')) }} as category,
        booked_lines.department,
        booked_lines.net_amount,
        books.currency_code

    from booked_lines

    cross join books

    where books.is_all_demo = 0

)

select * from final
