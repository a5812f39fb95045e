{{ config(enabled=has_input('okr_rule_exceptions')) }}

with

source as (

    {{ read_input('okr_rule_exceptions') }}

),

renamed as (

    select
        rule_id,
        object,
        reason,
        until as until_text,
        {{ try_cast('until', 'date') }} as until

    from source

),

with_force as (

    select
        *,
        rule_id is not null
        and object is not null
        and reason is not null
        and (until_text is null or coalesce(until >= {{ as_of_date() }}, false)) as is_running

    from renamed

),

final as (

    select
        rule_id,
        object,
        reason,
        until_text,
        until,
        -- of two for one object the longer holds
        is_running and row_number() over (
            partition by rule_id, object, is_running
            order by coalesce(until, cast('9999-12-31' as date)) desc, reason
        ) = 1 as is_in_force

    from with_force

)

select * from final
