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
