{{ config(enabled=okr_is_on()) }}

with

guardrails as (

    select * from {{ guardrail_rows() }}

),

key_results as (

    select * from {{ ref('okr__key_results') }}

),

kpi_values as (

    select * from {{ ref('kpi__values') }}

    where
        is_complete_period
        and value is not null

),

dated as (

    select
        guardrails.key_result_id,
        guardrails.guardrail_kpi_id,
        guardrails.dimension,
        guardrails.dimension_value,
        guardrails.lower_bound,
        guardrails.upper_bound,
        key_results.objective_id,
        key_results.period_grain,
        key_results.start_date,
        case
            when key_results.ended_on is not null then key_results.ended_on
            when key_results.due_date < {{ as_of_date() }}
                then key_results.due_date
            else {{ as_of_date() }}
        end as day

    from guardrails

    inner join key_results
        on guardrails.key_result_id = key_results.key_result_id

),

final as (

    select
        dated.*,
        kpi_values.period_end,
        kpi_values.value,
        case
            when kpi_values.value is null then null
            when {{ is_inside(
                'kpi_values.value', 'dated.lower_bound', 'dated.upper_bound'
            ) }} then 0
            else 1
        end as is_outside,
        row_number() over (
            partition by
                dated.key_result_id, dated.guardrail_kpi_id, dated.dimension,
                dated.dimension_value
            order by kpi_values.period_end desc
        ) as periods_back

    from dated

    -- a period belongs to a key result by its end, as in its own history
    left join kpi_values
        on dated.guardrail_kpi_id = kpi_values.kpi_id
        and dated.period_grain = kpi_values.period_grain
        and dated.dimension = kpi_values.dimension
        and dated.dimension_value = kpi_values.dimension_value
        and dated.start_date <= kpi_values.period_end
        and dated.day >= kpi_values.period_end

)

select * from final
