{# The text at a path of keys in a JSON object; null where there is no such key. #}
{% macro json_text(column, keys) -%}
    {{ return(adapter.dispatch('json_text', 'okr_metrics')(column, [keys] if keys is string else keys)) }}
{%- endmacro %}

{% macro default__json_text(column, keys) -%}
    json_extract_string({{ column }}, '$."{{ keys | join('"."') }}"')
{%- endmacro %}

{% macro postgres__json_text(column, keys) -%}
    cast({{ column }} as json) #>> '{"{{ keys | join('","') }}"}'
{%- endmacro %}

{% macro spark__json_text(column, keys) -%}
    get_json_object({{ column }}, '$[\'{{ keys | join("\\'][\\'") }}\']')
{%- endmacro %}
