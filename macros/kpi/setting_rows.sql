{# One select per setting and per policy, with the value in force and the default. #}
{% macro setting_rows() -%}
    {%- set rows = [] -%}
    {#- where files lie says nothing about a number -#}
    {%- for name, default in setting_defaults().items() if name != 'publish_to' -%}
        {%- do rows.append([name, 'setting', setting(name), default]) -%}
    {%- endfor -%}
    {%- for name, default in policy_profiles()['standard'].items() -%}
        {%- do rows.append([name, 'policy', policy_text(name), policy_value_text(default)]) -%}
    {%- endfor -%}
    {%- for row in rows %}
    select
        {% for column in ['setting_name', 'kind', 'setting_value', 'default_value'] -%}
        {{ setting_literal(row[loop.index0]) }} as {{ column }}{{ ',' if not loop.last }}
        {% endfor -%}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# A value of a setting as SQL text: a list with commas, a mapping too, null for none. #}
{% macro setting_literal(value) -%}
    {%- if value is none or value is iterable and not value -%}
    cast(null as {{ dbt.type_string() }})
    {%- else -%}
    {%- if value is mapping -%}
        {%- set pairs = [] -%}
        {%- for key, entry in value.items() -%}
            {%- do pairs.append(key ~ ': ' ~ entry) -%}
        {%- endfor -%}
        {%- set value = pairs -%}
    {%- endif -%}
    {%- set text = value | join(', ') if value is iterable and value is not string else value | string -%}
    cast({{ dbt.string_literal(dbt.escape_single_quotes(text)) }} as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}
