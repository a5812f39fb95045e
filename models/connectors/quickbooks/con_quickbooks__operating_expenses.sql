{{ config(enabled=feeds('quickbooks', 'operating_expenses')) }}
{%- set line_columns = {
    'index as line_number': 'text', 'account_expense_account_id': 'text', 'item_expense_item_id': 'text', 'amount': 'number',
} -%}
{%- set header_columns = {
    'id': 'text', 'transaction_date': 'day', 'currency_id': 'as_it_is', 'department_id': 'text', 'credit as is_credit': 'boolean',
} -%}
{#- a payment that was given back is a credit -#}
{%- set kinds = {
    'bill': 'bill_lines.amount',
    'purchase': 'case when purchase_headers.is_credit then -purchase_lines.amount else purchase_lines.amount end',
    'vendor_credit': '-vendor_credit_lines.amount',
} %}

with

accounts as (

    select * from {{ ref('int_quickbooks__accounts') }}

    -- null of a category isn't revenue either, and isn't read
    where category != 'revenue'

),

departments as (

    {{ raw_table('quickbooks', 'department', {'id': 'text', 'name': 'text'}) }}

),

items as (

    {{ raw_table('quickbooks', 'item', {
        'id': 'text', 'type as item_type': 'text', 'expense_account_id': 'text',
    }) }}

),

journal_entries as (

    {{ raw_table('quickbooks', 'journal_entry', {
        'id': 'text', 'transaction_date': 'day', 'currency_id': 'as_it_is',
    }, is_deleted_left_out=true) }}

),

journal_lines as (

    {{ raw_table('quickbooks', 'journal_entry_line', {
        'journal_entry_id': 'text', 'index as line_number': 'text', 'account_id': 'text', 'department_id': 'text',
        'posting_type': 'text', 'amount': 'number',
    }) }}

),

{% for kind in kinds -%}
{{ kind }}_headers as (

    {{ raw_table('quickbooks', kind, header_columns, is_deleted_left_out=true) }}

),

{{ kind }}_lines as (

    {{ raw_table('quickbooks', kind ~ '_line', dict(line_columns, **{kind ~ '_id as header_id': 'text'})) }}

),

{% endfor -%}
all_lines as (

    {% for kind, amount in kinds.items() -%}
    select
        '{{ kind }}-' || {{ kind }}_headers.id || '-' || {{ kind }}_lines.line_number as expense_id,
        {{ kind }}_headers.transaction_date as expense_date,
        -- what is bought for stock is an asset, and no expense before it is sold
        coalesce(
            {{ kind }}_lines.account_expense_account_id,
            case when coalesce(items.item_type, '') != 'Inventory' then items.expense_account_id end
        ) as account_id,
        {{ kind }}_headers.department_id,
        {{ amount }} as amount,
        {{ kind }}_headers.currency_id as currency_code

    from {{ kind }}_lines

    inner join {{ kind }}_headers
        on {{ kind }}_lines.header_id = {{ kind }}_headers.id

    left join items
        on {{ kind }}_lines.item_expense_item_id = items.id

    union all

    {% endfor -%}
    select
        'journal-' || journal_entries.id || '-' || journal_lines.line_number as expense_id,
        journal_entries.transaction_date as expense_date,
        journal_lines.account_id,
        journal_lines.department_id,
        case
            when lower(journal_lines.posting_type) = 'credit' then -journal_lines.amount
            else journal_lines.amount
        end as amount,
        journal_entries.currency_id as currency_code

    from journal_lines

    inner join journal_entries
        on journal_lines.journal_entry_id = journal_entries.id

),

final as (

    select
        all_lines.expense_id,
        all_lines.expense_date,
        accounts.category,
        departments.name as department,
        all_lines.amount,
        -- books in one currency name none
        coalesce({{ text('all_lines.currency_code') }}, {{ literals([setting('reporting_currency')]) }})
            as currency_code

    from all_lines

    inner join accounts
        on all_lines.account_id = accounts.id

    left join departments
        on all_lines.department_id = departments.id

)

select * from final
