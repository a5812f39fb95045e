{#- grain: KPI x segment in trouble, and active key result on a KPI that is well -#}
{{ config(enabled=okr_is_on()) }}
{%- set columns_of_kpi = [
    'kpi_id', 'period_grain', 'period_start', 'period_end', 'dimension', 'dimension_value', 'value', 'edge', 'distance',
    'z', 'periods_in_trouble', 'in_trouble_since', 'money_at_stake', 'money_lost', 'health_reason',
] %}
{%- set figures = {
    'kpi': 'troubles.kpi_name || ' ~ segment_text('troubles.dimension', 'troubles.dimension_value'),
    'value': number_text('troubles.value', 'troubles.unit'),
    'edge': number_text('troubles.edge', 'troubles.unit'),
    'since': period_text('troubles.since_label', 'troubles.period_grain'),
    'money': number_text('round(troubles.money_lost)', "'currency'"),
    'grain': word('period_grain', 'troubles.period_grain'),
    'others': as_text('troubles.others_in_trouble'),
    'key_result': 'covers.key_result_id',
    'key_result_kpi': 'covers.kpi_name',
    'status': word('status', 'covers.status'),
} %}

with

troubles as (

    select * from {{ ref('int_okr__kpis_in_trouble') }}

),

covers as (

    select * from {{ ref('int_okr__troubles_covered') }}

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
        {{ columns_from(columns_of_kpi, 'troubles') }}
        troubles.others_in_trouble,
        covers.key_result_id as covered_by_key_result_id,
        {{ say('focus', 'trouble', figures) }}
        || case
            when troubles.edge is null then ''
            when troubles.is_outside_range then {{ say('focus', 'edge.of_range', figures) }}
            else {{ say('focus', 'edge', figures) }}
        end
        || case
            when troubles.money_lost >= 1 then {{ say('focus', 'money', figures) }}
            else ''
        end
        || '.'
        || case
            when troubles.others_in_trouble = 1 then {{ say('focus', 'others.one', figures) }}
            when troubles.others_in_trouble > 1 then {{ say('focus', 'others', figures) }}
            else ''
        end
        || case
            when covers.key_result_id is null then {{ say('focus', 'uncovered', figures) }}
            when covers.is_by_origin then {{ say('focus', 'covered.by_origin', figures) }}
            when covers.is_by_family then {{ say('focus', 'covered.by_family', figures) }}
            else {{ say('focus', 'covered', figures) }}
        end as message

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
        {{ columns_from(columns_of_kpi, 'healthy_kpis') }}
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
