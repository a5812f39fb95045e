{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

guardrail_values as (

    select * from {{ ref('int_okr__guardrail_values') }}

    where period_end is not null

),

key_results as (

    select * from {{ ref('okr__key_results') }}

    where ended_on is null

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

with_previous as (

    select
        *,
        lag(is_outside) over (
            partition by
                key_result_id, guardrail_kpi_id, dimension, dimension_value
            order by period_end
        ) as was_outside

    from guardrail_values

),

final as (

    select
        'guardrail_breached' as kind,
        with_previous.key_result_id || '|' || with_previous.guardrail_kpi_id
        || '|' || with_previous.dimension || '|'
        || with_previous.dimension_value || '|'
        || {{ as_text('with_previous.period_end') }} as event_key,
        with_previous.period_end as occurred_on,
        with_previous.key_result_id,
        with_previous.guardrail_kpi_id as kpi_id,
        with_previous.dimension,
        with_previous.dimension_value,
        case with_previous.was_outside when 0 then 'inside' else 'unknown' end
            as previous_state,
        'outside' as state,
        {{ say_case('alerts', {
            'guardrail_breached.below': 'with_previous.value < with_previous.lower_bound',
            'guardrail_breached.above': none,
        }, {
            'kpi': 'kpis.kpi_name',
            'segment': segment_text(
                'with_previous.dimension', 'with_previous.dimension_value'
            ),
            'key_result': 'key_results.key_result_name',
            'id': 'with_previous.key_result_id',
            'value': number_text('with_previous.value', 'kpis.unit'),
            'grain': word('period_grain', 'with_previous.period_grain'),
            'day': day_text('with_previous.period_end'),
            'low': number_text('with_previous.lower_bound', 'kpis.unit'),
            'high': number_text('with_previous.upper_bound', 'kpis.unit'),
        }) }} as message

    from with_previous

    inner join key_results
        on with_previous.key_result_id = key_results.key_result_id

    inner join kpis on with_previous.guardrail_kpi_id = kpis.kpi_id

    where
        with_previous.is_outside = 1
        and coalesce(with_previous.was_outside, 0) = 0

)

select * from final
