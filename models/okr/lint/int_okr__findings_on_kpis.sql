{#- grain: use of a KPI that doesn't exist, or that can't be measured as asked -#}
{{ config(enabled=okr_is_on()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}

with

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

kpis as (

    select * from {{ ref('int_kpi__catalog') }}

),

uses as (

    select
        'key result ' || key_result_id as object,
        'kpi_id' as column_name,
        kpi_id,
        metric_type

    from key_results

    -- a milestone is reported, so it needs no KPI
    where metric_type != 'milestone' or kpi_id is not null

    union all

    select
        'objective ' || objective_id as object,
        'origin_kpi_id' as column_name,
        origin_kpi_id as kpi_id,
        null as metric_type

    from objectives

    where origin_kpi_id is not null

),

with_kpi as (

    select
        uses.*,
        kpis.kind

    from uses

    left join kpis on uses.kpi_id = kpis.kpi_id

),

unknown_kpis as (

    select
        with_kpi.*,
        kpis.kpi_id as nearest_kpi_id,
        row_number() over (
            partition by with_kpi.object, with_kpi.column_name
            order by
                {{ spelling_distance(
                    "coalesce(with_kpi.kpi_id, '')", 'kpis.kpi_id'
                ) }},
                kpis.kpi_id
        ) as nearness

    from with_kpi

    left join kpis on 1 = 1

    where with_kpi.kind is null

),

final as (

    select
        'unknown_kpi' as rule_id,
        object,
        column_name || ' {{ quote }}' || coalesce(kpi_id, '')
        || '{{ quote }} is not in the catalogue; did you mean {{ quote }}'
        || coalesce(nearest_kpi_id, '') || '{{ quote }}?' as message,
        'Write a kpi_id of kpi__catalog; a KPI stands there when its inputs are mapped.'
            as how_to_mend

    from unknown_kpis

    where nearness = 1

    union all

    select
        'sum_of_no_flow' as rule_id,
        object,
        'metric_type ' || metric_type || ' adds up periods, and {{ quote }}'
        || kpi_id
        || '{{ quote }} is a ' || kind as message,
        'Use average, or increase or decrease of the last period.'
            as how_to_mend

    from with_kpi

    where
        metric_type in ('cumulative', 'cumulative_at_most')
        and kind != 'flow'

    union all

    select
        'average_of_derived' as rule_id,
        object,
        'metric_type average needs a numerator and a denominator, and {{ quote }}'
        || kpi_id || '{{ quote }} is a formula over other KPIs' as message,
        'Use increase, decrease, at_least, at_most or range.' as how_to_mend

    from with_kpi

    where
        metric_type = 'average'
        and kind = 'derived'

)

select * from final
