-- the segments of a dimension add up to the whole, in each period, for every measure that is a sum and every
-- dimension that its mart has; what is counted distinct over rows of several segments is no sum
{{ config(enabled=kpi_marts() != setting('custom_kpis')) }}
{%- set sums = {} -%}
{%- if revenue_is_on() -%}
    {%- do sums.update({
        'kpi__margin': ['order_revenue', 'refunds', 'subscription_revenue', 'net_revenue'],
        'kpi__acquisition': ['new_customers', 'active_customers'],
        'kpi__retention': [
            'ordering_customers', 'repeat_customers', 'opening_active_customers', 'lapsed_customers', 'lapsed_opening_customers',
        ],
    }) -%}
{%- endif -%}
{%- if has_input('subscriptions') -%}
    {%- do sums.update({'kpi__subscriptions': [
        'opening_subscribers', 'new_subscribers', 'reactivated_subscribers', 'churned_subscribers', 'transferred_subscribers',
        'closing_subscribers', 'opening_mrr', 'new_mrr', 'expansion_mrr', 'reactivation_mrr', 'contraction_mrr', 'churned_mrr',
        'transferred_mrr', 'closing_mrr',
    ]}) -%}
{%- endif -%}
{%- if has_input('product_events') -%}
    {%- do sums.update({'kpi__usage': ['active_customers', 'new_customers_observed', 'activated_customers']}) -%}
{%- endif -%}
{%- if satisfaction_is_on() -%}
    {%- do sums.update({'kpi__satisfaction': [
        'nps_responses', 'promoters', 'detractors', 'csat_responses', 'tickets_opened',
    ]}) -%}
{%- endif %}

{% call where_parents_are_built() %}
with

{% for mart in sums -%}
{{ mart }} as (

    select * from {{ ref(mart) }}

){{ ',' if not loop.last }}

{% endfor -%}
{% for mart, measures in sums.items() -%}
select
    '{{ mart }}' as mart,
    segments.period_grain,
    segments.period_start,
    segments.dimension

from {{ mart }} as segments

inner join {{ mart }} as whole
    on segments.period_grain = whole.period_grain
    and segments.period_start = whole.period_start
    and whole.dimension = 'total'

where segments.dimension != 'total'

group by 1, 2, 3, 4

-- a part is rounded to a millionth
having
    {% for measure in measures -%}
    abs(coalesce(sum(segments.{{ measure }}), 0) - coalesce(max(whole.{{ measure }}), 0)) > 0.000002 * count(*)
    {{ 'or ' if not loop.last }}
    {%- endfor %}
{{ 'union all' if not loop.last }}
{% endfor %}
{% endcall %}
