{{ config(enabled=staging_is_on('kpi_targets')) }}
{%- set kpis = kpis_of(*kpi_marts()) -%}
{%- set kpi_ids = kpis | map(attribute='id') | list + kpis | selectattr('growth') | map(attribute='growth') | list %}

with

source as (

    {{ read_input('kpi_targets') }}

),

typed as (

    select
        kpi_id,
        coalesce({{ text('dimension') }}, 'total') as dimension,
        coalesce({{ text('dimension_value') }}, 'total') as dimension_value,
        lower({{ text('period_grain') }}) as period_grain,
        {{ reporting_date('valid_from') }} as valid_from,
        {{ number('lower_bound') }} as lower_bound,
        {{ number('upper_bound') }} as upper_bound,
        lower_bound as raw_lower_bound,
        upper_bound as raw_upper_bound,
        valid_from as raw_valid_from,
        lower({{ text('provenance') }}) as provenance,
        source_name,
        raw_row

    from source

),

checked as (

    select
        *,
        case
            when kpi_id is null then {{ because('no_key', words={'column': 'kpi_id'}) }}
            when kpi_id not in ({{ literals(kpi_ids) }})
                then {{ because('unknown_kpi', 'kpi_id') }}
            when
                period_grain is null
                or period_grain not in (
                    'day', 'week', 'month', 'quarter', 'year'
                ) then {{ because('unknown_grain', 'period_grain') }}
            {{ when_not_a_time('valid_from', 'valid_from', 'raw_valid_from') }}
            when valid_from is null then {{ because('missing', words={'column': 'valid_from'}) }}
            {{ when_not_a_number('lower_bound', 'lower_bound', 'raw_lower_bound', is_required=false) }}
            {{ when_not_a_number('upper_bound', 'upper_bound', 'raw_upper_bound', is_required=false) }}
            when lower_bound is null and upper_bound is null
                then {{ because('no_bound') }}
            when lower_bound > upper_bound
                then {{ because('bounds_crossed', 'raw_lower_bound') }}
            when
                provenance is null
                or provenance not in ('agreed', 'default', 'placeholder')
                then {{ because('unknown_provenance', 'provenance') }}
        end as reject_reason

    from typed

),

with_status as (

    {{ with_row_status(
        ['kpi_id', 'dimension', 'dimension_value', 'period_grain', 'valid_from'],
    ) }}

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
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row

    from with_status

)

select * from final
