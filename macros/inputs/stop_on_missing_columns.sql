{# Stops the build with one message naming every missing column of every input of a mapping. #}
{% macro stop_on_missing_columns(mapping) -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set lines = missing_columns_report(mapping) -%}
        {%- if lines -%}
            {{ exceptions.raise_compiler_error(
                'okr_metrics_inputs: mapped relations lack columns of the contract. No table that reads them was changed.\n  '
                ~ lines | join('\n  ') ~ '\n  ' ~ after_mending() ~ '\n  `dbt run-operation okr_metrics_doctor` prints this report at any time.'
            ) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
