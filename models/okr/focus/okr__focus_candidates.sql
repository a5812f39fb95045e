{#- grain: KPI x segment in trouble, and active key result on a KPI that is well -#}
{{ config(enabled=okr_is_on()) }}

with

troubles as (

    select * from {{ ref('int_okr__kpis_in_trouble') }}

),

covers as (

    select * from {{ ref('int_okr__covers') }}

),

healthy_kpis as (

    select * from {{ ref('int_okr__kpis_now') }}

    where health = 'healthy'

),

key_results as (

    select * from {{ ref('okr__key_result_attainment') }}

    where
        metric_type in ('increase', 'decrease', 'cumulative', 'average')
        and start_date <= {{ as_of_date() }}
        and due_date >= {{ as_of_date() }}
        and status != 'closed'

),

candidates as (

    select
        'kpi_in_trouble' as finding,
        row_number() over (
            order by
                case when troubles.money_lost is null then 1 else 0 end asc,
                troubles.money_lost desc,
                coalesce(abs(troubles.z), 0) desc,
                troubles.in_trouble_since asc,
                troubles.kpi_id asc,
                troubles.dimension asc,
                troubles.dimension_value asc
        ) as rank,
        troubles.kpi_name,
        {%- for column in focus_columns() %}
        troubles.{{ column }},
        {%- endfor %}
        troubles.others_in_trouble,
        covers.key_result_id as covered_by_key_result_id,
        {{ focus_message() }} as message

    from troubles

    left join covers
        on troubles.kpi_id = covers.kpi_id
        and troubles.dimension = covers.dimension
        and troubles.dimension_value = covers.dimension_value

    union all

    select
        'key_result_on_healthy_kpi' as finding,
        null as rank,
        key_results.kpi_name,
        {%- for column in focus_columns() %}
        healthy_kpis.{{ column }},
        {%- endfor %}
        null as others_in_trouble,
        key_results.key_result_id as covered_by_key_result_id,
        {{ say('focus', 'healthy', {
            'kpi': 'key_results.kpi_name || ' ~ segment_text(
                'healthy_kpis.dimension', 'healthy_kpis.dimension_value'
            ),
            'key_result': 'key_results.key_result_id',
        }) }} as message

    from key_results

    inner join healthy_kpis
        on key_results.kpi_id = healthy_kpis.kpi_id
        and key_results.dimension = healthy_kpis.dimension
        and key_results.dimension_value = healthy_kpis.dimension_value

),

final as (

    select
        finding,
        cast(rank as integer) as rank,
        kpi_id,
        kpi_name,
        period_grain,
        period_start,
        period_end,
        dimension,
        dimension_value,
        value,
        edge,
        distance,
        z,
        periods_in_trouble,
        in_trouble_since,
        cast(money_at_stake as numeric(38, 12)) as money_at_stake,
        money_lost,
        cast(others_in_trouble as bigint) as others_in_trouble,
        covered_by_key_result_id,
        health_reason,
        message

    from candidates

    where
        rank is null
        or rank <= 10

)

select * from final
