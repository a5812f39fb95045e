{# What became of an objective at the end of its cycle, in words. #}
{% macro outcome_reason() -%}
    {{ dbt.safe_cast('key_results_met_at_close', dbt.type_string()) }} || ' of '
            || {{ dbt.safe_cast('key_results_total', dbt.type_string()) }} || ' key results met at close'
            || case when key_results_met_at_some_time > key_results_met_at_close then ', '
                || {{ dbt.safe_cast('key_results_met_at_some_time - key_results_met_at_close', dbt.type_string()) }}
                || ' more reached and lost again' else '' end
            || case outcome
                when 'achieved' then '.'
                when 'missed' then '. It was committed: say why, before the next one is promised.'
                else '. It was aspirational: carry it over'
                    || coalesce(' to ' || next_cycle_id, ', once its next cycle is in okr_cycles') || ', or drop it and say so.'
            end
{%- endmacro %}
