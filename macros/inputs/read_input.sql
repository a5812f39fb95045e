{# The rows of an input that meet a condition, or all: its sources one under the other, each row stamped with the name and rank of its source,
   and with whether the source's times are days (holds_days). #}
{% macro read_input(input, condition=none) -%}
    -- depends_on: {{ ref('int_okr__inputs' if is_okr_input(input) else 'int_kpi__inputs') }}
    {%- set columns = (input_contract()[input] | list) + further_columns(input) %}
    {%- for name in input_mapping()[input] %}
    {%- set relation = input_relation(name) %}
    {%- set absent = absent_columns(input, relation) %}
    select
        {% for column in columns -%}
        {{ 'cast(null as ' ~ dbt.type_string() ~ ') as ' if column in absent }}{{ column }},
        {% endfor -%}
        {{ dbt.string_literal(dbt.escape_single_quotes(source_names(input)[loop.index0])) }} as source_name,
        {{ loop.index }} as source_rank,
        {{ source_prefix(input, loop.index0) }}
        {% for column in time_columns(input) -%}
        {{ 'false' if column in absent else are_days(relation, column) }} as {{ holds_days(column) }},
        {% endfor -%}
        {{ (row_as_json if input_mapping()[input] | length > 1 else carried_row)('source_rows', columns | reject('in', absent) | list) }} as raw_row

    from (select * from {{ relation }}) as source_rows
    {% if condition %}where {{ condition }}{% endif %}
    {% if not loop.last %}union all{% endif -%}
    {%- endfor -%}
{%- endmacro %}

{# The optional columns that a relation doesn't have: read as null. None while dbt parses or may not ask (--no-introspect), and none of what has no columns yet: a fixture of a unit test, a model that isn't built. #}
{% macro absent_columns(input, relation) -%}
    {%- set absent = [] -%}
    {%- if execute and flags.INTROSPECT is not false and not relation.is_cte -%}
        {%- set present = columns_of(relation) -%}
        {%- for column, is_optional in input_contract()[input].items() if present and is_optional and column not in present -%}
            {%- do absent.append(column) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(absent) }}
{%- endmacro %}

{# The columns of an input that only a dimension of the user's reads. #}
{% macro further_columns(input) -%}
    {{ return(attributes_of(input).values() | reject('in', input_contract()[input]) | unique | list) }}
{%- endmacro %}

{# The names of a relation's columns: in lower case where plain SQL finds them, else in quotes, as they are stored. #}
{% macro columns_of(relation) -%}
    {%- set names = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do names.append(column.name | lower if is_found_unquoted(column.name) else '"' ~ column.name ~ '"') -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}
