{#- grain: period grain x period x segment; cohort retention is reported by month, where it matures -#}
{{ config(enabled=revenue_is_on()) }}
{%- set months = [1, 3, 6, 12] -%}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where {{ is_total_or(customer_dimensions()) }}

),

customer_counts as (

    select * from {{ ref('int_kpi__customer_counts') }}

),

{% if has_input('orders', 'order_lines') -%}
lapses as (

    select * from {{ ref('int_kpi__lapses') }}

),

{% endif -%}
periods as (

    select * from {{ ref('int_kpi__periods') }}

    where period_grain = 'month'

),

cohorts as (

    select * from {{ ref('kpi__retention_cohorts') }}

),

matured_cohorts as (

    select
        matured.period_start as matured_period,
        cohorts.dimension,
        cohorts.dimension_value,
        {% for month in months -%}
        {% for column, sum in {
            'cohort_size': 'cohort_size', 'retained': 'retained_customers'
        }.items() -%}
        sum(case when cohorts.periods_since = {{ month }} then cohorts.{{ sum }} end) as {{ column }}_month_{{ month }}
        {{- ',' if not (loop.last and month == months[-1]) }}
        {% endfor -%}
        {% endfor %}
    from cohorts

    inner join periods on cohorts.cohort_period = periods.period_start

    inner join periods as matured -- noqa: AL07
        on periods.period_number + cohorts.periods_since = matured.period_number

    where
        cohorts.period_grain = 'month'
        and cohorts.is_complete_period
        and cohorts.periods_since in ({{ months | join(', ') }})
        and cohorts.retained_customers is not null

    group by 1, 2, 3

),

joined as (

    select
        period_segments.*,
        {% for column in ['ordering_customers', 'repeat_customers'] -%}
        {{ known('coalesce(customer_counts.' ~ column ~ ', 0)', ['orders']) }}
            as {{ column }},
        {% endfor -%}
        {% for column in ['opening_active_customers', 'lapsed_customers'] -%}
        {{ known('coalesce(lapses.' ~ column ~ ', 0)', ['orders']) if has_input('orders', 'order_lines')
            else 'cast(null as bigint)' }} as {{ column }},
        {% endfor -%}
        {% for month in months -%}
        {% for column in ['cohort_size', 'retained'] -%}
        -- no cohort is a cohort of 0; a running month has none to report yet
        case
            when period_segments.period_grain = 'month'
                and period_segments.is_complete_period
                then {{ known(
                    'coalesce(matured_cohorts.' ~ column ~ '_month_' ~ month ~ ', 0)',
                    ['orders', 'subscriptions'],
                ) }}
        end as {{ column }}_month_{{ month }}
        {{- ',' if not (loop.last and month == months[-1]) }}
        {% endfor -%}
        {% endfor %}
    from period_segments

    left join customer_counts
        on {{ same_period_segment('period_segments', 'customer_counts') }}

    {% if has_input('orders', 'order_lines') -%}
    left join lapses
        on {{ same_period_segment('period_segments', 'lapses') }}

    {% endif -%}
    left join matured_cohorts
        on period_segments.period_grain = 'month'
        and period_segments.period_start = matured_cohorts.matured_period
        and period_segments.dimension = matured_cohorts.dimension
        and period_segments.dimension_value = matured_cohorts.dimension_value

),

final as (

    select
        period_grain,
        period_start,
        period_end,
        period_label,
        is_complete_period,
        dimension,
        dimension_value,
        cast(ordering_customers as bigint) as ordering_customers,
        cast(repeat_customers as bigint) as repeat_customers,
        {{ ratio('repeat_customers', 'ordering_customers') }} as repeat_purchase_rate,
        cast(opening_active_customers as bigint) as opening_active_customers,
        cast(lapsed_customers as bigint) as lapsed_customers,
        {{ ratio('lapsed_customers', 'opening_active_customers') }} as lapsed_customer_rate,
        {% for month in months -%}
        cast(cohort_size_month_{{ month }} as bigint) as cohort_size_month_{{ month }},
        cast(retained_month_{{ month }} as bigint) as retained_month_{{ month }},
        {{ ratio('retained_month_' ~ month, 'cohort_size_month_' ~ month) }} as retention_month_{{ month }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from joined

)

select * from final
