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

{# The demo's seeds on Spark, every column text: dbt-spark's own macros know no type text, and in a session they write null as 'None'. #}
{% macro spark__create_csv_table(model, agate_table) %}
    {% set sql = 'create table ' ~ this ~ ' (' ~ agate_table.column_names | join(' string, ') ~ ' string)' %}
    {% call statement('_') %}{{ sql }}{% endcall %}
    {{ return(sql) }}
{% endmacro %}

{# All rows as one literal: Spark takes a minute to parse an expression for each cell. #}
{% macro spark__load_csv_rows(model, agate_table) %}
    {% set rows, cells = [], [] %}
    {% for row in agate_table.rows %}
        {% do rows.append(row.values()) %}
    {% endfor %}
    {% for column in agate_table.column_names %}
        {% do cells.append('cells[' ~ loop.index0 ~ ']') %}
    {% endfor %}
    {% set json = tojson(rows) | replace('\\', '\\\\') | replace("'", "\\'") %}
    {% set sql %}
        insert into {{ this }}
        select {{ cells | join(', ') }}
        from (select explode(from_json('{{ json }}', 'array<array<string>>')) as cells)
    {% endset %}
    {% do adapter.add_query(sql, abridge_sql_log=True) %}
    {{ return('') }}
{% endmacro %}
