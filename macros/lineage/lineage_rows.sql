{# The CTE of a measure's rows in the periods and the segment: key, day and what each counts, before the sign of the side. #}
{% macro lineage_rows(measure, spec, period_grain, segment) -%}
    {%- set conditions = spec.get('where', []) + ([segment] if segment and not spec.before else []) -%}
    {%- set next_condition = '\n        and ' -%}
    {%- set goes_back = spec.get('lag', 0) != 0 and is_of_calendar(period_grain) -%}
{{ measure }} as (

    select{{ ' distinct' if spec.distinct }}
        '{{ spec.input }}' as input,
        {{ spec.key }} as row_key,
        {{ spec.day }} as row_date,
        periods.period_start,
        {{ spec.amount }} as contribution

    from {{ spec.rows }}{{ ' as ' ~ spec.name if spec.name != spec.rows }}
    {{- lineage_periods_before(spec.lag, spec.day, period_grain) if goes_back }}

    inner join periods
        on {{ 'periods_before.period_start = periods.period_start' if goes_back else (spec.on or lineage_day_in_period(spec.day, period_grain, spec.get('lag', 0))) | join(next_condition) }}
    {%- for relation, name, on in spec.get('joins', []) %}

    inner join {{ relation }} as {{ name }}
        on {{ on | join(next_condition) }}
    {%- endfor %}
    {%- if conditions %}

    where
        {{ conditions | join(next_condition) }}
    {%- endif %}

)
{%- endmacro %}

{# The conditions of a day to be in a period, or in the one so many periods before. #}
{% macro lineage_day_in_period(day, period_grain, lag) -%}
    {%- if lag -%}
        {{ return([
            day ~ ' >= ' ~ add_periods(period_grain, -lag, 'periods.period_start'),
            day ~ ' < ' ~ add_periods(period_grain, 1 - lag, 'periods.period_start'),
        ]) }}
    {%- endif -%}
    {{ return([day ~ ' >= periods.period_start', day ~ ' <= periods.period_end']) }}
{%- endmacro %}

{# The join of a day to the period of a mapped calendar that it is so many periods before. #}
{% macro lineage_periods_before(lag, day, period_grain) %}

    inner join (
        select
            periods.period_start,
            earlier_periods.period_start as first_day,
            earlier_periods.period_end as last_day

        from {{ ref('okr_metrics', 'int_kpi__periods') }} as periods

        inner join {{ ref('okr_metrics', 'int_kpi__periods') }} as earlier_periods
            on periods.period_grain = earlier_periods.period_grain
            and periods.period_number - {{ lag }} = earlier_periods.period_number

        where periods.period_grain = '{{ period_grain }}'
    ) as periods_before
        on {{ day }} >= periods_before.first_day
        and {{ day }} <= periods_before.last_day
{%- endmacro %}
