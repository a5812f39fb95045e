{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

health as (

    select * from {{ ref('int_okr__kpi_health') }}

),

with_previous as (

    select
        *,
        coalesce(
            value < lower_bound
            or value > upper_bound,
            false
        )
        and range_provenance = 'agreed' as is_outside_agreed,
        variation = 'concern'
        and special_cause = 'beyond_history' as is_beyond_history,
        coalesce(
            lag(health) over (
                partition by kpi_id, period_grain, dimension, dimension_value
                order by period_start
            ),
            'unknown'
        ) as previous_health

    from health

    where is_actionable

),

final as (

    select
        case
            when health = 'unhealthy' then 'kpi_unhealthy'
            else 'kpi_watch'
        end as kind,
        kpi_id || '|' || dimension || '|' || dimension_value || '|'
        || period_grain || '|' || {{ as_text('period_start') }} as event_key,
        period_end as occurred_on,
        cast(null as {{ dbt.type_string() }}) as key_result_id,
        kpi_id,
        dimension,
        dimension_value,
        previous_health as previous_state,
        health as state,
        {%- set figures = {
            'kpi': 'kpi_name',
            'segment': segment_text('dimension', 'dimension_value'),
            'grain': word('period_grain', 'period_grain'),
            'day': day_text('period_end'),
            'reason': 'health_reason',
        } %}
        case
            when health = 'unhealthy'
                then {{ say('alerts', 'kpi_unhealthy', figures) }}
            when is_outside_agreed
                then {{ say('alerts', 'kpi_watch.out_of_range', figures) }}
            else {{ say('alerts', 'kpi_watch.beyond_history', figures) }}
        end as message

    from with_previous

    where
        health = 'unhealthy'
        and previous_health != 'unhealthy'
        -- told at once, though one period may be chance
        or health = 'watch'
        and previous_health not in ('watch', 'unhealthy')
        and (is_outside_agreed or is_beyond_history)

)

select * from final
