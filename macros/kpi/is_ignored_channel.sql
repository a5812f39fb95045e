{# 1 for a touch of a channel that okr_metrics_ignored_channels names, else 0. #}
{% macro is_ignored_channel(channel) -%}
    {%- set names = [] -%}
    {%- for name in setting('ignored_channels') -%}
        {%- do names.append(dbt.string_literal(dbt.escape_single_quotes(name | string | trim | lower))) -%}
    {%- endfor -%}
    case when lower({{ channel }}) in ({{ names | join(', ') }}) then 1 else 0 end
{%- endmacro %}
