{# The reasons for a negative order line (policy negative_amounts); case branches. Two negatives would make a positive amount: they are no credit under any policy. #}
{% macro when_negative_line() -%}
    {%- if policy('negative_amounts') == 'reject' -%}
    when typed.quantity < 0 then {{ because('negative quantity', 'typed.raw_quantity') }}
            when typed.unit_price < 0 then {{ because('negative unit_price', 'typed.raw_unit_price') }}
            when {{ product('typed.quantity', 'typed.unit_price') }} < coalesce(typed.discount_amount, 0)
                and coalesce(typed.discount_amount, 0) > 0
                then {{ because('discount_amount is above quantity x unit_price', 'typed.raw_discount_amount') }}
    {%- else -%}
    when typed.quantity < 0 and typed.unit_price < 0
                then {{ because('quantity and unit_price are both negative', 'typed.raw_unit_price') }}
    {%- endif %}
            -- a credit may give its cost back, nothing else has a cost below 0
            when typed.unit_cost < 0 and not (typed.unit_price < 0 and typed.quantity >= 0)
                then {{ because('negative unit_cost', 'typed.raw_unit_cost') }}
{%- endmacro %}

{# The reason for a negative amount where the policy doesn't take it for a credit; a case branch. #}
{% macro when_negative_amount(rows) -%}
    {%- if policy('negative_amounts') == 'reject' -%}
    when {{ rows }}.amount < 0 then {{ because('negative amount', rows ~ '.raw_amount') }}
    {%- endif -%}
{%- endmacro %}
