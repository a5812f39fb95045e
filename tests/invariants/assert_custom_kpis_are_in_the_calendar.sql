-- a row of a custom mart whose period isn't one of the calendar's (wrong grain, not its first day, after the as-of
-- date) would be lost; which ones is said before dbt counts them
{{ config(enabled=marts_are_on() and setting('custom_kpis') != []) }}

{% call where_parents_are_built() %}
{%- for mart in setting('custom_kpis') -%}
    {%- do say_lost_periods(mart, mart_relation(mart), ref('int_kpi__periods')) -%}
{%- endfor -%}
{%- for mart in setting('custom_kpis') -%}
{{ rows_out_of_calendar(mart, mart_relation(mart), ref('int_kpi__periods')) }}
{{ 'union all' if not loop.last }}
{% endfor %}
{% endcall %}
