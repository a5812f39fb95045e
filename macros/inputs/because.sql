{# A reason to reject a row, with the value that it is about: amount is not a number: "12 EUR". What groups by reason cuts it at the colon and quote (reason_kind). #}
{% macro because(reason, value) -%}
    {{ dbt.string_literal(dbt.escape_single_quotes(reason)) }} || coalesce(': "' || left({{ with_seen_characters(value) }}, 60) || '"', '')
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
    case when {{ reason }} like '%: "%' then left({{ reason }}, cast({{ dbt.position("': \"'", reason) }} as integer) - 1) else {{ reason }} end
{%- endmacro %}
