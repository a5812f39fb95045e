{# The end of a lineage query: what each row counts on each side. #}
{% macro lineage_final(sides) -%}
sides as (

{{ sides | join('\n\n    union all\n\n') }}

),

final as (

    select
        sides.side,
        sides.measure,
        sides.input,
        sides.row_key,
        sides.row_date,
        sides.period_start,
        cast(sum(sides.contribution) as numeric(38, 12)) as contribution

    from sides

    inner join periods on sides.period_start = periods.period_start

    -- a part that isn't known in a period counts in no sum
    where
        (sides.side = 'numerator' and periods.has_numerator)
        or (sides.side = 'denominator' and periods.has_denominator)

    group by 1, 2, 3, 4, 5, 6

    having sum(sides.contribution) != 0

)

select * from final

order by side desc, period_start, measure, row_date, row_key
{%- endmacro %}
