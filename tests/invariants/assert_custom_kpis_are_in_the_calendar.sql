-- a row of a custom mart whose period isn't one of the calendar's (wrong grain, not its first day) would be lost
{{ config(enabled=marts_are_on() and setting('custom_kpis') != []) }}

{% call where_parents_are_built() %}
with

{% for mart in setting('custom_kpis') -%}
{{ mart }} as (

    select * from {{ mart_relation(mart) }}

),

{% endfor -%}
periods as (

    select * from {{ ref('int_kpi__periods') }}

)

{% for mart in setting('custom_kpis') -%}
select
    '{{ mart }}' as mart,
    {{ mart }}.period_grain,
    {{ mart }}.period_start

from {{ mart }}

left join periods
    on {{ mart }}.period_grain = periods.period_grain
    and {{ mart }}.period_start = periods.period_start

where periods.period_grain is null
{{ 'union all' if not loop.last }}
{% endfor %}
{% endcall %}
