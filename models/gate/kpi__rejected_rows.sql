{{ config(enabled=gate_is_on()) }}
with

rejected_rows as (

    {{ union_of_staging() }}

),

final as (

    select
        input,
        source_name,
        row_key,
        reject_reason,
        raw_row

    from rejected_rows

    where row_status = 'rejected'

)

select * from final
