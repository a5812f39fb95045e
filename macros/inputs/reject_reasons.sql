{# A reason to reject a row (macros/rules/reject_reasons.sql), with the value that it is about: amount is not a number: "12 EUR". `words` are the names in its places. #}
{% macro because(reason, value=none, words={}) -%}
    {%- if not execute -%}
        {{ return("''") }}
    {%- endif -%}
    {%- set said = namespace(text=in_language(rule_of('reject_reasons', reason).message)) -%}
    {%- for name, word in words.items() -%}
        {%- set said.text = said.text.replace('{' ~ name ~ '}', word | string) -%}
    {%- endfor -%}
    {%- set reason_text = dbt.string_literal(dbt.escape_single_quotes(said.text)) -%}
    {%- if value is none -%}
        {{ return(reason_text) }}
    {%- endif -%}
    {{ return(reason_text ~ " || coalesce('" ~ before_a_value() ~ "' || left(" ~ with_seen_characters(value) ~ ", 60) || '\"', '')") }}
{%- endmacro %}

{# What stands between a reason and its value. #}
{% macro before_a_value() -%}
    {{ return(in_language(rule_of('reject_reasons', 'with_value').message).split('{reason}')[1].split('{value}')[0]) }}
{%- endmacro %}

{# A value as text whose characters can all be seen: a carriage return is [CR]. #}
{% macro with_seen_characters(value) -%}
    {%- set shown = namespace(text='cast(' ~ value ~ ' as ' ~ dbt.type_string() ~ ')') -%}
    {%- for code, name in {'chr(13)': 'CR', 'chr(10)': 'LF', 'chr(9)': 'tab', "'\ufeff'": 'BOM', "'\u00a0'": 'no-break space', "'\u200b'": 'zero-width space'}.items() -%}
        {%- set shown.text = 'replace(' ~ shown.text ~ ', ' ~ code ~ ", '[" ~ name ~ "]')" -%}
    {%- endfor -%}
    {{ shown.text }}
{%- endmacro %}

{# A reason without its value. #}
{% macro reason_kind(reason) -%}
    {%- set mark = before_a_value() if execute else ': "' -%}
    case when {{ reason }} like '%{{ mark }}%' then left({{ reason }}, cast({{ dbt.position("'" ~ mark ~ "'", reason) }} as integer) - 1) else {{ reason }} end
{%- endmacro %}

{# The reasons for a row whose day is missing, can't be read, or is out of the calendar, given the raw value; case branches. #}
{% macro when_without_day(column, day, raw, with_first_day=true) -%}
    {{ when_not_a_time(column, day, raw) }}
            when {{ day }} is null then {{ because('missing', words={'column': column}) }}
            when {{ day }} < cast('1970-01-01' as date) then {{ because('before_1970', raw, {'column': column}) }}
            {% if with_first_day and setting('first_day') | string > '1970-01-01' -%}
            when {{ day }} < cast('{{ setting('first_day') }}' as date)
                then {{ because('before_first_day', raw, {'column': column}) }}
            {% endif -%}
            when {{ day }} > {{ last_day_read() }} then {{ because('too_late', raw, {'column': column}) }}
{%- endmacro %}

{# The reasons for a value that is there and can't be read as a day or a moment; case branches. #}
{% macro when_not_a_time(column, typed, raw) -%}
    {%- set looks = {
        '^1[0-9]{9}([.][0-9]*)?$': 'unix_seconds',
        '^1[0-9]{12}([.][0-9]*)?$': 'unix_milliseconds',
        '^1[.][0-9]+[eE][+]?0?9$': 'unix_seconds',
        '^1[.][0-9]+[eE][+]?12$': 'unix_milliseconds',
        '^(1[3-9]|2[0-9]|3[01])[/.-](0?[1-9]|1[0-2])[/.-][0-9]{4}([ T]|$)': 'day_first',
        '^(0?[1-9]|1[0-2])[/.-](1[3-9]|2[0-9]|3[01])[/.-][0-9]{4}([ T]|$)': 'month_first',
        '^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}([ T]|$)': 'day_or_month_first',
    } -%}
    {%- for pattern, reason in looks.items() -%}
    when {{ typed }} is null and {{ has_pattern(text(raw), pattern) }}
                then {{ because(reason, raw, {'column': column}) }}
            {% endfor -%}
    when {{ typed }} is null and {{ text(raw) }} is not null
                then {{ because('not_a_date', raw, {'column': column}) }}
{%- endmacro %}

{# The last day that a row can be about: a later one is a slip of the pen, not a row to read later. #}
{% macro last_day_read() -%}
    {%- set year = (setting('as_of_date') | string)[:4] | int -%}
    cast('{{ [year + 100, 9999] | min }}-12-31' as date)
{%- endmacro %}

{# The reasons for a number that is missing (where it is required) or can't be read, given the raw value; case branches. #}
{% macro when_not_a_number(column, typed, raw, is_required=true) -%}
    {%- if is_required -%}
    when {{ text(raw) }} is null then {{ because('missing', words={'column': column}) }}
            {% endif -%}
    when {{ is_unreadable(raw, typed) }} and {{ is_text_of(text(raw), 'numeric') }}
                then {{ because('too_large_a_number', raw, {'column': column}) }}
            when {{ is_unreadable(raw, typed) }} then {{ because('not_a_number', raw, {'column': column}) }}
{%- endmacro %}

{# The reason for a negative amount where the policy doesn't take it for a credit; a case branch. #}
{% macro when_negative_amount(rows) -%}
    {%- if policy('negative_amounts') == 'reject' -%}
    when {{ rows }}.amount < 0 then {{ because('negative', rows ~ '.raw_amount', {'column': 'amount'}) }}
    {%- endif -%}
{%- endmacro %}

{# The reason for two numbers whose product is that large; a case branch. #}
{% macro when_too_large(left, right, rows='typed') -%}
    when {{ rows }}.{{ left }} is not null and {{ rows }}.{{ right }} is not null
                and {{ product(rows ~ '.' ~ left, rows ~ '.' ~ right) }} is null
                then {{ because('too_large_a_product', text(rows ~ '.raw_' ~ left) ~ " || ' x ' || " ~ text(rows ~ '.raw_' ~ right), {'left': left, 'right': right}) }}
{%- endmacro %}

{# The reason for an amount that is more than money can be once it is converted; a case branch. #}
{% macro when_worth_too_much(column, amount, rate, raw) -%}
    when not {{ is_money(amount, rate) }}
                then {{ because('too_large_a_product', raw, {'left': column, 'right': 'exchange_rate'}) }}
{%- endmacro %}

{# The reason for a row that names a customer whom customers doesn't hold; a case branch that reads known_customers. #}
{% macro when_without_customer(customer_id) -%}
    {%- if has_input('customers') -%}
    when {{ customer_id }} is not null and known_customers.customer_id is null
                then {{ because('unknown_customer', customer_id) }}
    {%- endif -%}
{%- endmacro %}

{# The reason for a key that an earlier source of the input has too; a case branch. One source alone needs no pass over all keys. #}
{% macro when_from_another_source(input, rows, key) -%}
    {%- if input_mapping()[input] | length > 1 and setting('customer_identity') != 'per_source' -%}
    when {{ rows }}.source_rank > min({{ rows }}.source_rank) over (
                partition by {{ rows }}.{{ key }}
            ) then {{ because('another_source', rows ~ '.' ~ key, {'key': key}) }}
    {%- endif -%}
{%- endmacro %}
