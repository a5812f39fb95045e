{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

history as (

    select
        *,
        {{ say('objects', 'key_result', {'id': 'key_result_id'}) }} as object

    from {{ ref('int_okr__history') }}

),

final as (

    select
        {{ finding(
            'kpi_without_value', 'object', {
                'kpi': 'kpi_id', 'grain': word('period_grain', 'period_grain'),
                'dimension': 'dimension', 'value': 'dimension_value',
            },
            cases={'total': "dimension = 'total'", 'segment': none}, last_day='last_day',
        ) }}

    from history

    where values_ever = 0

    union all

    select
        {{ finding(
            'target_already_met', 'object', {
                'target': number_text('target_value', 'unit'),
                'measured': number_text('measured_baseline_value', 'unit'),
            },
            last_day='last_day',
        ) }}

    from history

    where
        (is_to_rise and measured_baseline_value >= target_value)
        or (is_to_fall and measured_baseline_value <= target_value)

    union all

    select
        {{ finding(
            'baseline_off', 'object', {
                'baseline': number_text('baseline_value', 'unit'),
                'measured': number_text('measured_baseline_value', 'unit'),
                'share': percent(rule_limit('baseline_off')),
            },
            last_day='last_day',
        ) }}

    from history

    where
        metric_type in ('increase', 'decrease', 'average')
        and abs(baseline_value - measured_baseline_value)
        > {{ rule_limit('baseline_off') }} * abs(measured_baseline_value)

)

select * from final
