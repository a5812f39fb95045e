{{ config(enabled=okr_is_on()) }}

with

guardrail_values as (

    select * from {{ ref('int_okr__guardrail_values') }}

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

summed as (

    select
        key_result_id,
        guardrail_kpi_id,
        dimension,
        dimension_value,
        objective_id,
        period_grain,
        lower_bound,
        upper_bound,
        start_date,
        day,
        max(case when periods_back = 1 then value end) as value,
        max(case when periods_back = 1 then period_end end) as value_date,
        max(case when periods_back = 1 then is_outside end) = 1 as is_breached,
        count(value) as periods_measured,
        coalesce(sum(is_outside), 0) as periods_breached,
        min(case when is_outside = 1 then period_end end)
            as first_breached_date

    from guardrail_values

    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10

),

final as (

    select
        summed.key_result_id,
        summed.objective_id,
        summed.guardrail_kpi_id,
        kpis.kpi_name,
        kpis.unit,
        summed.dimension,
        summed.dimension_value,
        summed.period_grain,
        cast(summed.value as numeric(38, 12)) as value,
        summed.value_date,
        cast(summed.lower_bound as numeric(38, 12)) as lower_bound,
        cast(summed.upper_bound as numeric(38, 12)) as upper_bound,
        summed.is_breached,
        cast(summed.periods_measured as bigint) as periods_measured,
        cast(summed.periods_breached as bigint) as periods_breached,
        summed.first_breached_date,
        {{ say_case('guardrails', {
            'before_start': 'summed.day < summed.start_date',
            'no_value': 'summed.value is null',
            'below': 'summed.value < summed.lower_bound',
            'above': 'summed.is_breached',
            'inside.no_lower': 'summed.lower_bound is null',
            'inside.no_upper': 'summed.upper_bound is null',
            'inside': none,
        }, {
            'start': day_text('summed.start_date'),
            'grain': word('period_grain', 'summed.period_grain'),
            'value': number_text('summed.value', 'kpis.unit'),
            'value_date': day_text('summed.value_date'),
            'low': number_text('summed.lower_bound', 'kpis.unit'),
            'high': number_text('summed.upper_bound', 'kpis.unit'),
        }) }}
        || case
            when summed.day < summed.start_date or summed.value is null then ''
            else {{ say_case('guardrails', {
                'breached': 'summed.periods_breached > 0',
                'never_breached': none,
            }, {
                'breached': as_text('summed.periods_breached'),
                'measured': as_text('summed.periods_measured'),
                'first_breached': day_text('summed.first_breached_date'),
            }) }}
        end as reason

    from summed

    inner join kpis on summed.guardrail_kpi_id = kpis.kpi_id

)

select * from final
