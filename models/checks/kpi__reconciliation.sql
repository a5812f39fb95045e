{#- grain: input -#}
with

staged_rows as (

    {{ union_of_staging() }}

),

counted as (

    select
        input,
        count(*) as source_rows,
        sum(case when row_status = 'after_as_of' then 1 else 0 end)
            as rows_after_as_of,
        sum(case when row_status != 'after_as_of' then 1 else 0 end)
            as rows_read,
        sum(case when row_status = 'accepted' then 1 else 0 end)
            as rows_accepted,
        sum(case when row_status = 'rejected' then 1 else 0 end)
            as rows_rejected,
        sum(case when row_status = 'duplicate' then 1 else 0 end)
            as duplicates_dropped,
        sum(
            case
                when row_status = 'accepted' and is_rate_carried then 1 else 0
            end
        ) as rows_with_carried_rate

    from staged_rows

    group by 1

),

final as (

    select
        *,
        {{ ratio('rows_rejected', 'rows_read') }} as reject_share

    from counted

)

select * from final
