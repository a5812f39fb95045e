-- a row of a custom mart whose period isn't one of the calendar's (wrong grain, not its first day) would be lost
{{ config(enabled=marts_are_on() and setting('custom_kpis') != []) }}

{% for mart in setting('custom_kpis') -%}
select
    '{{ mart }}' as mart,
    custom.period_grain,
    custom.period_start

from {{ mart_relation(mart) }} as custom

left join {{ ref('int_kpi__periods') }} as periods
    on custom.period_grain = periods.period_grain
    and custom.period_start = periods.period_start

where periods.period_grain is null
{{ 'union all' if not loop.last }}
{% endfor %}
