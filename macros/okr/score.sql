{# A score: progress clamped to 0..1. #}
{% macro score(progress) -%}
    case
        when {{ progress }} > 1 then cast(1 as numeric(38, 12))
        when {{ progress }} < 0 then cast(0 as numeric(38, 12))
        else {{ progress }}
    end
{%- endmacro %}
