{#- grain: mapped input that has no row -#}
{{ config(enabled=any_staging_is_on()) }}

with

reconciliation as (

    select * from {{ ref('kpi__reconciliation') }}

),

final as (

    select
        'empty_input' as rule_id,
        'warning' as severity,
        input,
        'input ' || input as object,
        'it is mapped, and its relation has no row' as message,
        'Look for a join or a filter in its view that loses every row, or leave the input out of okr_metrics_inputs.'
            as how_to_mend,
        source_rows as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from reconciliation

    where source_rows = 0

)

select * from final
