{#- grain: value of a target that its KPI can't reach, whatever happens -#}
{{ config(enabled=okr_is_on()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}
{%- set numbers = [
    'baseline_value', 'target_value', 'commit_value', 'stretch_value',
    'lower_bound', 'upper_bound'
] -%}

with

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

targets as (

    select * from {{ ref('stg_okr__key_result_targets') }}

),

kpis as (

    select
        kpi_id,
        unit,
        cast(lowest_possible as numeric(28, 10)) as lowest_possible,
        cast(highest_possible as numeric(28, 10)) as highest_possible

    from {{ ref('int_kpi__catalog') }}

),

target_values as (

    {% for column in numbers -%}
    select
        key_result_id,
        '{{ column }}' as column_name,
        {{ column }} as target_number

    from targets

    where {{ column }} is not null

    {{ 'union all' if not loop.last }}

    {% endfor %}
),

with_limits as (

    select
        target_values.key_result_id,
        target_values.column_name,
        target_values.target_number,
        kpis.kpi_id,
        kpis.lowest_possible,
        kpis.highest_possible,
        kpis.unit = 'ratio'
        and {{ is_inside(
            'target_values.target_number / 100', 'kpis.lowest_possible',
            'kpis.highest_possible',
        ) }} as is_percentage

    from target_values

    inner join key_results
        on target_values.key_result_id = key_results.key_result_id

    inner join kpis on key_results.kpi_id = kpis.kpi_id

    -- a sum goes beyond its periods' limits, a milestone has none
    where
        key_results.metric_type
        not in ('cumulative', 'cumulative_at_most', 'milestone')

),

final as (

    select
        'impossible_value' as rule_id,
        'key result ' || key_result_id as object,
        column_name || ' ' || {{ number_text('target_number') }}
        || case
            when target_number < lowest_possible
                then ' is below ' || {{ number_text('lowest_possible') }}
                    || ', the lowest that {{ quote }}'
            else ' is above ' || {{ number_text('highest_possible') }}
                || ', the highest that {{ quote }}'
        end || kpi_id || '{{ quote }} can be'
        || case
            when is_percentage
                then '; is ' || {{ number_text('target_number / 100') }} || ' meant?'
            else ''
        end as message,
        'Write a value that the KPI can have; 5% is 0.05.' as how_to_mend

    from with_limits

    where
        target_number < lowest_possible
        or target_number > highest_possible

)

select * from final
