{#- grain: accepted healthy range, from valid_from to the day before valid_to -#}
{{ config(enabled=marts_are_on()) }}

with

kpi_targets as (

    select *

    from {{ optional_input('kpi_targets', {
        'kpi_id': dbt.type_string(),
        'dimension': dbt.type_string(),
        'dimension_value': dbt.type_string(),
        'period_grain': dbt.type_string(),
        'valid_from': 'date',
        'lower_bound': 'numeric(28, 6)',
        'upper_bound': 'numeric(28, 6)',
        'provenance': dbt.type_string(),
    }) }}

    where row_status = 'accepted'

),

final as (

    select
        kpi_id,
        dimension,
        dimension_value,
        period_grain,
        lower_bound,
        upper_bound,
        provenance,
        valid_from,
        lead(valid_from) over (
            partition by kpi_id, dimension, dimension_value, period_grain
            order by valid_from
        ) as valid_to

    from kpi_targets

)

select * from final
