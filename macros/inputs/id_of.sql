{# An id of an input as text; with okr_metrics_customer_identity per_source that of its source, such as eu:17, so that equal ids of two sources are two things. #}
{% macro id_of(column) -%}
    {{ "source_prefix || ':' || " if setting('customer_identity') == 'per_source' }}{{ text(column) }}
{%- endmacro %}

{# The column source_prefix of a source of an input, by its number. #}
{% macro source_prefix(input, number) -%}
    {%- if setting('customer_identity') == 'per_source' and not is_okr_input(input) -%}
    {{ dbt.string_literal(dbt.escape_single_quotes(source_prefixes(input)[number])) }} as source_prefix,
    {%- endif -%}
{%- endmacro %}

{# The source of customers that each source of an input belongs to: the one of its name, else, where there are as many, the one in its place. #}
{% macro source_prefixes(input) -%}
    {%- set names = source_names(input) -%}
    {%- set customers_input = input_of_customers() -%}
    {%- set known = source_names(customers_input) -%}
    {%- set is_named = (var('okr_metrics_inputs', {}) or {}).get(input) is mapping -%}
    {%- if 'customer_id' not in input_contract()[input] and input not in ('order_lines', 'refunds') or names | reject('in', known) | list | length == 0 -%}
        {{ return(names) }}
    {%- elif names | length == known | length and not is_named -%}
        {{ return(known) }}
    {%- endif -%}
    {{ exceptions.raise_compiler_error(
        "okr_metrics_customer_identity: 'per_source' needs to know which source of " ~ customers_input ~ ' each source of ' ~ input ~ ' belongs to. '
        ~ input ~ ' has: ' ~ names | join(', ') ~ '. ' ~ customers_input ~ ' has: ' ~ known | join(', ')
        ~ '. Name the sources of both alike in okr_metrics_inputs, such as {' ~ customers_input ~ ': {eu: eu_' ~ customers_input ~ ', us: us_' ~ customers_input
        ~ '}, ' ~ input ~ ': {eu: eu_' ~ input ~ ', us: us_' ~ input ~ '}}.'
    ) }}
{%- endmacro %}

{# The input whose sources say whose a customer is: customers, else the one with a customer_id that has the most of them. #}
{% macro input_of_customers() -%}
    {%- set mapping = input_mapping() -%}
    {%- set widest = namespace(input='customers', sources=0) -%}
    {%- for input, columns in input_contract().items() if 'customer_id' in columns and mapping.get(input, []) | length > widest.sources and not has_input('customers') -%}
        {%- set widest.input = input -%}
        {%- set widest.sources = mapping[input] | length -%}
    {%- endfor -%}
    {{ return(widest.input) }}
{%- endmacro %}

{# The inputs whose sources may share ids of customers, as long as nobody has said what an equal id means: customers, else all that have any. #}
{% macro inputs_with_shared_ids() -%}
    {%- set inputs = [] -%}
    {%- for input, names in input_mapping().items() if names | length > 1 and setting('customer_identity') is none -%}
        {%- do inputs.append(input) if input == 'customers' or not has_input('customers') and input in ('orders', 'subscriptions') -%}
    {%- endfor -%}
    {{ return(inputs) }}
{%- endmacro %}
