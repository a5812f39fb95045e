{# dbt-spark's own dateadd and datediff repeat their arguments up to twenty times: nested, they take Spark minutes to compile.
   dbt takes these where this project is the root, or named in its `dispatch`. #}
{% macro spark__dateadd(datepart, interval, from_date_or_timestamp) -%}
    timestampadd({{ datepart }}, cast({{ interval }} as int), {{ from_date_or_timestamp }})
{%- endmacro %}

{# Boundaries crossed, as on the other engines: weeks begin on Monday. #}
{% macro spark__datediff(first_date, second_date, datepart) -%}
    {%- if datepart == 'day' -%}
    datediff({{ second_date }}, {{ first_date }})
    {%- elif datepart in ('week', 'month', 'quarter', 'year') -%}
    timestampdiff({{ datepart }}, date_trunc('{{ datepart }}', {{ first_date }}), date_trunc('{{ datepart }}', {{ second_date }}))
    {%- else -%}
    timestampdiff({{ datepart }}, {{ first_date }}, {{ second_date }})
    {%- endif -%}
{%- endmacro %}
