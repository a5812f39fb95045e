{# The query that lists the rows behind a KPI's numerator and denominator in a segment, over the periods of a grain from a first to a last (their
   first days). of_mean: behind the mean of the complete periods' values, as a key result of metric_type average takes it; a ratio's is the sums of the
   periods of which both parts are known. #}
{% macro lineage_query(kpi_id, period_grain, first_period, last_period, dimension='total', dimension_value='total', of_mean=false) -%}
    {%- set measures = lineage_measures() -%}
    {%- set kpi_values = ref('okr_metrics', 'kpi__values') -%}
    {%- if execute -%}
        {%- set kpi = lineage_kpi(kpi_id, measures) -%}
        {%- set of_average = of_mean and kpi.kind == 'ratio' -%}
        {%- set of_mean = of_mean and kpi.kind != 'ratio' -%}
        {%- set ctes, sides = [], [] -%}
        {%- for side in ['numerator', 'denominator'] -%}
            {%- for measure, factor in lineage_parts(kpi[side], measures).items() -%}
                {%- set spec = measures[measure] -%}
                {%- set segment = lineage_segment(spec, dimension, dimension_value) -%}
                {%- do ctes.extend([spec.before(spec, segment) if spec.before, lineage_rows(measure, spec, period_grain, segment)]) -%}
                {%- do sides.append(lineage_side(side, measure, factor)) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if of_mean -%}
            {%- do sides.append(lineage_periods_counted()) -%}
        {%- endif -%}
-- {{ kpi_id }} by {{ period_grain }}, periods from {{ first_period }} to {{ last_period }}: contribution adds up, by side, to
-- {{ 'its numerator and its denominator' if kpi.denominator else 'its values and their number, of which it is the mean' if of_mean else 'its value' }}.
with

{{ lineage_of_periods(kpi_values, kpi_id, period_grain, first_period, last_period, dimension, dimension_value, of_mean, of_average) }},

{{ ctes | select | unique | join(',\n\n') }},

{{ lineage_final(sides) }}
    {%- endif -%}
{%- endmacro %}
