{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

health as (

    select * from {{ ref('int_okr__kpi_health') }}

),

with_previous as (

    select
        *,
        coalesce(
            lag(health) over (
                partition by kpi_id, period_grain, dimension, dimension_value
                order by period_start
            ),
            'unknown'
        ) as previous_health

    from health

),

final as (

    select
        'kpi_unhealthy' as kind,
        kpi_id || '|' || dimension || '|' || dimension_value || '|'
        || period_grain || '|' || {{ as_text('period_start') }} as event_key,
        period_end as occurred_on,
        cast(null as {{ dbt.type_string() }}) as key_result_id,
        kpi_id,
        dimension,
        dimension_value,
        previous_health as previous_state,
        health as state,
        {{ say('alerts', 'kpi_unhealthy', {
            'kpi': 'kpi_name',
            'segment': segment_text('dimension', 'dimension_value'),
            'grain': word('period_grain', 'period_grain'),
            'day': day_text('period_end'),
            'reason': 'health_reason',
        }) }} as message

    from with_previous

    where
        health = 'unhealthy'
        and previous_health != 'unhealthy'
        and is_actionable

)

select * from final
