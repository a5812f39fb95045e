{# The texts that are read as a number: digits, a point, a sign and an exponent; no other letter or mark. #}
{% macro number_pattern(is_whole=false) -%}
    {{ return('^[-+]?[0-9]{1,9}([.]0*)?$' if is_whole else '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]{1,2})?$') }}
{%- endmacro %}
