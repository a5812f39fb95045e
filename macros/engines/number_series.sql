{# A query of the whole numbers from 1 on, in generated_number. #}
{% macro number_series(last) -%}
    {{ return(adapter.dispatch('number_series', 'okr_metrics')(last)) }}
{%- endmacro %}

{% macro default__number_series(last) -%}
    {{ dbt.generate_series(last) }}
{%- endmacro %}

{# The joins of the default take Spark half a minute. #}
{% macro spark__number_series(last) -%}
    select explode(sequence(1, {{ last }})) as generated_number
{%- endmacro %}
