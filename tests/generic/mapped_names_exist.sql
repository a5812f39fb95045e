{# Stops the parse where a setting names a model or a source that isn't there. A generic test is what dbt parses last, when all of these are known: dbt itself would name a node of ours. #}
{% test mapped_names_exist(model) %}

{%- if not execute -%}
    {%- do check_mapped_names() -%}
{%- endif %}

select * from {{ model }} where 1 = 0

{% endtest %}
