{{ config(enabled=feeds('quickbooks', 'ledger_revenue')) }}
{%- set home = source_setting('quickbooks', 'home_currency') or setting('reporting_currency') -%}
{%- set line_columns = {
    'index as line_number': 'text', 'amount': 'number', 'account_id': 'text', 'sales_item_account_id': 'text',
    'sales_item_item_id': 'text', 'item_id': 'text', 'discount_account_id': 'text', 'detail_type': 'text',
    'bundle_id': 'text', 'deposit_account_id': 'text', 'account_expense_account_id': 'text', 'posting_type': 'text',
} -%}
{#- a discount is a positive amount that is taken off -#}
{%- set sold = "case when entry_lines.detail_type = 'DiscountLineDetail' or entry_lines.detail_type is null"
    ~ ' and coalesce(entry_lines.account_id, entry_lines.sales_item_account_id, entry_lines.sales_item_item_id) is null'
    ~ ' and entry_lines.discount_account_id is not null then -entry_lines.amount else entry_lines.amount end' -%}
{%- set account_of_sale = 'coalesce(entry_lines.account_id, entry_lines.sales_item_account_id, '
    ~ 'item_accounts.account_id, entry_lines.discount_account_id)' -%}
{#- what a kind of transaction adds to an account of income: (account, amount, sale or refund) -#}
{%- set kinds = {
    'invoice': (account_of_sale, sold, 'sale'),
    'sales_receipt': (account_of_sale, sold, 'sale'),
    'credit_memo': (account_of_sale, '-(' ~ sold ~ ')', 'refund'),
    'refund_receipt': (account_of_sale, '-(' ~ sold ~ ')', 'refund'),
    'deposit': ('entry_lines.deposit_account_id', 'entry_lines.amount', 'sale'),
    'journal_entry': (
        'entry_lines.account_id',
        "case when lower(entry_lines.posting_type) = 'credit' then entry_lines.amount else -entry_lines.amount end", 'sale',
    ),
    'bill': ('entry_lines.account_expense_account_id', '-entry_lines.amount', 'refund'),
    'purchase': (
        'entry_lines.account_expense_account_id',
        'case when headers.is_credit then entry_lines.amount else -entry_lines.amount end', 'refund',
    ),
    'vendor_credit': ('entry_lines.account_expense_account_id', 'entry_lines.amount', 'refund'),
} %}

with

accounts as (

    select * from {{ ref('int_quickbooks__accounts') }}

    where category = 'revenue'

),

items as (

    {{ raw_table('quickbooks', 'item', {'id': 'text', 'parent_item_id': 'text', 'income_account_id': 'text'}) }}

),

{% for kind in kinds -%}
{{ kind }}_headers as (

    {{ raw_table('quickbooks', kind, {
        'id': 'text', 'transaction_date': 'day', 'currency_id': 'as_it_is', 'exchange_rate': 'price',
        'credit as is_credit': 'boolean',
    }, is_deleted_left_out=true) }}

),

{{ kind }}_lines as (

    {{ raw_table('quickbooks', kind ~ '_line', dict(line_columns, **{
        ('refund' if kind == 'refund_receipt' else kind) ~ '_id as header_id': 'text',
    })) }}

),

{% endfor -%}
bundle_lines as (

    {{ raw_table('quickbooks', 'invoice_line_bundle', {
        'invoice_id': 'text', 'index as line_number': 'text', 'amount': 'number', 'account_id': 'text',
        'sales_item_account_id': 'text', 'sales_item_item_id': 'text', 'item_id': 'text',
    }) }}

),

-- an item without an account has that of the item above it
item_accounts as (

    select
        items.id,
        coalesce(items.income_account_id, parents.income_account_id) as account_id

    from items

    left join items as parents
        on items.parent_item_id = parents.id

),

all_lines as (

    {% for kind, (account, amount, kind_of_line) in kinds.items() -%}
    select
        '{{ kind }}-' || headers.id || '-' || entry_lines.line_number as ledger_line_id,
        headers.transaction_date as booked_date,
        '{{ kind_of_line }}' as kind,
        {{ account }} as account_id,
        {{ amount }} as amount,
        headers.currency_id,
        headers.exchange_rate

    from {{ kind }}_lines as entry_lines -- noqa: AL07

    inner join {{ kind }}_headers as headers -- noqa: AL07
        on entry_lines.header_id = headers.id

    left join item_accounts -- noqa: ST11
        on coalesce(entry_lines.sales_item_item_id, entry_lines.item_id) = item_accounts.id

    -- the parts of a bundle are lines of their own
    where entry_lines.bundle_id is null

    union all

    {% endfor -%}
    select
        'bundle-' || headers.id || '-' || bundle_lines.line_number as ledger_line_id,
        headers.transaction_date as booked_date,
        'sale' as kind,
        coalesce(
            bundle_lines.account_id, bundle_lines.sales_item_account_id, item_accounts.account_id
        ) as account_id,
        bundle_lines.amount,
        headers.currency_id,
        headers.exchange_rate

    from bundle_lines

    inner join invoice_headers as headers -- noqa: AL07
        on bundle_lines.invoice_id = headers.id

    left join item_accounts
        on coalesce(bundle_lines.sales_item_item_id, bundle_lines.item_id) = item_accounts.id

),

-- books in one currency name none
with_currency as (

    select
        all_lines.*,
        coalesce(upper({{ text('all_lines.currency_id') }}), {{ literals([home]) }}) as currency_code

    from all_lines

),

with_booked_rate as (

    select
        with_currency.*,
        case
            when with_currency.currency_code = {{ literals([home]) }} then 1
            else with_currency.exchange_rate
        end as booked_rate

    from with_currency

),

final as (

    select
        with_booked_rate.ledger_line_id,
        with_booked_rate.booked_date,
        accounts.account_name as account,
        with_booked_rate.kind,
        with_booked_rate.amount,
        -- what the books made of it, if they are in the reporting currency
        {% if home == setting('reporting_currency') -%}
        {{ to_reporting_currency('with_booked_rate.amount', 'with_booked_rate.booked_rate') }}
        {%- else -%}
        cast(null as numeric(28, 6))
        {%- endif %} as booked_amount,
        with_booked_rate.currency_code

    from with_booked_rate

    inner join accounts
        on with_booked_rate.account_id = accounts.id

)

select * from final
