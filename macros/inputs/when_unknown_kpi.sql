{# The reason for a kpi_id that no mart has; a case branch. #}
{% macro when_unknown_kpi(kpi_id) -%}
    {%- set ids = [] -%}
    {%- for mart in kpi_marts() -%}
        {%- for kpi in kpis_of(mart) -%}
            {%- do ids.append(kpi.id) -%}
            {%- do ids.append(kpi.growth) if kpi.growth -%}
        {%- endfor -%}
    {%- endfor -%}
    when {{ kpi_id }} not in ('{{ ids | join("',\n                '") }}')
                then {{ because('its kpi_id is not in kpi__catalog', kpi_id) }}
{%- endmacro %}
