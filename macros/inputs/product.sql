{# A quantity times a price; null where that is more than money can be (1e14), as a decimal would overflow. #}
{% macro product(left, right) -%}
    case
            when abs(cast({{ left }} as {{ type_double() }}) * cast({{ right }} as {{ type_double() }})) < 1e14
                then {{ left }} * {{ right }}
        end
{%- endmacro %}

{# The reason for two numbers whose product is that large; a case branch. #}
{% macro when_too_large(left, right, rows='typed') -%}
    when {{ rows }}.{{ left }} is not null and {{ rows }}.{{ right }} is not null
                and {{ product(rows ~ '.' ~ left, rows ~ '.' ~ right) }} is null
                then {{ because(left ~ ' x ' ~ right ~ ' is too large', text(rows ~ '.raw_' ~ left) ~ " || ' x ' || " ~ text(rows ~ '.raw_' ~ right)) }}
{%- endmacro %}
