{{ config(enabled=has_any_input(*covered_inputs())) }}

with

rows_of_days as (

    {% for input, days in covered_inputs().items() if staging_is_on(input) -%}
    select
        '{{ input }}' as input,
        {{ days[0] }} as calendar_date,
        count(*) as number_of_rows

    from {{ ref('stg_kpi__' ~ input) }}

    where
        row_status = 'accepted'
        and {{ days[0] }} <= {{ as_of_date() }}

    group by 2
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

with_next_day as (

    select
        *,
        lead(calendar_date) over (
            partition by input
            order by calendar_date
        ) as next_date,
        sum(number_of_rows) over (
            partition by input
            order by calendar_date
            rows between unbounded preceding and current row
        ) as rows_so_far,
        sum(number_of_rows) over (partition by input) as all_rows

    from rows_of_days

),

far_rows as (

    select
        *,
        row_number() over (
            partition by input
            order by calendar_date desc
        ) as gap_number

    from with_next_day

    where
        next_date > cast({{ dbt.dateadd(
            'year', rule_limit('far_from_the_rest', 'input_findings'), 'calendar_date'
        ) }} as date)
        and rows_so_far * 10 <= all_rows

),

final as (

    select
        {{ finding(
            'far_from_the_rest', say('objects', 'input', {'input': 'input'}), {
                'all': as_text('cast(all_rows as bigint)'), 'few': as_text('cast(rows_so_far as bigint)'),
                'last': day_text('calendar_date'), 'next': day_text('next_date'), 'first_day': as_text('next_date'),
            },
            topic='input_findings',
        ) }},
        input,
        cast(rows_so_far as {{ dbt.type_bigint() }}) as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from far_rows

    where gap_number = 1

)

select * from final
