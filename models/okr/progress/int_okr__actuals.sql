{{ config(enabled=okr_is_on()) }}

with

days as (

    select * from {{ ref('int_okr__days') }}

),

key_results as (

    select * from {{ ref('int_okr__key_results') }}

),

kpi_values as (

    select * from {{ ref('kpi__values') }}

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

values_to_day as (

    select
        days.key_result_id,
        days.day,
        kpis.kind,
        kpi_values.numerator,
        kpi_values.denominator,
        kpi_values.value,
        -- one that the data enter or leave in its midst is no value of a period
        kpi_values.period_end <= days.day
        and kpi_values.is_complete_period as is_complete,
        case
            when kpi_values.period_end <= days.day
                then kpi_values.period_end
            else days.day
        end as value_date,
        {{ is_inside(
            'kpi_values.value', 'days.lower_bound', 'days.upper_bound'
        ) }} as is_inside,
        {{ is_inside(
            'kpi_values.value', 'days.original_lower_bound',
            'days.original_upper_bound',
        ) }} as is_inside_original,
        row_number() over (
            partition by days.key_result_id, days.day
            order by
                case
                    when
                        kpi_values.period_end <= days.day
                        and kpi_values.is_complete_period
                        and kpi_values.value is not null then 0
                    else 1
                end,
                kpi_values.period_end desc
        ) as recency

    from days

    inner join key_results on days.key_result_id = key_results.key_result_id

    inner join kpis on key_results.kpi_id = kpis.kpi_id

    inner join kpi_values
        on {{ same_kpi('key_results', 'kpi_values') }}
        and kpi_values.period_end >= key_results.start_date
        -- a running period counts for the sums, and only as of its own build
        and days.day >= kpi_values.period_start
        and (
            days.day >= kpi_values.period_end
            or days.day = {{ as_of_date() }}
        )

),

summed as (

    select
        key_result_id,
        day,
        max(case when recency = 1 and is_complete then value end)
            as last_value,
        max(case when recency = 1 and is_complete then value_date end)
            as last_value_date,
        sum(value) as sum_of_values,
        max(case when value is not null then value_date end)
            as last_sum_date,
        -- a period of which one part alone is known is in neither sum
        sum(case when denominator is not null then numerator end)
            as sum_of_numerators,
        sum(case when numerator is not null then denominator end)
            as sum_of_denominators,
        -- a decimal as the other values are: a float here would make all actuals floats
        cast(
            {{ exact_mean('case when is_complete then value end') }}
            as numeric(38, 12)
        ) as mean_of_values,
        sum(case when is_complete and value is not null then 1 else 0 end)
            as periods_measured,
        sum(
            case
                when is_complete and value is not null and is_inside then 1
                else 0
            end
        ) as periods_met,
        sum(
            case
                when is_complete and value is not null and is_inside_original
                    then 1
                else 0
            end
        ) as periods_met_original

    from values_to_day

    group by 1, 2

)

select * from summed
