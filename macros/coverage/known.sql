{# An expression where the frame's period has data of every named input, else null: what isn't known isn't nought. Where the expression is an
   aggregate, `aggregate` is one for the gaps. #}
{% macro known(expression, inputs, aggregate='') -%}
    {%- set lacks = lacks_all(inputs, 'period_segments', aggregate) -%}
    {{ return('case when ' ~ lacks ~ ' then null else ' ~ expression ~ ' end' if lacks else expression) }}
{%- endmacro %}

{# The condition that a period has no data of one of the named inputs; nothing where none of them is mapped. #}
{% macro lacks_all(inputs, frame, aggregate='') -%}
    {%- set gaps = [] -%}
    {%- for input in inputs_with_coverage(inputs) -%}
        {%- do gaps.append(aggregate ~ '(' ~ frame ~ '.gap_of_' ~ input ~ ") = 'all'") -%}
    {%- endfor -%}
    {{ return(gaps | join(' or ')) }}
{%- endmacro %}

{# An expression where the row's period lacks no day of any named input, else null: half a period is no measure for another one. #}
{% macro known_throughout(expression, inputs) -%}
    {%- set gaps = [] -%}
    {%- for input in inputs_with_coverage(inputs) -%}
        {%- do gaps.append('gap_of_' ~ input ~ ' is null') -%}
    {%- endfor -%}
    {{ return('case when ' ~ gaps | join(' and ') ~ ' then ' ~ expression ~ ' end' if gaps else expression) }}
{%- endmacro %}
