-- Why is KR-3 off track? Its cost per customer with both parts: did spend rise, or did customers stay away?
{{ config(enabled=demo_is_on()) }}
with

key_results as (

    select * from {{ ref('okr__key_results') }}

),

kpi_values as (

    select * from {{ ref('kpi__values') }}

),

progress as (

    select * from {{ ref('okr__key_result_progress') }}

)

select
    kpi_values.period_start,
    kpi_values.numerator as marketing_spend,
    kpi_values.denominator as new_customers,
    kpi_values.value as cac,
    kpi_values.previous_value,
    kpi_values.year_ago_value,
    progress.target_value,
    progress.pace_gap,
    progress.status,
    progress.status_reason

from key_results

inner join kpi_values
    on
        key_results.kpi_id = kpi_values.kpi_id
        and key_results.period_grain = kpi_values.period_grain
        and key_results.dimension = kpi_values.dimension
        and key_results.dimension_value = kpi_values.dimension_value

left join progress
    on
        key_results.key_result_id = progress.key_result_id
        and kpi_values.period_end = progress.period_end

where key_results.key_result_id = 'KR-3'

order by kpi_values.period_start
