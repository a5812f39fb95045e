{# An amount in the smallest units of its currency, as billing systems have it, in whole units: hundredths, but for currencies without decimals and with three. Stripe has no
   hundredth of an ariary, and hundredths of an Icelandic krona and a Ugandan shilling all the same (docs.stripe.com/currencies). #}
{% macro from_minor_units(amount, currency) -%}
    {%- set whole = currencies_without_decimals() | reject('in', ['ISK', 'UGX']) | list + ['MGA'] -%}
    cast({{ amount }} * case
            when upper({{ currency }}) in ({{ literals(whole) }}) then 1
            when upper({{ currency }}) in ({{ literals(currencies_with_three_decimals()) }}) then 0.001
            else 0.01
        end as numeric(28, 12))
{%- endmacro %}
