{# The words that an OKR input's column may hold: {input: {column: [words]}}; none stands for a column that may be empty. #}
{% macro allowed_values() -%}
    {#- a mart of the user's may have dimensions of its own -#}
    {%- set dimension = {} if setting('custom_kpis') else {'dimension': ['total'] + dimension_names()} -%}
    {{ return({
        'cycles': {'cadence': ['annual', 'quarterly', 'custom']},
        'objectives': {
            'level': ['company', 'department', 'team', 'product'],
            'objective_type': ['committed', 'aspirational'],
        },
        'key_results': dict({
            'metric_type': ['increase', 'decrease', 'cumulative', 'cumulative_at_most', 'average', 'at_least', 'at_most', 'range', 'milestone'],
            'period_grain': setting('period_grains'),
            'indicator_type': ['leading', 'lagging', none],
        }, **dimension),
    }) }}
{%- endmacro %}
