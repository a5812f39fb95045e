{{ config(enabled=input_mapping() != {} or marts_are_on()) }}
with

numbers as (

    {{ number_series(32768) }}

),

final as (

    select
        cast({{ dbt.dateadd(
            'day',
            'cast(generated_number as integer) - 1',
            "cast('1970-01-01' as date)",
        ) }} as date) as calendar_date

    from numbers

    where
        generated_number - 1 <= {{ dbt.datediff(
            "cast('1970-01-01' as date)", as_of_date(), 'day'
        ) }}

)

select * from final
