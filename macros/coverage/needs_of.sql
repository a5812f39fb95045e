{# The inputs that a KPI's value of a period is made of, as its entry `needs` has them; without it they are inputs and any_input of our own KPIs, and
   none of the user's. #}
{% macro needs_of(kpi, mart) -%}
    {%- set own = kpi.get('inputs', []) + kpi.get('any_input', []) if mart not in setting('custom_kpis') else [] -%}
    {{ return(inputs_with_coverage(kpi.needs if kpi.needs is defined else own)) }}
{%- endmacro %}

{# Of the entries of a list of needs those that are mapped and have a coverage: an input, a list of which the first that is mapped counts, or
   {input, unless: policy}, for which the policy's true stands. A parts-only input stands for what it belongs to. #}
{% macro inputs_with_coverage(needs) -%}
    {%- set inputs = [] -%}
    {%- for entry in needs -%}
        {%- set mapped = [] -%}
        {%- for name in names_of_need(entry) if entry is not mapping or not policy(entry.unless) -%}
            {%- set input = {'order_lines': 'orders'}.get(name, name) -%}
            {%- if input in inputs_with_a_start() and staging_is_on(input) -%}
                {%- do mapped.append(input) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if mapped and mapped[0] not in inputs -%}
            {%- do inputs.append(mapped[0]) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(inputs) }}
{%- endmacro %}

{# The names of inputs in an entry of a list of needs. #}
{% macro names_of_need(entry) -%}
    {{ return([entry] if entry is string else [entry.input] if entry is mapping else entry) }}
{%- endmacro %}

{# How many periods back a key of needs_before looks: previous, year_ago (-1: by the calendar), or a policy that says it; null for the period itself. #}
{% macro periods_back(key) -%}
    {{ return({'previous': 1, 'year_ago': -1}[key] if key in ('previous', 'year_ago') else policy(key) or 'null') }}
{%- endmacro %}

{# Stops where a KPI needs what isn't an input, or looks back at what isn't a period. #}
{% macro check_needs(kpi, where) -%}
    {%- set before = kpi.get('needs_before', {}) -%}
    {%- for key in before if key not in ('previous', 'year_ago', 'cac_lag_periods') -%}
        {{ exceptions.raise_compiler_error(where ~ "needs_before names '" ~ key ~ "'. It must be previous, year_ago or cac_lag_periods.") }}
    {%- endfor -%}
    {%- for needs in [kpi.get('needs', [])] + before.values() | list -%}
        {%- for entry in needs -%}
            {%- for name in names_of_need(entry) if name not in input_contract() or is_okr_input(name) -%}
                {{ exceptions.raise_compiler_error(where ~ "needs names '" ~ name ~ "', which isn't an operational input. Inputs with a coverage: " ~ inputs_with_a_start() | join(', ') ~ ".") }}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{# One select per KPI, input and period that it needs the input of; a growth needs what it is the growth of, now and before. #}
{% macro needs_rows() -%}
    {%- set rows = [] -%}
    {%- for mart in kpi_marts() -%}
        {%- for kpi in kpis_of(mart) -%}
            {%- for input in needs_of(kpi, mart) -%}
                {%- do rows.append([kpi.id, input, 'null']) -%}
                {%- if kpi.growth -%}
                    {%- do rows.extend([[kpi.growth, input, 'null'], [kpi.growth, input, 1]]) -%}
                {%- endif -%}
            {%- endfor -%}
            {%- for key, needs in kpi.get('needs_before', {}).items() -%}
                {%- for input in inputs_with_coverage(needs) -%}
                    {%- do rows.append([kpi.id, input, periods_back(key)]) -%}
                {%- endfor -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    select
        cast(null as {{ dbt.type_string() }}) as kpi_id,
        cast(null as {{ dbt.type_string() }}) as input,
        cast(null as integer) as periods_back
    {%- for row in rows %}
    union all
    select '{{ row[0] }}', '{{ row[1] }}', {{ row[2] }}
    {%- endfor %}
{%- endmacro %}
