{# Stops where a KPI's YAML entry names what doesn't exist, with the valid names. #}
{% macro check_kpi(kpi, node) -%}
    {%- set kinds = ['flow', 'stock', 'ratio', 'derived'] -%}
    {%- set units = ['currency', 'ratio', 'count', 'score', 'months', 'hours'] -%}
    {%- set directions = ['up', 'down', 'none'] -%}
    {%- set where = node.name ~ '.' ~ kpi.id ~ ': meta.kpi.' -%}
    {%- if kpi.kind not in kinds -%}
        {{ exceptions.raise_compiler_error(where ~ "kind '" ~ kpi.kind ~ "' must be one of " ~ kinds | join(', ')) }}
    {%- elif kpi.unit not in units -%}
        {{ exceptions.raise_compiler_error(where ~ "unit '" ~ kpi.unit ~ "' must be one of " ~ units | join(', ')) }}
    {%- elif kpi.direction not in directions -%}
        {{ exceptions.raise_compiler_error(where ~ "direction '" ~ kpi.direction ~ "' must be one of " ~ directions | join(', ')) }}
    {%- elif kpi.kind == 'ratio' and not kpi.denominator -%}
        {{ exceptions.raise_compiler_error(where ~ "denominator is missing: a ratio names its parts") }}
    {%- endif -%}
    {%- do check_needs(kpi, where) -%}
    {%- for part in ['numerator', 'denominator'] if kpi[part] -%}
        {%- for name in modules.re.findall('[a-z_][a-z0-9_]*', kpi[part]) if name not in node.columns -%}
            {{ exceptions.raise_compiler_error(where ~ part ~ " names '" ~ name ~ "', which isn't a column of " ~ node.name ~ ". Its columns: " ~ node.columns | join(', ')) }}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}
