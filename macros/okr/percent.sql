{# A share as text for a reader: 0.254 is 25%. #}
{% macro percent(share) -%}
    {{ dbt.safe_cast('cast(round(' ~ share ~ ' * 100) as numeric(38, 0))', dbt.type_string()) }} || '%'
{%- endmacro %}
