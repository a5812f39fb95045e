{# What an account of a ledger is to us, by the first of its columns that a rule names: the name comes before the type. A rule of null says that it isn't read. #}
{% macro account_category(columns, categories) -%}
    case
        {%- for column in columns %}
        {%- for name, category in categories.items() %}
            when {{ column }} = {{ literals([name]) }} then {{ literals([category]) }}
        {%- endfor %}
        {%- endfor %}
        end
{%- endmacro %}

{# The rules on accounts of QuickBooks, with those of a source's setting: what is neither of the operations nor of sales has none. #}
{% macro quickbooks_categories(source_name) -%}
    {{ return(dict({
        'Cost of Goods Sold': 'cost_of_revenue', 'AdvertisingPromotional': 'sales_and_marketing', 'Expense': 'other',
        'Income': 'revenue', 'Discount': 'revenue',
    }, **source_setting(source_name, 'categories'))) }}
{%- endmacro %}

{# The same of Xero. #}
{% macro xero_categories(source_name) -%}
    {{ return(dict({
        'DIRECTCOSTS': 'cost_of_revenue', 'EXPENSE': 'other', 'OVERHEADS': 'other', 'DEPRECIATN': 'other',
        'WAGESEXPENSE': 'other', 'SUPERANNUATIONEXPENSE': 'other', 'OTHERINCOME': none, 'SALES': 'revenue',
        'REVENUE': 'revenue',
    }, **source_setting(source_name, 'categories'))) }}
{%- endmacro %}
