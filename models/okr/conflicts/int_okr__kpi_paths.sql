{{ config(enabled=okr_is_on()) }}
{%- set longest = 5 -%}

with

kpi_tree as (

    select * from {{ kpi_tree_rows() }}

),

steps_1 as (

    select
        parent_kpi_id as upper_kpi_id,
        child_kpi_id as lower_kpi_id,
        cast(sign as integer) as net_sign,
        1 as steps,
        parent_kpi_id || ' < ' || child_kpi_id as way

    from kpi_tree

),

{% for steps in range(2, longest + 1) -%}
steps_{{ steps }} as (

    select
        shorter.upper_kpi_id,
        kpi_tree.child_kpi_id as lower_kpi_id,
        cast(shorter.net_sign * kpi_tree.sign as integer) as net_sign,
        {{ steps }} as steps,
        shorter.way || ' < ' || kpi_tree.child_kpi_id as way

    from steps_{{ steps - 1 }} as shorter -- noqa: AL07

    inner join kpi_tree on shorter.lower_kpi_id = kpi_tree.parent_kpi_id

),

{% endfor -%}
final as (

    {% for steps in range(1, longest + 1) -%}
    select * from steps_{{ steps }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
