{# {input: [names of models, seeds or source.table]}: what the user mapped (a name, a list of them, or {name of the source: name}) and the connectors of the named sources, or the demo seeds
   where this project is the root and nothing is mapped. #}
{% macro input_mapping() -%}
    {%- set mapped = var('okr_metrics_inputs', none) -%}
    {%- set contract = input_contract() -%}
    {%- set mapping = {} -%}
    {%- if mapped is not none and mapped is not mapping -%}
        {%- do check_setting('inputs', mapped) -%}
    {%- endif -%}
    {%- for input, names in (mapped or {}).items() -%}
        {%- set listed = [names] if names is string else names.values() | list if names is mapping else names -%}
        {#- asked so often that only what looks wrong is checked; int_kpi__inputs checks all -#}
        {%- if input not in contract or listed is not none and (listed is not iterable or listed | select('string') | select | list | length < listed | length) -%}
            {%- do check_setting('inputs', {input: names}) -%}
        {%- elif listed -%}
            {#- sources that have names of the user's: source_names() -#}
            {%- do mapping.update({input: listed}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for source in named_sources() -%}
        {%- for input in connectors()[source].inputs if feeds(source, input) -%}
            {%- do mapping.update({input: mapping.get(input, []) + ['con_' ~ source ~ '__' ~ input]}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if demo_is_on() -%}
        {#- its months are those of everybody, it excepts nothing, has one id of a customer, and books without revenue -#}
        {%- for input in contract if input not in ['calendar', 'okr_rule_exceptions', 'customer_links', 'ledger_revenue'] -%}
            {%- do mapping.update({input: ['okr_demo__' ~ input]}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(mapping) }}
{%- endmacro %}

{# The part of the mapping that is OKRs, or that is operational. #}
{% macro part_of_mapping(okr) -%}
    {%- set mapping = {} -%}
    {%- for input, names in input_mapping().items() if is_okr_input(input) == okr -%}
        {%- do mapping.update({input: names}) -%}
    {%- endfor -%}
    {{ return(mapping) }}
{%- endmacro %}

{# The sources of an input by name, as kpi__rejected_rows and the dimension source show them: the user's names, else those of the relations; a connector has its source's. #}
{% macro source_names(input) -%}
    {%- set names, connected = input_mapping().get(input, []), connector_models(input) -%}
    {%- set mapped = (var('okr_metrics_inputs', {}) or {}).get(input) -%}
    {%- set own = mapped | map('string') | list if mapped is mapping else names | reject('in', connected) | list -%}
    {{ return(own + connected.values() | list) }}
{%- endmacro %}

{# The relation that a mapped name stands for: a source for "source.table", else a model or seed. #}
{% macro input_relation(name) -%}
    {%- if '.' in name -%}
        {{ return(source(*name.split('.'))) }}
    {%- endif -%}
    {{ return(ref('okr_metrics' if is_connector_model(name) else project_name, name)) }}
{%- endmacro %}

{# Whether an input is edited by hand and linted as a whole: the OKR seeds and the tree of KPIs. #}
{% macro is_okr_input(input) -%}
    {{ return(input.startswith('okr_') or input == 'kpi_tree') }}
{%- endmacro %}

{# Whether every one of the named inputs is mapped. #}
{% macro has_input() -%}
    {%- set mapping = input_mapping() -%}
    {{ return(varargs | reject('in', mapping) | list | length == 0) }}
{%- endmacro %}

{# Whether any of the named inputs is mapped. #}
{% macro has_any_input() -%}
    {%- set mapping = input_mapping() -%}
    {{ return(varargs | select('in', mapping) | list | length > 0) }}
{%- endmacro %}

{# Whether the demo company is the input: this project is the root, and nothing is mapped. #}
{% macro demo_is_on() -%}
    {{ return(project_name == 'okr_metrics' and not (var('okr_metrics_inputs', {}) or var('okr_metrics_sources', {}))) }}
{%- endmacro %}

{# Whether this run sees all rows of the inputs: not with --empty, which shows none, or --sample, which shows those of a time. #}
{% macro shows_all_rows() -%}
    {{ return(not (invocation_args_dict.get('empty') or invocation_args_dict.get('sample'))) }}
{%- endmacro %}

{# One select per relation of a mapping. #}
{% macro mapped_relations(mapping) -%}
    {%- for input, names in mapping.items() -%}
    {%- for name in names %}
select
    '{{ input }}' as input,
    {{ dbt.string_literal(dbt.escape_single_quotes(source_names(input)[loop.index0])) }} as source_name,
    {{ dbt.string_literal(dbt.escape_single_quotes(input_relation(name).render())) }} as relation_name
union all
    {%- endfor -%}
    {%- endfor %}
{#- no row, but the shape #}
{%- set text = dbt.type_string() %}
select
    cast(null as {{ text }}) as input,
    cast(null as {{ text }}) as source_name,
    cast(null as {{ text }}) as relation_name
where 1 = 0
{%- endmacro %}
