{{ config(
    enabled=revenue_is_on()
    and has_input('marketing_spend', 'operating_expenses')
    and 'ad_spend_in_ledger' not in chosen_policies(),
) }}
{#- whole words, in English, French, German, Spanish, Italian; any sign but a letter stands between two words -#}
{%- set ads = '(^|[^a-z])(ads?|adverts?|advertising|advertisements?|adwords|adspend|paid.?(media|search|social)'
    ~ '|media.?(spend|buying)|ppc|sem|publicit[a-z]*|pubs?|annonces|werbung|anzeigen|publicidad|anuncios|pubblicit[a-z]*)([^a-z]|$)' -%}
{%- set marketing = '(^|[^a-z])(marketing|mercadotecnia)([^a-z]|$)' %}

with

expenses as (

    select
        category,
        department,
        expense,
        lower(department) as lower_department,
        cast({{ dbt.date_trunc('month', 'expense_date') }} as date) as month_start

    from {{ ref('fct_kpi__operating_expenses') }}

),

spend_months as (

    select distinct cast({{ dbt.date_trunc('month', 'spend_date') }} as date) as month_start

    from {{ ref('fct_kpi__marketing_spend') }}

),

ads as (

    select expenses.*

    from expenses

    inner join spend_months on expenses.month_start = spend_months.month_start

    where
        {{ has_pattern('expenses.category', ads) }}
        -- sales_and_marketing is the category of sellers too: its department says what it is
        or (
            {{ has_pattern('expenses.category', marketing) }}
            and expenses.category != 'sales_and_marketing'
        )
        or (
            expenses.category = 'sales_and_marketing'
            and {{ has_pattern('expenses.lower_department', marketing) }}
        )
        -- what a department of ads pays its people, or for its tools, is no ad
        or (
            {{ has_pattern('expenses.lower_department', ads) }}
            and not {{ has_pattern('expenses.category', 'payroll|salar|wage|personnel|staff|rent|software|travel') }}
        )

),

final as (

    select
        {{ finding(
            'ads_counted_twice', say('objects', 'advertising'), {
                'count': as_text('count(*)'),
                'money': number_text('sum(expense)', "'currency'"),
                'category': 'min(category)',
            },
            topic='input_findings',
        ) }},
        'operating_expenses' as input,
        count(*) as number_of_rows,
        sum(expense) as amount

    from ads

    having count(*) > 0

)

select * from final
