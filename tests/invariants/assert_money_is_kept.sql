-- money in the facts = money in the margin mart over all periods, at every grain, for the whole and for each
-- dimension that carries it; null where nothing is mapped
{{ config(enabled=revenue_is_on()) }}

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

differences as (

    {% for measure, fact, total, condition in money_checks() -%}
    select
        '{{ measure }}' as measure,
        period_grain,
        dimension,
        in_mart.{{ measure }} as in_mart,
        (
            select {{ total }} from {{ ref(fact) }}
            where {{ condition }}
        ) as in_fact

    from in_mart

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
