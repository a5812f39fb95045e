{# Whether SQL without quotes finds a column that is stored under a name, written in any case. #}
{% macro is_found_unquoted(name) -%}
    {{ return(adapter.dispatch('is_found_unquoted', 'okr_metrics')(name)) }}
{%- endmacro %}

{% macro default__is_found_unquoted(name) -%}
    {{ return(true) }}
{%- endmacro %}

{# It looks for names without quotes in lower case. #}
{% macro postgres__is_found_unquoted(name) -%}
    {{ return(name == name | lower) }}
{%- endmacro %}

{# In upper case. #}
{% macro snowflake__is_found_unquoted(name) -%}
    {{ return(name == name | upper) }}
{%- endmacro %}
