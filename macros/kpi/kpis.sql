{# The marts that hold KPIs and are on for the mapped inputs, and the user's own (okr_metrics_custom_kpis). #}
{% macro kpi_marts() -%}
    {%- set marts = [] -%}
    {%- if revenue_is_on() -%}
        {%- do marts.extend(['kpi__margin', 'kpi__acquisition', 'kpi__retention']) -%}
    {%- endif -%}
    {#- growth to weigh against costs: all of it needs the ledger -#}
    {%- if revenue_is_on() and has_input('operating_expenses') -%}
        {%- do marts.append('kpi__efficiency') -%}
    {%- endif -%}
    {%- if has_input('subscriptions') -%}
        {%- do marts.append('kpi__subscriptions') -%}
    {%- endif -%}
    {%- if has_input('product_events') -%}
        {%- do marts.append('kpi__usage') -%}
    {%- endif -%}
    {%- if satisfaction_is_on() -%}
        {%- do marts.append('kpi__satisfaction') -%}
    {%- endif -%}
    {{ return(marts + setting('custom_kpis')) }}
{%- endmacro %}

{# The relation of a mart: one of ours, or a model of the user's. #}
{% macro mart_relation(mart) -%}
    {{ return(input_relation(mart) if mart in setting('custom_kpis') else ref(mart)) }}
{%- endmacro %}

{# The KPIs that the YAML of marts declares: their columns with meta.kpi whose inputs are mapped. A growth KPI stands on its base's entry. Stops where an entry
   names what doesn't exist, with the valid names. #}
{% macro kpis_of() -%}
    {%- set choices = {
        'kind': ['flow', 'stock', 'ratio', 'derived'], 'unit': ['currency', 'ratio', 'count', 'score', 'months', 'hours'],
        'direction': ['up', 'down', 'none'],
    } -%}
    {%- set kpis = [] -%}
    {%- for mart in varargs if execute -%}
        {%- set node = mart_node(mart) -%}
        {%- for column in node.columns.values() if (column.config.meta or {}).kpi is defined -%}
            {%- set kpi = dict({'numerator': column.name, 'denominator': none, 'zero_reasons': {}}, **column.config.meta.kpi) -%}
            {%- do kpi.update({'id': column.name, 'description': column.description}) -%}
            {%- set where = mart ~ '.' ~ kpi.id ~ ': meta.kpi.' -%}
            {%- for key, values in choices.items() if kpi[key] not in values -%}
                {{ exceptions.raise_compiler_error(where ~ key ~ " '" ~ kpi[key] ~ "' must be one of " ~ values | join(', ')) }}
            {%- endfor -%}
            {%- if kpi.kind == 'ratio' and not kpi.denominator -%}
                {{ exceptions.raise_compiler_error(where ~ "denominator is missing: a ratio names its parts") }}
            {%- endif -%}
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
            {%- for part in ['numerator', 'denominator'] if kpi[part] -%}
                {%- for name in modules.re.findall('[a-z_][a-z0-9_]*', kpi[part]) if name not in node.columns -%}
                    {{ exceptions.raise_compiler_error(where ~ part ~ " names '" ~ name ~ "', which isn't a column of " ~ node.name ~ ". Its columns: " ~ node.columns | join(', ')) }}
                {%- endfor -%}
            {%- endfor -%}
            {%- if kpi_is_on(kpi) -%}
                {%- do kpis.append(kpi) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(kpis) }}
{%- endmacro %}

{# Whether the inputs and settings that a KPI needs are there. #}
{% macro kpi_is_on(kpi) -%}
    {%- set unset = [] -%}
    {%- for name in kpi.get('settings', []) if setting(name) is none -%}
        {%- do unset.append(name) -%}
    {%- endfor -%}
    {{ return(
        has_input(*kpi.get('inputs', [])) and (not kpi.any_input or has_any_input(*kpi.any_input)) and not unset
    ) }}
{%- endmacro %}

{# The node of a mart; stops where a model of okr_metrics_custom_kpis isn't one, or lacks a column of the contract in its YAML. #}
{% macro mart_node(mart) -%}
    {%- set keys = ['period_grain', 'period_start', 'dimension', 'dimension_value'] -%}
    {%- set models = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') -%}
    {%- set node = graph.nodes['model.okr_metrics.' ~ mart] or models | selectattr('name', 'equalto', mart) | first -%}
    {%- if not node -%}
        {{ exceptions.raise_compiler_error("okr_metrics_custom_kpis: there is no enabled model '" ~ mart ~ "'.") }}
    {%- endif -%}
    {%- set missing = keys | reject('in', node.columns) | list -%}
    {%- if missing -%}
        {{ exceptions.raise_compiler_error(
            "okr_metrics_custom_kpis: model '" ~ mart ~ "' lacks the column(s) " ~ missing | join(', ')
            ~ " in its YAML entry. A mart of KPIs has " ~ keys | join(', ') ~ " and a column with meta.kpi for each KPI."
        ) }}
    {%- endif -%}
    {{ return(node) }}
{%- endmacro %}

{# One part of every KPI of a mart as one column: a case over the mart's own columns, so that one scan serves all. #}
{% macro pick(kpis, part) -%}
    case
        when 1 = 0 then null
        {%- for kpi in kpis if kpi[part] %}
        when kpis.kpi_id = '{{ kpi.id }}'
            then cast({{ kpi[part] }} as numeric(38, 12))
        {%- endfor %}
        else cast(null as numeric(38, 12))
    end
{%- endmacro %}
