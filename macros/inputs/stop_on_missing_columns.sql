{# Stops the build with one message naming every mapped relation that isn't there, and every missing column of the others. #}
{% macro stop_on_missing_columns(mapping) -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set findings = missing_columns(mapping) -%}
        {%- set lines = unseen_report(findings, ephemeral=false) + missing_columns_report(findings) -%}
        {%- if lines -%}
            {{ exceptions.raise_compiler_error(
                "okr_metrics_inputs: mapped relations aren't there, or lack columns of the contract. No table that reads them was changed.\n  "
                ~ lines | join('\n  ') ~ '\n  ' ~ after_mending() ~ '\n  `dbt run-operation okr_metrics_doctor` prints this report at any time.'
            ) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
