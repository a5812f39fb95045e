{# The currencies that have no smaller unit (ISO 4217, exponent 0): an amount of theirs is never divided by 100. #}
{% macro currencies_without_decimals() -%}
    {{ return(['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']) }}
{%- endmacro %}
