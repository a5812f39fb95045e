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
