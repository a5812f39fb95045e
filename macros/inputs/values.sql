{# An attribute that a dimension is made of: rows without one are in the segment unknown. #}
{% macro attribute(column) -%}
    coalesce({{ text(column) }}, 'unknown')
{%- endmacro %}

{# A currency code in upper case; what isn't three plain letters stays as it is, so that it is rejected by its name (upper() makes S of some other letters). #}
{% macro currency(column) -%}
    case
        when {{ has_pattern(text(column), '^[A-Za-z]{3}$') }} then upper({{ text(column) }})
        else {{ text(column) }}
    end
{%- endmacro %}

{# A number of an input below a thousand million million (1e15), null where it isn't one. Prices have 12 decimals: they are rounded after they are multiplied. #}
{% macro number(column, decimals=6) -%}
    cast({{ try_cast(column, 'numeric(' ~ (15 + decimals) ~ ', ' ~ decimals ~ ')') }} as numeric(28, {{ decimals }}))
{%- endmacro %}

{# True where an input has a value that couldn't be read as its type. #}
{% macro is_unreadable(column, typed) -%}
    ({{ text(column) }} is not null and {{ typed }} is null)
{%- endmacro %}

{# A quantity times a price; null where that is more than money can be (1e14), as a decimal would overflow. #}
{% macro product(left, right) -%}
    case
            when abs(cast({{ left }} as {{ type_double() }}) * cast({{ right }} as {{ type_double() }})) < 1e14
                then {{ left }} * {{ right }}
        end
{%- endmacro %}

{# Whether two numbers give what money can be: less than 1e15. #}
{% macro is_money(amount, rate) -%}
    (abs(cast({{ amount }} as {{ type_double() }}) * cast({{ rate }} as {{ type_double() }})) < 1e15)
{%- endmacro %}
