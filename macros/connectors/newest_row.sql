{# Of a raw table that keeps every version of a thing, the newest of each key: a join with all of them would count a row once for each version. #}
{% macro newest_row(source_name, table, columns, version_time, key='id') -%}
    select {{ columns | join(', ') }}

    from (
        select
            versions.*,
            row_number() over (partition by {{ key }} order by version_time desc) as version_number

        from (
            {{ raw_table(source_name, table, dict(columns, **{version_time ~ ' as version_time': 'time'})) }}
        ) as versions
    ) as numbered_versions

    where version_number = 1
{%- endmacro %}
