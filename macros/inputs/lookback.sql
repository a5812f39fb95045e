{# Whether this run adds to rows of earlier ones; a unit test has no `this`. #}
{% macro keeps_rows() -%}
    {{ return(execute and this and not flags.FULL_REFRESH and is_incremental()) }}
{%- endmacro %}

{# The first day that an incremental model reads again, as text; none where it reads all: at first, and when a setting has changed. #}
{% macro reread_from(read_day) -%}
    {%- if not keeps_rows() -%}
        {{ return(none) }}
    {%- endif -%}
    {%- if ('kept_month' if replaces_months() else 'built_with') not in adapter.get_columns_in_relation(this) | map(attribute='name') -%}
        {{ exceptions.raise_compiler_error(this ~ ' was built without okr_metrics_lookback_days, or by an earlier version of okr_metrics. Build once with --full-refresh.') }}
    {%- endif -%}
    {%- set last_day = 'least(max(' ~ read_day ~ '), ' ~ dbt.dateadd('day', 1, as_of_date()) ~ ')' -%}
    {%- set found = run_query(
        "select case when min(built_with) = '" ~ built_with() ~ "' and max(built_with) = '" ~ built_with() ~ "' then cast(cast("
        ~ first_kept_day(dbt.dateadd('day', -setting('lookback_days'), last_day)) ~ ' as date) as ' ~ dbt.type_string() ~ ') end from ' ~ this
    ) -%}
    {{ return(found.rows[0][0]) }}
{%- endmacro %}

{# The day of a staged row that has been read: the as-of date may lie behind the newest row. #}
{% macro read_day(day) -%}
    case when row_status in ('accepted', 'duplicate') then {{ day }} end
{%- endmacro %}

{# A hash of the inputs' mapping, of what --sample leaves of them and of every setting but the as-of date: rows built with others can't stay. #}
{% macro built_with() -%}
    {%- set settings, sources = {}, {} -%}
    {%- for input in input_mapping() -%}
        {%- do sources.update({input: source_names(input)}) -%}
    {%- endfor -%}
    {%- for name in setting_defaults() if name != 'as_of_date' -%}
        {%- do settings.update({name: setting(name) | string}) -%}
    {%- endfor -%}
    {{ return(local_md5(tojson([input_mapping(), sources, settings] + ([invocation_args_dict.sample | string] if invocation_args_dict.get('sample') else []), sort_keys=true))) }}
{%- endmacro %}

{# Removes the rows that are read again, those without a day too; none where --empty reads none. #}
{% macro forget_days(day, read_day) -%}
    {%- if keeps_rows() and not invocation_args_dict.get('empty') -%}
        {{ delete_days(day, reread_from(read_day)) }}
    {%- endif -%}
{%- endmacro %}

{# How the rows read again are added: by a strategy of dbt, or in place of their months. #}
{% macro adding_rows(strategy) -%}
    {{ return('insert_overwrite' if replaces_months() else strategy) }}
{%- endmacro %}

{# The column that parts a table into months, where these are replaced whole. #}
{% macro kept_parts() -%}
    {{ return('kept_month' if replaces_months() else none) }}
{%- endmacro %}

{% macro and_kept_month(day) -%}
    {{ ', cast(' ~ dbt.date_trunc('month', day) ~ ' as date) as kept_month' if replaces_months() else '' }}
{%- endmacro %}

{# The first day to read again, given the lookback's: its month's where months are replaced whole. #}
{% macro first_kept_day(day) -%}
    {{ dbt.date_trunc('month', day) if replaces_months() else day }}
{%- endmacro %}

{# The condition on a row's reporting day. #}
{% macro is_reread(day, start) -%}
    {{ "(" ~ day ~ " >= cast('" ~ start ~ "' as date) or " ~ day ~ " is null)" if start else '1 = 1' }}
{%- endmacro %}

{# The condition on a raw moment, which a warehouse can skip files by; two days of slack cover every time zone. #}
{% macro may_be_reread(moment, start) -%}
    {%- if start -%}
    ({{ utc_to_reporting(moment, 'UTC') }} >= {{ dbt.dateadd('day', -2, "cast('" ~ start ~ "' as timestamp)") }} or {{ utc_to_reporting(moment, 'UTC') }} is null)
    {%- else -%}
    1 = 1
    {%- endif -%}
{%- endmacro %}
