{# {input: [names of models, seeds or source.table]}: what the user mapped (a name, a list of them, or {name of the source: name}), or the demo seeds where this project is the root and nothing is mapped. #}
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
    {%- if demo_is_on() -%}
        {#- its months are those of everybody, and it excepts nothing -#}
        {%- for input in contract if input not in ['calendar', 'okr_rule_exceptions'] -%}
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
