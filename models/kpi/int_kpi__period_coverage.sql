{#- grain: period grain x period: of each mapped input whether the period
    lacks all of its days, or a part, or (null) none -#}
{{ config(enabled=marts_are_on()) }}

with

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

coverage as (

    select
        {% for input in inputs_with_a_start() if staging_is_on(input) -%}
        {% for column in ['first_day', 'ended_day', 'missing_from_day'] -%}
        max(case when input = '{{ input }}' then {{ column }} end)
            as {{ input }}_{{ column }},
        {% endfor -%}
        {% endfor -%}
        count(*) as inputs

    from {{ ref('int_kpi__input_coverage') }}

),

final as (

    select
        periods.period_grain,
        periods.period_start
        {%- for input in inputs_with_a_start() if staging_is_on(input) %},
        case
            when periods.period_end < coverage.{{ input }}_first_day
                or periods.period_start > coverage.{{ input }}_ended_day
                then 'all'
            when periods.period_start < coverage.{{ input }}_first_day
                or periods.period_end >= coverage.{{ input }}_missing_from_day
                then 'part'
        end as gap_of_{{ input }}
        {%- endfor %}

    from periods

    cross join coverage

)

select * from final
