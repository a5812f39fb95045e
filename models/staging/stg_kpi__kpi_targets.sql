{#- grain: row of kpi_targets: a healthy range of a KPI from a day on -#}
{{ config(enabled=staging_is_on('kpi_targets')) }}

with

source as (

    {{ read_input('kpi_targets') }}

),

typed as (

    select
        {{ text('kpi_id') }} as kpi_id,
        coalesce({{ text('dimension') }}, 'total') as dimension,
        coalesce({{ text('dimension_value') }}, 'total') as dimension_value,
        lower({{ text('period_grain') }}) as period_grain,
        {{ reporting_date('valid_from') }} as valid_from,
        {{ number('lower_bound') }} as lower_bound,
        {{ number('upper_bound') }} as upper_bound,
        {{ is_unreadable('lower_bound', number('lower_bound')) }}
        or {{ is_unreadable('upper_bound', number('upper_bound')) }}
            as is_bound_unreadable,
        lower({{ text('provenance') }}) as provenance,
        source_name,
        raw_row

    from source

),

checked as (

    select
        *,
        case
            when kpi_id is null then 'no kpi_id'
            {{ when_unknown_kpi('kpi_id') }}
            when
                period_grain is null
                or period_grain not in (
                    'day', 'week', 'month', 'quarter', 'year'
                ) then 'period_grain must be day, week, month, quarter or year'
            when valid_from is null then 'valid_from is missing or not a date'
            when is_bound_unreadable then 'a bound is not a number'
            when lower_bound is null and upper_bound is null
                then 'no bound: give lower_bound, upper_bound or both'
            when lower_bound > upper_bound
                then 'lower_bound is above upper_bound'
            when
                provenance is null
                or provenance not in ('agreed', 'default', 'placeholder')
                then 'provenance must be agreed, default, placeholder'
        end as reject_reason

    from typed

),

final as (

    select
        kpi_id,
        dimension,
        dimension_value,
        period_grain,
        valid_from,
        lower_bound,
        upper_bound,
        provenance,
        {{ row_status([
            'kpi_id', 'dimension', 'dimension_value', 'period_grain',
            'valid_from',
        ]) }} as row_status,
        reject_reason,
        source_name,
        {{ rejected_row() }} as raw_row

    from checked

)

select * from final
