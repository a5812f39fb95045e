{#- grain: key result whose sum must be reached, of a KPI of which less is better -#}
{{ config(enabled=okr_is_on()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}
{#- costs without a wish of their own -#}
{%- set costs = ['marketing_spend', 'cost_of_revenue', 'variable_costs'] -%}

with

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

    where metric_type = 'cumulative'

),

kpis as (

    select * from {{ ref('int_kpi__catalog') }}

    where
        desired_direction = 'down'
        or kpi_id in ('{{ costs | join("', '") }}') -- noqa: LT05

),

final as (

    select
        'sum_of_costs' as rule_id,
        {{ severity_until('coalesce(key_results.due_date, cycles.end_date)') }}
            as severity,
        'key result ' || key_results.key_result_id as object,
        'metric_type cumulative wants {{ quote }}' || key_results.kpi_id
        || '{{ quote }} to reach its target, and less of it is better'
            as message,
        'Use cumulative_at_most, where the target is a ceiling such as a budget.'
            as how_to_mend

    from key_results

    inner join kpis on key_results.kpi_id = kpis.kpi_id

    inner join objectives on key_results.objective_id = objectives.objective_id

    inner join cycles on objectives.cycle_id = cycles.cycle_id

)

select * from final
