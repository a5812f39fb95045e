{# What to do about a KPI in trouble, in words. #}
{% macro focus_message() -%}
    {%- set quote = dbt.escape_single_quotes("'") -%}
    troubles.kpi_name || {{ segment_text('troubles.dimension', 'troubles.dimension_value') }}
        || ' has been in trouble for ' || {{ dbt.safe_cast('troubles.periods_in_trouble', dbt.type_string()) }} || ' '
        || troubles.period_grain || 's: ' || {{ number_text('troubles.value', 'troubles.unit') }}
        || case
            when troubles.distance is null then '. '
            else ', ' || {{ percent('troubles.distance') }}
                || case when troubles.value < troubles.edge then ' below ' else ' above ' end || {{ number_text('troubles.edge', 'troubles.unit') }} || '. '
        end || case
            when covers.key_result_id is null
                then 'No objective looks at it: make it one, or set the range that is well enough in kpi_targets.'
            when covers.is_by_origin
                then 'Its objective{{ quote }}s ' || covers.key_result_id || ' (' || {{ word('status', 'covers.status') }} || ') looks elsewhere: see that it moves this one too.'
            else covers.key_result_id || ' (' || {{ word('status', 'covers.status') }} || ') looks at it: ask its owner what would help.'
        end
{%- endmacro %}

{# The columns that okr__focus_candidates takes from the KPI's side as they are. #}
{% macro focus_columns() -%}
    {{ return([
        'kpi_id', 'period_grain', 'period_start', 'period_end', 'dimension', 'dimension_value', 'value', 'edge', 'distance',
        'periods_in_trouble', 'money_at_stake', 'health_reason',
    ]) }}
{%- endmacro %}
