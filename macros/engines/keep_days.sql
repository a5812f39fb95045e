{# All that a model of a large input needs to read late days alone, once okr_metrics_lookback_days says how late; until then each build reads all. The day is a column of the
   model's final rows, the key that of one row (none where rows are sums, which are added and never replaced), the moment the column of its input that the day
   is made of. The model passes on what this returns:
     config: how it is kept, for its config();
     of_source: the condition on rows of the input, which a warehouse can skip files by;
     is_read: the condition on its final rows, which belong to the days that are read again;
     built_with: the value of its column of that name: rows built with other settings can't stay;
     streamed: what stands before the parenthesis of its CTEs until rows are told apart, so that they aren't kept;
     and_month: a last column, by which a table is parted where an engine replaces whole months. #}
{% macro keep_days(day, key=none, moment=none) -%}
    {%- set strategy = incremental_strategy(key) -%}
    {%- set by_month = strategy == 'insert_overwrite' -%}
    {%- set how = {
        'materialized': 'incremental' if strategy else 'table',
        'incremental_strategy': strategy,
        'partition_by': 'kept_month' if by_month else none,
        'on_schema_change': 'fail',
        'pre_hook': "{{ forget_days('" ~ day ~ "') }}",
    } -%}
    {%- do how.update({'unique_key': key}) if key -%}
    {%- set start = reread_from(day) -%}
    {#- two days of slack cover every time zone -#}
    {%- set utc = utc_to_reporting(moment, 'UTC') if start and moment -%}
    {{ return({
        'config': how,
        'of_source': '(' ~ utc ~ ' >= ' ~ dbt.dateadd('day', -2, "cast('" ~ start ~ "' as timestamp)") ~ ' or ' ~ utc ~ ' is null)' if utc else '1 = 1',
        'is_read': is_reread(day, start),
        'built_with': "'" ~ built_with() ~ "'",
        'streamed': adapter.dispatch('streamed', 'okr_metrics')(),
        'and_month': ', cast(' ~ dbt.date_trunc('month', day) ~ ' as date) as kept_month' if by_month else '',
    }) }}
{%- endmacro %}

{# The first day that an incremental model reads again, as text; none where it reads all: at first, and when a setting has changed. #}
{% macro reread_from(day) -%}
    {#- a unit test has no `this` -#}
    {%- if not (execute and this and not flags.FULL_REFRESH and is_incremental()) -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set by_month = incremental_strategy() == 'insert_overwrite' -%}
    {%- if ('kept_month' if by_month else 'built_with') not in adapter.get_columns_in_relation(this) | map(attribute='name') -%}
        {{ exceptions.raise_compiler_error(this ~ ' was built without okr_metrics_lookback_days, or by an earlier version of okr_metrics. Build once with --full-refresh.') }}
    {%- endif -%}
    {#- the as-of date may lie behind the newest row that has been read -#}
    {%- set last_day = "least(max(case when row_status in ('accepted', 'duplicate') then " ~ day ~ ' end), ' ~ dbt.dateadd('day', 1, as_of_date()) ~ ')' -%}
    {%- set first_day = dbt.dateadd('day', -setting('lookback_days'), last_day) -%}
    {%- set first_day = dbt.date_trunc('month', first_day) if by_month else first_day -%}
    {%- set found = run_query(
        "select case when min(built_with) = '" ~ built_with() ~ "' and max(built_with) = '" ~ built_with() ~ "' then cast(cast("
        ~ first_day ~ ' as date) as ' ~ dbt.type_string() ~ ') end from ' ~ this
    ) -%}
    {{ return(found.rows[0][0]) }}
{%- endmacro %}

{# The condition on a row's reporting day; all rows where there is no start. #}
{% macro is_reread(day, start) -%}
    {{ "(" ~ day ~ " >= cast('" ~ start ~ "' as date) or " ~ day ~ " is null)" if start else '1 = 1' }}
{%- endmacro %}

{# A hash of the inputs' mapping, of what --sample leaves of them and of every setting but the as-of date. #}
{% macro built_with() -%}
    {%- set values, sources = {}, {} -%}
    {%- for input in input_mapping() -%}
        {%- do sources.update({input: source_names(input)}) -%}
    {%- endfor -%}
    {%- for name, row in settings().items() if row.default is defined and name != 'as_of_date' -%}
        {%- do values.update({name: setting(name) | string}) -%}
    {%- endfor -%}
    {{ return(local_md5(tojson([input_mapping(), sources, values] + ([invocation_args_dict.sample | string] if invocation_args_dict.get('sample') else []), sort_keys=true))) }}
{%- endmacro %}

{# The hook that removes the rows that are read again, those without a day too, before these are added; none where --empty reads none. #}
{% macro forget_days(day) -%}
    {%- if execute and this and not flags.FULL_REFRESH and is_incremental() and not invocation_args_dict.get('empty') -%}
        {{ adapter.dispatch('forget_days', 'okr_metrics')(day, reread_from(day)) }}
    {%- endif -%}
{%- endmacro %}

{% macro default__forget_days(day, start) -%}
    delete from {{ this }} where {{ is_reread(day, start) }}
{%- endmacro %}

{# Each month is a partition: an overwrite replaces those that have rows again, so the others are dropped. Rows that were dated again, or whose copy was,
   are taken out of months that stay. #}
{% macro spark__forget_days(day, start) -%}
    {%- set dropped = run_query('select distinct kept_month from ' ~ this ~ ' where ' ~ is_reread('kept_month', start)).columns[0].values() | list -%}
    {%- set key, left = config.get('unique_key'), [] -%}
    {%- if start and key -%}
        {%- set read_again = '(select distinct ' ~ key ~ ' from (' ~ sql ~ ')) as read_again on kept.' ~ key ~ ' = read_again.' ~ key -%}
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
    {%- endif -%}
    {%- if dropped -%}
    alter table {{ this }} drop
    {%- for month in dropped %} partition (kept_month = {{ "'" ~ month ~ "'" if month else 'null' }}){{ ',' if not loop.last }}
    {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# How an engine adds days to such a model, whose rows have a key or are sums; none where each build reads all. #}
{% macro incremental_strategy(key=none) -%}
    {{ return(adapter.dispatch('incremental_strategy', 'okr_metrics')(key) if setting('lookback_days') is not none else none) }}
{%- endmacro %}

{% macro default__incremental_strategy(key) -%}
    {{ return('delete+insert' if key else 'append') }}
{%- endmacro %}

{# Single rows of plain files can't be deleted, so months are replaced whole; with a lakehouse format each build reads all. #}
{% macro spark__incremental_strategy(key) -%}
    {{ return('insert_overwrite' if setting('history_format') is none else none) }}
{%- endmacro %}
