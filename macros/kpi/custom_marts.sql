{# The rows of a custom mart whose period isn't one of the calendar's, which no table reads. #}
{% macro rows_out_of_calendar(mart, relation, periods) -%}
select
    '{{ mart }}' as mart,
    mart_rows.period_grain,
    mart_rows.period_start,
    cast(mart_rows.period_start as date) > {{ as_of_date() }} as is_after_as_of

from {{ relation }} as mart_rows

left join {{ periods }} as periods
    on mart_rows.period_grain = periods.period_grain
    and mart_rows.period_start = periods.period_start

where periods.period_grain is null
{%- endmacro %}

{# Say which rows of a custom mart no table reads: how many, of which periods, and how to mend it. #}
{% macro say_lost_periods(mart, relation, periods) -%}
    {%- if execute and flags.WHICH in ('build', 'test') -%}
        {%- set lost = run_query(
            'select is_after_as_of, period_grain, count(*), min(period_start), max(period_start) from ('
            ~ rows_out_of_calendar(mart, relation, periods) ~ ') as lost group by 1, 2 order by 1, 2'
        ) -%}
        {%- for is_after_as_of, grain, number, first, last in lost.rows -%}
            {%- set whose = ' is' if number == 1 else 's are' -%}
            {%- set which = (first | string)[:10] ~ (' to ' ~ (last | string)[:10] if first != last else '') -%}
            {%- do log(
                'okr_metrics: model ' ~ mart ~ ': ' ~ number ~ ' row' ~ whose ~ (
                    ' after the as-of date (' ~ setting('as_of_date') ~ '), so no table reads ' ~ ('it' if number == 1 else 'them')
                    ~ ': period_grain ' ~ grain ~ ', period_start ' ~ which
                    ~ ". Leave them out in the model: where period_start <= (select cast(setting_value as date) from "
                    ~ "{{ ref('kpi__settings') }} where setting_name = 'as_of_date')."
                    if is_after_as_of else
                    ' of no period of the calendar: period_grain ' ~ grain ~ ', period_start ' ~ which
                    ~ '. A period starts on its first day, after the first data, in a grain of okr_metrics_period_grains.'
                ), info=true
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
