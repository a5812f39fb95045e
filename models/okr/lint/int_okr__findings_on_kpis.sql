{{ config(enabled=okr_is_on()) }}

with

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

staged_key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

kpis as (

    select
        *,
        -- costs without a wish of their own too
        desired_direction = 'down'
        or kpi_id in ('marketing_spend', 'cost_of_revenue', 'variable_costs') as is_better_low

    from {{ ref('int_kpi__catalog') }}

),

key_results as (

    select
        staged_key_results.kpi_id,
        staged_key_results.metric_type,
        kpis.kind,
        kpis.is_better_low,
        coalesce(staged_key_results.due_date, cycles.end_date) as last_day,
        cycles.cycle_id is not null as has_cycle,
        {{ say('objects', 'key_result', {'id': 'staged_key_results.key_result_id'}) }} as object

    from staged_key_results

    left join kpis on staged_key_results.kpi_id = kpis.kpi_id

    left join objectives on staged_key_results.objective_id = objectives.objective_id

    left join cycles on objectives.cycle_id = cycles.cycle_id

),

uses as (

    select
        object,
        'kpi_id' as column_name,
        coalesce(kpi_id, '') as used_name

    from key_results

    -- a milestone is reported, so it needs no KPI
    where metric_type != 'milestone' or kpi_id is not null

    union all

    select
        {{ say('objects', 'objective', {'id': 'objective_id'}) }} as object,
        'origin_kpi_id' as column_name,
        origin_kpi_id as used_name

    from objectives

    where origin_kpi_id is not null

),

known_names as (

    select kpi_id as known_name from kpis

),

unknown_kpis as (

    {{ unknown_names('uses', 'known_names') }}

),

final as (

    select
        {{ finding(
            'unknown_kpi', 'object', {'column': 'column_name', 'kpi': 'used_name', 'nearest': 'nearest_name'},
        ) }}

    from unknown_kpis

    union all

    select
        {{ finding(
            'sum_of_no_flow', 'object',
            {'type': 'metric_type', 'kpi': 'kpi_id', 'kind': word('kind', 'kind')},
        ) }}

    from key_results

    where
        metric_type in ('cumulative', 'cumulative_at_most')
        and kind != 'flow'

    union all

    select
        {{ finding('average_of_derived', 'object', {'kpi': 'kpi_id'}) }}

    from key_results

    where
        metric_type = 'average'
        and kind = 'derived'

    union all

    select
        {{ finding('sum_of_costs', 'object', {'kpi': 'kpi_id'}, last_day='last_day') }}

    from key_results

    where
        metric_type = 'cumulative'
        and is_better_low
        and has_cycle

)

select * from final
