{# What became of an objective at the end of its cycle, in words. #}
{% macro outcome_reason() -%}
    case
            when ended_on is not null then 'Ended early on ' || {{ day_text('ended_on') }} || ' (' || end_reason || ')'
            when key_results_ended > 0 and key_results_ended = key_results_total then 'All of its key results were ended early'
            else {{ dbt.safe_cast('key_results_met_at_close', dbt.type_string()) }} || ' of '
                || {{ dbt.safe_cast('key_results_total - key_results_ended', dbt.type_string()) }} || ' key results met at close'
                || case when key_results_met_at_some_time > key_results_met_at_close then ', '
                    || {{ dbt.safe_cast('key_results_met_at_some_time - key_results_met_at_close', dbt.type_string()) }}
                    || ' more reached and lost again' else '' end
        end || case when endings != '' then '; ended early: ' || endings else '' end
            || case outcome
                when 'achieved' then '.'
                when 'closed' then '.'
                when 'missed' then '. It was committed: say why, before the next one is promised.'
                else '. It was aspirational: carry it over'
                    || coalesce(' to ' || next_cycle_id, ', once its next cycle is in okr_cycles') || ', or drop it and say so.'
            end
{%- endmacro %}
