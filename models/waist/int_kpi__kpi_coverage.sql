{{ config(enabled=marts_are_on()) }}

{#- a KPI, an input that it needs, and how many periods back; a growth needs what it is the growth of, now and before.
    Without an entry `needs` these are inputs and any_input of our own KPIs, and none of the user's -#}
{%- set rows = [] -%}
{#- the year ago (-1) is found by the calendar; a policy says all else -#}
{%- set fixed_periods_back = {'previous': 1, 'year_ago': -1} -%}
{%- for mart in kpi_marts() -%}
    {%- for kpi in kpis_of(mart) -%}
        {%- set own = kpi.get('inputs', []) + kpi.get('any_input', []) if mart not in setting('custom_kpis') else [] -%}
        {%- for input in inputs_with_coverage(kpi.needs if kpi.needs is defined else own) -%}
            {%- do rows.append((kpi.id, input, 'null')) -%}
            {%- do rows.extend([(kpi.growth, input, 'null'), (kpi.growth, input, 1)]) if kpi.growth -%}
        {%- endfor -%}
        {%- for key, needs in kpi.get('needs_before', {}).items() -%}
            {%- set periods_back = fixed_periods_back[key] if key in fixed_periods_back else policy(key) or 'null' -%}
            {%- for input in inputs_with_coverage(needs) -%}
                {%- do rows.append((kpi.id, input, periods_back)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endfor %}

with

needs as (

    select
        cast(null as {{ dbt.type_string() }}) as kpi_id,
        cast(null as {{ dbt.type_string() }}) as input,
        cast(null as integer) as periods_back
    {%- for kpi_id, input, number in rows %}

    union all

    select '{{ kpi_id }}', '{{ input }}', {{ number }}
    {%- endfor %}

),

coverage as (

    select * from {{ optional_model(
        'int_kpi__input_coverage', any_staging_is_on(), columns={
            'input': dbt.type_string(), 'first_day': 'date', 'ended_day': 'date', 'missing_from_day': 'date',
            'max_age_days': 'integer',
        },
    ) }}

),

needed as (

    select
        needs.kpi_id,
        needs.periods_back,
        coverage.input,
        coverage.first_day,
        coverage.ended_day,
        coverage.missing_from_day,
        coverage.max_age_days,
        -- of inputs that ended, the one that ended first
        row_number() over (
            partition by needs.kpi_id
            order by
                case when coverage.ended_day is null then 1 else 0 end,
                coverage.ended_day,
                coverage.input
        ) as end_number

    from needs

    inner join coverage on needs.input = coverage.input

),

final as (

    select
        kpi_id,
        max(case when periods_back is null then first_day end) as first_day,
        min(case when periods_back is null then ended_day end) as ended_day,
        min(case when periods_back is null then missing_from_day end)
            as missing_from_day,
        max(periods_back) as periods_back,
        max(case when periods_back is not null then first_day end)
            as earlier_first_day,
        min(case when periods_back is not null then ended_day end)
            as earlier_ended_day,
        min(case when periods_back is not null then missing_from_day end)
            as earlier_missing_from_day,
        max(case when end_number = 1 and ended_day is not null then input end)
            as ended_input,
        max(case when end_number = 1 then ended_day end) as ended_input_day,
        max(case when end_number = 1 then max_age_days end)
            as ended_input_max_age_days

    from needed

    group by 1

)

select * from final
