{{ config(enabled=feeds('zendesk', 'support_tickets')) }}

with

tickets as (

    select * from {{ ref('int_zendesk__tickets') }}

),

final as (

    select
        'zendesk' as source_name,
        cast(opened_at as date) as opened_date,
        cast(count(*) as {{ dbt.type_bigint() }}) as rows_read,
        cast(count(customer_id) as {{ dbt.type_bigint() }}) as rows_matched,
        {{ ratio('count(customer_id)', 'count(*)') }} as match_rate

    from tickets

    group by cast(opened_at as date)

)

select * from final
