{# A reason to reject a row, with the value that it is about: amount is not a number: "12 EUR". What groups by reason cuts it at the colon and quote (reason_kind). #}
{% macro because(reason, value) -%}
    {{ dbt.string_literal(dbt.escape_single_quotes(reason)) }} || coalesce(': "' || left(cast({{ value }} as {{ dbt.type_string() }}), 60) || '"', '')
{%- endmacro %}

{# A reason without its value. #}
{% macro reason_kind(reason) -%}
    case when {{ reason }} like '%: "%"' then left({{ reason }}, cast({{ dbt.position("': \"'", reason) }} as integer) - 1) else {{ reason }} end
{%- endmacro %}
