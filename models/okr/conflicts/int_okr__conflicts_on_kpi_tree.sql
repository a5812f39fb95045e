{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

pairs as (

    select * from {{ ref('int_okr__pairs') }}

),

paths as (

    select * from {{ ref('int_okr__kpi_paths') }}

),

-- where two ways have two signs the tree says nothing
connections as (

    select
        upper_kpi_id,
        lower_kpi_id,
        min(net_sign) as net_sign,
        min(steps) as steps

    from paths

    group by 1, 2

    having min(net_sign) = max(net_sign)

),

shortest_paths as (

    select
        connections.upper_kpi_id,
        connections.lower_kpi_id,
        connections.net_sign,
        min(paths.way) as way

    from connections

    inner join paths
        on connections.upper_kpi_id = paths.upper_kpi_id
        and connections.lower_kpi_id = paths.lower_kpi_id
        and connections.steps = paths.steps

    group by 1, 2, 3

),

final as (

    select
        'kpi_tree' as rule_id,
        pairs.key_result_id,
        pairs.other_key_result_id,
        {{ say_case(
            'conflicts',
            {'kpi_tree.rises': 'shortest_paths.net_sign = 1', 'kpi_tree.falls': none}, {
                'goal': 'pairs.goal', 'other_goal': 'pairs.other_goal',
                'upper': 'shortest_paths.upper_kpi_id', 'lower': 'shortest_paths.lower_kpi_id',
                'way': 'shortest_paths.way',
            },
        ) }} as message,
        {{ say('conflicts', 'kpi_tree', part='how_to_fix') }} as how_to_fix

    from pairs

    inner join shortest_paths
        on (
            pairs.kpi_id = shortest_paths.upper_kpi_id
            and pairs.other_kpi_id = shortest_paths.lower_kpi_id
        )
        or (
            pairs.kpi_id = shortest_paths.lower_kpi_id
            and pairs.other_kpi_id = shortest_paths.upper_kpi_id
        )

    where
        pairs.is_overlap_of_segments
        and pairs.direction * pairs.other_direction
        * shortest_paths.net_sign = -1

)

select * from final
