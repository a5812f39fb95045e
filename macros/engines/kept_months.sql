{# Whether months are replaced whole, because single rows can't be deleted: Spark's plain files. #}
{% macro replaces_months() -%}
    {{ return(incremental_materialization() == 'incremental' and adapter.dispatch('replaces_months', 'okr_metrics')()) }}
{%- endmacro %}

{% macro default__replaces_months() -%}
    {{ return(false) }}
{%- endmacro %}

{% macro spark__replaces_months() -%}
    {{ return(true) }}
{%- endmacro %}

{# Deletes the rows of the days from a start on, and those without a day. #}
{% macro delete_days(day, start) -%}
    {{ return(adapter.dispatch('delete_days', 'okr_metrics')(day, start)) }}
{%- endmacro %}

{% macro default__delete_days(day, start) -%}
    delete from {{ this }} where {{ is_reread(day, start) }}
{%- endmacro %}

{# Each month is a partition: an overwrite replaces those that have rows again, so the others are dropped. #}
{% macro spark__delete_days(day, start) -%}
    {%- set dropped = run_query('select distinct kept_month from ' ~ this ~ ' where ' ~ is_reread('kept_month', start)).columns[0].values() | list -%}
    {%- if start and config.get('unique_key') -%}
        {%- do dropped.extend(take_out_keys(config.get('unique_key'), start)) -%}
    {%- endif -%}
    {%- if dropped -%}
    alter table {{ this }} drop
    {%- for month in dropped %} partition (kept_month = {{ "'" ~ month ~ "'" if month else 'null' }}){{ ',' if not loop.last }}
    {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# Takes rows that were dated again, or whose copy was, out of months that stay; returns those that have no other row. #}
{% macro take_out_keys(key, start) -%}
    {%- set read_again = '(select distinct ' ~ key ~ ' from (' ~ sql ~ ')) as read_again on kept.' ~ key ~ ' = read_again.' ~ key -%}
    {%- set left, dropped = [], [] -%}
    {%- for month, stays in run_query(
        'select kept_month, count(*) > count(read_again.' ~ key ~ ') from ' ~ this ~ ' as kept left join ' ~ read_again
        ~ ' where not ' ~ is_reread('kept_month', start) ~ ' group by 1 having count(read_again.' ~ key ~ ') > 0'
    ).rows -%}
        {%- do (left if stays else dropped).append(month) -%}
    {%- endfor -%}
    {%- if left -%}
        {#- else an overwrite replaces the whole table -#}
        {%- do run_query('set spark.sql.sources.partitionOverwriteMode = dynamic') -%}
        {%- do run_query(
            'insert overwrite table ' ~ this ~ ' partition (kept_month) select kept.* from ' ~ this ~ ' as kept left anti join ' ~ read_again
            ~ " where kept.kept_month in (date'" ~ left | join("', date'") ~ "')"
        ) -%}
    {%- endif -%}
    {{ return(dropped) }}
{%- endmacro %}
