{#- grain: key result that starts from nothing measured, from another value than measured, or at its target -#}
{{ config(enabled=okr_is_on(), materialized='ephemeral') }}
{%- set quote = dbt.escape_single_quotes("'") -%}

with

history as (

    select
        *,
        'key result ' || key_result_id as object

    from {{ ref('int_okr__history') }}

),

final as (

    select
        'kpi_without_value' as rule_id,
        severity,
        object,
        '{{ quote }}' || kpi_id || '{{ quote }} by ' || period_grain
        || ' has never had a value for ' || dimension
        || case
            when dimension = 'total' then ''
            else ' {{ quote }}' || dimension_value || '{{ quote }}'
        end as message,
        'Write a period_grain and a dimension_value that kpi__values has, or leave it where the segment is yet to come.'
            as how_to_mend

    from history

    where values_ever = 0

    union all

    select
        'target_already_met' as rule_id,
        severity,
        object,
        'its target ' || {{ number_text('target_value', 'unit') }}
        || ' was met before it started: the last complete period came to '
        || {{ number_text('measured_baseline_value', 'unit') }} as message,
        'Aim further, or hold the value with at_least or at_most.'
            as how_to_mend

    from history

    where
        ({{ wants('up') }} and measured_baseline_value >= target_value)
        or ({{ wants('down') }} and measured_baseline_value <= target_value)

    union all

    select
        'baseline_off' as rule_id,
        severity,
        object,
        'its baseline_value ' || {{ number_text('baseline_value', 'unit') }}
        || ' is more than 5% off what the last complete period before its start came to, '
        || {{ number_text('measured_baseline_value', 'unit') }} as message,
        'Leave baseline_value empty to start from what was measured.'
            as how_to_mend

    from history

    where
        metric_type in ('increase', 'decrease', 'average')
        and abs(baseline_value - measured_baseline_value)
        > 0.05 * abs(measured_baseline_value)

)

select * from final
