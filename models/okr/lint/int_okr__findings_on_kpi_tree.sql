{#- grain: row of kpi_tree that can't be meant, and KPI that goes round in a circle -#}
{{ config(enabled=okr_is_on()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}
{%- set relations = [
    'sum', 'difference', 'product', 'ratio_numerator', 'ratio_denominator',
    'influence'
] -%}
{%- set steps = 10 -%}

with

kpi_tree as (

    select
        *,
        {{ branch_name() }} as object

    from {{ kpi_tree_rows() }}

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
        'kpi_tree_word' as rule_id,
        object,
        'relation {{ quote }}' || coalesce(relation, '') || '{{ quote }} isn{{ quote }}t valid' as message,
        'Write one of: {{ relations | join(", ") }}.' as how_to_mend

    from kpi_tree

    where coalesce(relation, '') not in ('{{ relations | join("', '") }}') -- noqa: LT05

    union all

    select
        'kpi_tree_sign' as rule_id,
        object,
        'its sign is neither 1 nor -1' as message,
        'Write 1 where the parent rises with the child, -1 where it falls.'
            as how_to_mend

    from kpi_tree

    where coalesce(sign, 0) not in (1, -1)

    union all

    select
        'kpi_tree_circle' as rule_id,
        'kpi_tree, ' || parent_kpi_id as object,
        'it goes round in a circle and comes back to itself' as message,
        'Remove a row of the circle: a KPI is not made of itself.'
            as how_to_mend

    from reached_in_{{ steps }}

    where parent_kpi_id = child_kpi_id

)

select * from final
