{{ config(enabled=okr_is_on()) }}
{#- ratios that divide money; any other whose parts are whole numbers is one of counts #}
{%- set kpis, money_ratios = kpis_of(*kpi_marts()), ["''"] %}
{%- set money = kpis | selectattr('unit', 'equalto', 'currency') | map(attribute='id') | list %}
{%- for kpi in kpis if kpi.kind == 'ratio' %}
    {%- set words = modules.re.findall('[a-z0-9_]+', kpi.numerator ~ ' ' ~ kpi.denominator) %}
    {%- if words | select('in', money) | list %}
        {%- do money_ratios.append("'" ~ kpi.id ~ "'") %}
    {%- endif %}
{%- endfor %}

with

windows as (

    select * from {{ ref('int_okr__windows') }}

),

latest as (

    select * from {{ ref('int_okr__progress') }}

    where
        is_latest
        and actual_value is not null

),

actuals as (

    select * from {{ ref('int_okr__actuals') }}

),

looks as (

    select * from {{ ref('int_okr__looks') }}

    where is_at_start

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

series as (

    select * from {{ ref('int_okr__series') }}

),

-- a level then and now
changes as (

    select
        looks.key_result_id,
        then_values.value as value_at_start,
        now_values.value as value_now,
        now_values.value - then_values.value as change,
        now_values.period_number - then_values.period_number as periods,
        then_values.period_number as last_before_start

    from looks

    inner join latest on looks.key_result_id = latest.key_result_id

    inner join series as then_values -- noqa: AL07
        on looks.key_result_id = then_values.key_result_id
        and looks.origin_number = then_values.period_number

    inner join series as now_values -- noqa: AL07
        on looks.key_result_id = now_values.key_result_id
        and latest.value_date = now_values.period_end

    where looks.method = 'level'

),

-- all that went before the start, over as long
past_changes as (

    select
        changes.key_result_id,
        min(changes.value_at_start) as value_at_start,
        min(changes.value_now) as value_now,
        min(changes.periods) as periods,
        count(*) as cases,
        sum(
            case
                when changes.change >= 0 and ends.value - begins.value >= changes.change then 1
                when changes.change < 0 and ends.value - begins.value <= changes.change then 1
                else 0
            end
        ) as cases_as_far

    from changes

    inner join series as begins -- noqa: AL07
        on changes.key_result_id = begins.key_result_id

    inner join series as ends -- noqa: AL07
        on changes.key_result_id = ends.key_result_id
        and begins.period_number + changes.periods = ends.period_number
        and changes.last_before_start >= ends.period_number

    where
        begins.value is not null
        and ends.value is not null

    group by 1

),

-- the parts of a ratio of counts: of a level those of its period, of an average those of all
parts as (

    select
        windows.key_result_id,
        case
            when windows.method = 'average' then actuals.sum_of_numerators
            else series.numerator_to_date - coalesce(before_it.numerator_to_date, 0)
        end as hits,
        case
            when windows.method = 'average' then actuals.sum_of_denominators
            else series.denominator_to_date - coalesce(before_it.denominator_to_date, 0)
        end as size

    from windows

    inner join latest on windows.key_result_id = latest.key_result_id

    inner join kpis on windows.kpi_id = kpis.kpi_id

    inner join actuals
        on latest.key_result_id = actuals.key_result_id
        and latest.day = actuals.day

    left join series
        on latest.key_result_id = series.key_result_id
        and latest.value_date = series.period_end

    left join series as before_it -- noqa: AL07
        on series.key_result_id = before_it.key_result_id
        and series.period_number - 1 = before_it.period_number

    where
        windows.method != 'sum'
        and kpis.kind = 'ratio'
        and kpis.unit = 'ratio'
        and kpis.kpi_id not in ({{ money_ratios | join(', ') }})

),

counted as (

    select
        key_result_id,
        cast(hits as {{ type_double() }}) / size as share,
        cast(size as {{ type_double() }}) as size

    from parts

    where
        size > 0
        and hits between 0 and size
        and hits = round(hits)
        and size = round(size)

),

-- Wilson's interval of 95%
with_width as (

    select
        *,
        1.96e0 / (1 + 3.8416e0 / size) * sqrt(
            share * (1 - share) / size + 3.8416e0 / (4 * size * size)
        ) as half_width,
        (share + 3.8416e0 / (2 * size)) / (1 + 3.8416e0 / size) as centre

    from counted

),

final as (

    select
        windows.key_result_id,
        past_changes.value_at_start,
        past_changes.value_now,
        past_changes.periods,
        past_changes.cases,
        past_changes.cases_as_far,
        1e0 * past_changes.cases_as_far / past_changes.cases as share_as_far,
        cast(with_width.centre - with_width.half_width as numeric(38, 12)) as actual_low,
        cast(with_width.centre + with_width.half_width as numeric(38, 12)) as actual_high

    from windows

    left join past_changes
        on windows.key_result_id = past_changes.key_result_id
        and past_changes.cases >= 6

    left join with_width on windows.key_result_id = with_width.key_result_id

)

select * from final
