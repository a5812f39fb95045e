{# Whether channels of spend can be compared with those of customers or touches. #}
{% macro channels_can_be_matched() -%}
    {{ return(
        revenue_is_on() and has_input('marketing_spend')
        and (has_input('marketing_touches') or has_input('customers') and 'acquisition_channel' in attributes_of('customers'))
    ) }}
{%- endmacro %}

{# A name without what two systems may write otherwise: case, spaces and signs. #}
{% macro bare_name(column) -%}
    replace(replace(replace(replace(replace(lower({{ column }}), ' ', ''), '_', ''), '-', ''), '.', ''), '/', '')
{%- endmacro %}

{# Whether two bare names may be one: the same, one inside the other, or all but two letters. #}
{% macro names_are_alike(left, right) -%}
    (
            {{ left }} = {{ right }}
            or (length({{ left }}) >= 4 and replace({{ right }}, {{ left }}, '') != {{ right }})
            or (length({{ right }}) >= 4 and replace({{ left }}, {{ right }}, '') != {{ left }})
            or (
                length({{ left }}) >= 5
                and length({{ right }}) >= 5
                and {{ spelling_distance(left, right) }} <= 2
            )
        )
{%- endmacro %}
