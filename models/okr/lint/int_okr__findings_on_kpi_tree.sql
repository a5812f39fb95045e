{{ config(enabled=okr_is_on()) }}
{%- set relations = [
    'sum', 'difference', 'product', 'ratio_numerator', 'ratio_denominator',
    'influence'
] -%}
{%- set steps = 10 -%}

with

kpis as (

    select * from {{ ref('int_kpi__catalog') }}

),

kpi_tree as (

    select
        *,
        {{ say('objects', 'branch', {'parent': or_empty('parent_kpi_id'), 'child': or_empty('child_kpi_id')}) }}
            as object

    from {{ kpi_tree_rows() }}

),

uses as (

    select
        object,
        'parent_kpi_id' as column_name,
        coalesce(parent_kpi_id, '') as used_name

    from kpi_tree

    union all

    select
        object,
        'child_kpi_id' as column_name,
        coalesce(child_kpi_id, '') as used_name

    from kpi_tree

),

known_names as (

    select kpi_id as known_name from kpis

),

unknown_kpis as (

    {{ unknown_names('uses', 'known_names') }}

),

-- staying where one is keeps short ways in view while long ones grow
moves as (

    select
        parent_kpi_id,
        child_kpi_id

    from kpi_tree

    union all

    select
        parent_kpi_id,
        parent_kpi_id as child_kpi_id

    from kpi_tree

    union all

    select
        child_kpi_id as parent_kpi_id,
        child_kpi_id

    from kpi_tree

),

reached_in_1 as (

    select distinct
        parent_kpi_id,
        child_kpi_id

    from kpi_tree

),

{% for step in range(2, steps + 1) -%}
reached_in_{{ step }} as (

    select distinct
        reached.parent_kpi_id,
        moves.child_kpi_id

    from reached_in_{{ step - 1 }} as reached -- noqa: AL07

    inner join moves on reached.child_kpi_id = moves.parent_kpi_id

),

{% endfor -%}
final as (

    select
        {{ finding(
            'kpi_tree_word', 'object',
            {'word': "coalesce(relation, '')", 'words': "'" ~ relations | join(', ') ~ "'"},
        ) }}

    from kpi_tree

    where coalesce(relation, '') not in ('{{ relations | join("', '") }}') -- noqa: LT05

    union all

    select
        {{ finding('kpi_tree_sign', 'object') }}

    from kpi_tree

    where coalesce(sign, 0) not in (1, -1)

    union all

    select
        {{ finding('kpi_tree_circle', say('objects', 'kpi_of_tree', {'kpi': 'parent_kpi_id'})) }}

    from reached_in_{{ steps }}

    where parent_kpi_id = child_kpi_id

    union all

    select
        {{ finding('unknown_kpi.nearest', 'object', {
            'column': 'column_name', 'name': 'used_name', 'nearest': 'nearest_name', 'table': "'kpi__catalog'",
        }) }}

    from unknown_kpis

)

select * from final
