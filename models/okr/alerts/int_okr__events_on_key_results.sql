{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

progress as (

    select * from {{ ref('okr__key_result_progress') }}

),

key_results as (

    select * from {{ ref('okr__key_results') }}

    -- what was ended early calls nobody
    where ended_on is null

),

with_previous as (

    select
        key_result_id,
        period_end,
        status,
        status_reason,
        lag(period_end) over (
            partition by key_result_id
            order by period_end
        ) as previous_period_end,
        coalesce(
            lag(status) over (
                partition by key_result_id
                order by period_end
            ),
            'not_started'
        ) as previous_status

    from progress

),

final as (

    select
        case
            when with_previous.status = 'unreliable' then 'data_unreliable'
            else 'status_changed'
        end as kind,
        -- the period end before stays from the first day of the change to the end of its period
        with_previous.key_result_id || '|'
        || coalesce({{ as_text('with_previous.previous_period_end') }}, 'start')
        || '|' || with_previous.status as event_key,
        with_previous.period_end as occurred_on,
        with_previous.key_result_id,
        key_results.kpi_id,
        key_results.dimension,
        key_results.dimension_value,
        with_previous.previous_status as previous_state,
        with_previous.status as state,
        {{ say('alerts', 'status_changed', {
            'key_result': 'key_results.key_result_name',
            'id': 'with_previous.key_result_id',
            'status': word('status', 'with_previous.status'),
            'previous': word('status', 'with_previous.previous_status'),
            'reason': 'with_previous.status_reason',
        }) }} as message

    from with_previous

    inner join key_results
        on with_previous.key_result_id = key_results.key_result_id

    where
        with_previous.status != with_previous.previous_status
        -- that a key result starts as it should is no news
        and not (
            with_previous.previous_status = 'not_started'
            and with_previous.status in ('no_data', 'on_track')
        )

)

select * from final
