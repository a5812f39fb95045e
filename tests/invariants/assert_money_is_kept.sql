-- money in the facts = money in the margin mart over all periods, at every grain, for the whole and for each
-- dimension that carries it; null where nothing is mapped. A period before okr_metrics_data_starts holds none of it
{{ config(enabled=revenue_is_on()) }}
{%- set checks = [
    ('order_revenue', 'fct_kpi__order_lines', 'sum(revenue)', 'not is_cancelled', 'ordered_date', 'orders'),
    ('refunds', 'fct_kpi__refunds', 'sum(refund)', 'not is_cancelled', 'refunded_date', 'refunds'),
    ('marketing_spend', 'fct_kpi__marketing_spend', 'sum(spend)', '1 = 1', 'spend_date', 'marketing_spend'),
] %}

{% call where_parents_are_built() %}
with

in_mart as (

    select
        period_grain,
        dimension,
        {% for measure in ['order_revenue', 'refunds', 'marketing_spend'] -%}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('kpi__margin') }}

    group by 1, 2

),

{% for measure, fact, total, condition, day, input in checks if staging_is_on(input) -%}
first_periods_of_{{ measure }} as (

    select
        period_grain,
        min(period_start) as first_start

    from {{ ref('int_kpi__period_coverage') }}

    where coalesce(gap_of_{{ input }}, 'none') != 'all'

    group by 1

),

{{ measure }}_in_fact as (

    select
        first_periods.period_grain,
        {{ total }} as in_fact

    from {{ ref(fact) }}

    inner join first_periods_of_{{ measure }} as first_periods
        on {{ day }} >= first_periods.first_start

    where {{ condition }}

    group by 1

),

{% endfor -%}
differences as (

    {% for measure, fact, total, condition, day, input in checks if staging_is_on(input) -%}
    select
        '{{ measure }}' as measure,
        in_mart.period_grain,
        in_mart.dimension,
        in_mart.{{ measure }} as in_mart,
        {{ measure }}_in_fact.in_fact

    from in_mart

    left join {{ measure }}_in_fact
        on in_mart.period_grain = {{ measure }}_in_fact.period_grain

    -- a dimension that doesn't carry the measure: plan, and spend but by channel
    where
        {% if measure == 'marketing_spend' -%}
        {{ is_total_or(spend_dimensions()) }}
        {%- else -%}
        1 = 1
        {%- endif %}

    union all

    {% endfor -%}
    select
        'none' as measure,
        'none' as period_grain,
        'none' as dimension,
        0 as in_mart,
        0 as in_fact

)

select *

from differences

where coalesce(in_mart, 0) != coalesce(in_fact, 0)
{% endcall %}
