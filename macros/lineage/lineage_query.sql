{# The query that lists the rows behind a KPI's numerator and denominator in a segment, over the periods of a grain from a first to a last (their
   first days). of_mean: behind the mean of the complete periods' values, as a key result of metric_type average takes it; a ratio's is the sums of the
   periods of which both parts are known. #}
{% macro lineage_query(kpi_id, period_grain, first_period, last_period, dimension='total', dimension_value='total', of_mean=false) -%}
    {#- the models that list rows, {measure: (relation, whether its rows have days and no periods)}: their columns in YAML are the measures -#}
    {%- set measures, models = {}, [] -%}
    {%- do models.extend(['int_kpi__revenue_and_cost_rows', 'int_kpi__customer_rows'] if revenue_is_on() else []) -%}
    {%- do models.extend(['int_kpi__movement_rows', 'int_kpi__subscription_days'] if has_input('subscriptions') else []) -%}
    {%- do models.append('int_kpi__activation_rows') if activation_is_on() -%}
    {%- do models.append('int_kpi__answer_rows') if has_input('survey_responses') -%}
    {%- do models.append('int_kpi__ticket_rows') if has_input('support_tickets') -%}
    {%- for model in models -%}
        {%- set relation = ref('okr_metrics', model) -%}
        {%- set columns = graph.nodes['model.okr_metrics.' ~ model].columns if execute else {} -%}
        {%- for column in columns -%}
            {%- do measures.update({column: (relation, 'calendar_date' in columns)}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set kpi_values, all_periods = ref('okr_metrics', 'kpi__values'), ref('okr_metrics', 'int_kpi__periods') -%}
    {%- if execute -%}
        {%- set kpi = lineage_kpi(kpi_id, measures) -%}
        {%- set of_values = of_mean and kpi.kind != 'ratio' -%}
        {%- set segment = literals([dimension_value]) -%}
-- {{ kpi_id }} by {{ period_grain }}, periods from {{ first_period }} to {{ last_period }}: contribution adds up, by side, to
-- {{ 'its numerator and its denominator' if kpi.denominator else 'its values and their number, of which it is the mean' if of_values else 'its value' }}
        {%- for side, part in kpi.sides.items() %}
-- {{ side }}: {{ part.formula }}
        {%- endfor %}
with

periods as (

    select
        kpi_values.period_start,
        all_periods.period_number,
        kpi_values.numerator is not null as has_numerator,
        {{ 'true' if of_values else 'kpi_values.denominator is not null' }} as has_denominator

    from {{ kpi_values }} as kpi_values

    inner join {{ all_periods }} as all_periods
        on kpi_values.period_grain = all_periods.period_grain
        and kpi_values.period_start = all_periods.period_start

    where
        kpi_values.kpi_id = '{{ kpi_id }}'
        and kpi_values.period_grain = '{{ period_grain }}'
        and kpi_values.period_start >= cast('{{ first_period }}' as date)
        and kpi_values.period_start <= cast('{{ last_period }}' as date)
        and kpi_values.dimension = '{{ dimension }}'
        and kpi_values.dimension_value = {{ segment }}
        {{- '\n        and kpi_values.is_complete_period\n        and kpi_values.value is not null' if of_values }}
        {{- '\n        and kpi_values.numerator is not null\n        and kpi_values.denominator is not null' if of_mean and not of_values }}

),

listed as (
    {%- set further = namespace(union='') %}
    {%- for side, part in kpi.sides.items() %}
    {%- for name, term in part.terms.items() %}
    {%- set rows, is_by_day = measures[term.measure] %}
    {%- set amount = '1' if term.counts else 'listed.' ~ term.measure %}
    {%- set contribution = [] %}
    {#- the formula, with nothing of the other measures #}
    {%- for token in modules.re.findall('[a-z_][a-z0-9_]*|[^a-z_]+', part.formula) %}
        {%- do contribution.append(amount if token == name else '0' if token in part.terms else token) %}
    {%- endfor %}
{{ further.union }}
    select{{ ' distinct' if term.counts }}
        '{{ side }}' as side,
        '{{ name }}' as measure,
        {{ "'" ~ name ~ "'" if term.counts else 'listed.input' }} as input,
        listed.{{ term.measure if term.counts else 'row_key' }} as row_key,
        {{ 'max(listed.row_date) over (partition by periods.period_start, listed.row_key)' if term.periods in ('up to this', 'before this')
            else 'listed.row_date' }} as row_date,
        periods.period_start,
        cast({{ contribution | join }} as numeric(38, 12)) as contribution

    from {{ rows }} as listed

    inner join {{ all_periods }} as all_periods
        on all_periods.period_grain = '{{ period_grain }}'
        and {{ 'listed.calendar_date >= all_periods.period_start and listed.calendar_date <= all_periods.period_end' if is_by_day
            else 'listed.period_grain = all_periods.period_grain and listed.period_start = all_periods.period_start' }}

    inner join periods
        on all_periods.period_number {{ {
            '': '= periods.period_number', 'up to this': '<= periods.period_number', 'before this': '< periods.period_number',
        }.get(term.periods) or '= periods.period_number - ' ~ policy(term.periods) }}

    where listed.{{ term.measure ~ (' is not null' if term.counts else ' != 0') }}
        {{- '\n        and listed.' ~ dimension_column(dimension) ~ ' = ' ~ segment if dimension != 'total' }}
    {%- set further.union = '\n    union all\n' %}
    {%- endfor %}
    {%- endfor %}
    {%- if of_values %}
{{ further.union }}
    select
        'denominator' as side,
        'periods' as measure,
        'periods' as input,
        {{ dbt.safe_cast('period_start', dbt.type_string()).split() | join(' ') }} as row_key,
        period_start as row_date,
        period_start,
        cast(1 as numeric(38, 12)) as contribution

    from periods
    {%- endif %}

),

final as (

    select
        listed.side,
        listed.measure,
        listed.input,
        listed.row_key,
        listed.row_date,
        listed.period_start,
        cast(sum(listed.contribution) as numeric(38, 12)) as contribution

    from listed

    inner join periods on listed.period_start = periods.period_start

    -- a part that isn't known in a period counts in no sum
    where
        (listed.side = 'numerator' and periods.has_numerator)
        or (listed.side = 'denominator' and periods.has_denominator)

    group by 1, 2, 3, 4, 5, 6

    having sum(listed.contribution) != 0

)

select * from final

order by side desc, period_start, measure, row_date, row_key
    {%- endif -%}
{%- endmacro %}
