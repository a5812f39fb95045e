{# The rows of an input that meet a condition, or all: its sources one under the other. Ids and currencies are text, and so is all that is edited by hand (OKRs); ids of sources of their own
   (okr_metrics_customer_identity per_source) have its name before them (eu:17), and what dimensions are made of has the names of our models and is never null. All else is
   as it is in the source. Each row has the name and rank of its source, and whether all that the source has in a column of times is a day (<column>_holds_days). #}
{% macro read_input(input, condition=none) -%}
    -- depends_on: {{ ref('int_okr__inputs' if is_okr_input(input) else 'int_kpi__inputs') }}
    {%- set mapping, contract, names = input_mapping(), input_contract(), source_names(input) -%}
    {%- set columns = columns_of_input(input) -%}

    {#- the source of customers that each source of an input belongs to: the one of its name, else, where there are as many, the one in its place -#}
    {%- set prefixes = [] -%}
    {%- if setting('customer_identity') == 'per_source' and not is_okr_input(input) -%}
        {#- customers, else the input with a customer_id that has the most sources, say whose a customer is -#}
        {%- set owner = namespace(input='customers', sources=0) -%}
        {%- for other, of_other in contract.items() if 'customer_id' in of_other and mapping.get(other, []) | length > owner.sources and 'customers' not in mapping -%}
            {%- set owner.input = other -%}
            {%- set owner.sources = mapping[other] | length -%}
        {%- endfor -%}
        {%- set known = source_names(owner.input) -%}
        {%- set is_named = (var('okr_metrics_inputs', {}) or {}).get(input) is mapping -%}
        {%- if 'customer_id' not in contract[input] and input not in ('order_lines', 'refunds') or names | reject('in', known) | list | length == 0 -%}
            {%- do prefixes.extend(names) -%}
        {%- elif names | length == known | length and not is_named -%}
            {%- do prefixes.extend(known) -%}
        {%- else -%}
            {{ exceptions.raise_compiler_error(
                "okr_metrics_customer_identity: 'per_source' needs to know which source of " ~ owner.input ~ ' each source of ' ~ input ~ ' belongs to. '
                ~ input ~ ' has: ' ~ names | join(', ') ~ '. ' ~ owner.input ~ ' has: ' ~ known | join(', ')
                ~ '. Name the sources of both alike in okr_metrics_inputs, such as {' ~ owner.input ~ ': {eu: eu_' ~ owner.input ~ ', us: us_' ~ owner.input
                ~ '}, ' ~ input ~ ': {eu: eu_' ~ input ~ ', us: us_' ~ input ~ '}}.'
            ) }}
        {%- endif -%}
    {%- endif %}

    {%- set attributes = {} if is_okr_input(input) else attributes_of(input) %}

    {%- for name in mapping[input] %}
    {%- set prefix = literals([prefixes[loop.index0]]) if prefixes %}
    {%- set relation = input_relation(name) %}
    {#- the optional columns that a relation doesn't have are read as null; none while dbt parses or may not ask (--no-introspect), and none of what has
        no columns yet: a fixture of a unit test, a model that isn't built -#}
    {%- set absent = [] -%}
    {%- if execute and (flags.INTROSPECT is not false or relation.is_cte) -%}
        {%- set present = columns_of(relation, name) -%}
        {%- for column, is_optional in contract[input].items() if present and is_optional and column not in present -%}
            {%- do absent.append(column) -%}
        {%- endfor -%}
    {%- endif %}
    select
        {% for column in contract[input] if column not in attributes -%}
        {% if column in absent -%}
        cast(null as {{ dbt.type_string() }})
        {%- elif column == 'currency_code' -%}
        {{ currency(column) }}
        {%- elif column.endswith('_id') or is_okr_input(input) -%}
        {{ prefix ~ " || ':' || " if prefix and column != 'kpi_id' }}{{ text(column) }}
        {%- else -%}
        {{ column }}
        {%- endif %} as {{ column }},
        {% endfor -%}
        {% for name, column in attributes.items() -%}
        {{ attribute('cast(null as ' ~ dbt.type_string() ~ ')' if column in absent else column) }} as {{ name }},
        {% endfor -%}
        {{ literals([names[loop.index0]]) }} as source_name,
        {{ loop.index }} as source_rank,
        {% for column in contract[input] if not is_okr_input(input) and (column.endswith('_at') or column.endswith('_date') or column == 'valid_from') -%}
        {% if column in absent -%}
        false
        {%- else -%}
        {#- it stops at the first time of day; of all rows, so that a lookback can't change it -#}
        (
            select count(*)
            from (
                select 1 as found
                from {{ relation }}
                where {{ has_time_of_day(column) }}
                limit 1
            ) as times_of_day
        ) = 0
        {%- endif %} as {{ column }}_holds_days,
        {% endfor -%}
        {{ (row_as_json if mapping[input] | length > 1 else carried_row)('source_rows', columns | reject('in', absent) | list) }} as raw_row

    from (select * from {{ relation }}) as source_rows
    {% if condition %}where {{ condition }}{% endif %}
    {% if not loop.last %}union all{% endif -%}
    {%- endfor -%}
{%- endmacro %}

{# The columns of an input: those of the contract, and those that only a dimension of the user's reads. #}
{% macro columns_of_input(input) -%}
    {%- set columns = input_contract()[input] | list -%}
    {{ return(columns + attributes_of(input).values() | reject('in', columns) | unique | list) }}
{%- endmacro %}

{# The names of a relation's columns: in lower case where plain SQL finds them, else in quotes, as they are stored. Where the name that is mapped is of an ephemeral
   model, which nothing can ask: the words in its SQL, none where a star or a macro may stand for some. #}
{% macro columns_of(relation, name=none) -%}
    {%- set ephemeral = ephemeral_model(name) if name -%}
    {%- if ephemeral -%}
        {%- set code = modules.re.sub('\{\{\s*(config|ref|source|dbt\.\w+)\([^{}]*\)\s*\}\}', '', ephemeral.raw_code) -%}
        {{ return([] if '*' in code or '{' in code else modules.re.findall('\w+', code | lower)) }}
    {%- endif -%}
    {%- set names = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do names.append(column.name | lower if is_found_unquoted(column.name) else '"' ~ column.name ~ '"') -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{# The ephemeral model of the user's that a name is mapped to, from dbt's graph, as an operation can't ref one; none where it is something else, or a fixture
   of a unit test, which has no graph. #}
{% macro ephemeral_model(name) -%}
    {{ return(
        graph.get('nodes', {}).values() | selectattr('name', 'equalto', name) | selectattr('package_name', 'equalto', project_name)
        | selectattr('config.materialized', 'equalto', 'ephemeral') | first
    ) }}
{%- endmacro %}

{# A staging model, or nothing with its columns, which what dimensions are made of is among, where it isn't on, so that facts need no branches. #}
{% macro optional_input(input, columns) -%}
    {%- if staging_is_on(input) -%}
        {{ ref(('stg_okr__' if is_okr_input(input) else 'stg_kpi__') ~ input.replace('okr_', '')) }}
    {%- else -%}
        (
            select
            {%- for column, type in columns.items() %}
                cast(null as {{ type }}) as {{ column }},
            {%- endfor %}
            {%- for column in attributes_of(input) %}
                cast(null as {{ dbt.type_string() }}) as {{ column }},
            {%- endfor %}
                'accepted' as row_status
            where 1 = 0
        ) as {{ input }}
    {%- endif -%}
{%- endmacro %}
