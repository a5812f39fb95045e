-- a row of a custom mart whose period isn't one of the calendar's (wrong grain, not its first day, after the as-of
-- date) would be lost; which ones is said before dbt counts them
{{ config(enabled=marts_are_on() and setting('custom_kpis') != []) }}

{% call where_parents_are_built() %}
{%- set parts = [] -%}
{%- for mart in setting('custom_kpis') -%}
    {%- set lost_rows -%}
select
    '{{ mart }}' as mart,
    mart_rows.period_grain,
    mart_rows.period_start,
    cast(mart_rows.period_start as date) > {{ as_of_date() }} as is_after_as_of

from (select * from {{ mart_relation(mart) }}) as mart_rows

left join (select * from {{ ref('int_kpi__periods') }}) as periods
    on mart_rows.period_grain = periods.period_grain
    and mart_rows.period_start = periods.period_start

where periods.period_grain is null
    {%- endset -%}
    {%- do parts.append(lost_rows) -%}
    {%- set groups = [] -%}
    {%- if execute and flags.WHICH in ('build', 'test') -%}
        {%- set groups = run_query(
            'select is_after_as_of, period_grain, count(*), min(period_start), max(period_start) from ('
            ~ lost_rows ~ ') as lost group by 1, 2 order by 1, 2'
        ).rows -%}
    {%- endif -%}
    {%- for is_after_as_of, grain, number, first, last in groups -%}
        {%- set which = (first | string)[:10] ~ (' to ' ~ (last | string)[:10] if first != last else '') -%}
        {%- set reason = (
            'after the as-of date (' ~ setting('as_of_date') ~ '), and in no table: period_grain ' ~ grain
            ~ ', period_start ' ~ which ~ '. Leave them out in the model: where period_start <= '
            ~ "(select cast(setting_value as date) from {{ ref('kpi__settings') }} where setting_name = 'as_of_date')."
            if is_after_as_of else
            'of no period of the calendar: period_grain ' ~ grain ~ ', period_start ' ~ which
            ~ '. A period starts on its first day, after the first data, in a grain of okr_metrics_period_grains.'
        ) -%}
        {%- do log('okr_metrics: model ' ~ mart ~ ': ' ~ number
            ~ (' row is ' if number == 1 else ' rows are ') ~ reason, info=true) -%}
    {%- endfor -%}
{%- endfor -%}
{{ parts | join('\nunion all\n') }}
{% endcall %}
