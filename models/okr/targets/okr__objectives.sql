{#- grain: objective; one of a closed cycle as it was at its close -#}
{{ config(enabled=okr_is_on()) }}
{%- set columns = [
    'objective_id', 'cycle_id', 'parent_objective_id', 'parent_key_result_id',
    'origin_kpi_id', 'objective_name', 'level', 'owner', 'objective_type',
    'priority', 'weight', 'ended_on', 'end_reason'
] %}

with

facts as (

    select * from {{ ref('int_okr__objective_facts') }}

),

frozen as (

    select * from {{ ref('int_okr__frozen_objectives') }}

),

all_rows as (

    select
        {% for column in columns -%}
        facts.{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from facts

    left join frozen on facts.objective_id = frozen.objective_id

    where frozen.objective_id is null

    union all

    select
        {% for column in columns -%}
        {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from frozen

),

final as (

    select
        all_rows.objective_id,
        all_rows.cycle_id,
        -- null where the parent's row is gone
        parents.objective_id as parent_objective_id,
        all_rows.parent_key_result_id,
        all_rows.origin_kpi_id,
        all_rows.objective_name,
        all_rows.level,
        all_rows.owner,
        all_rows.objective_type,
        all_rows.priority,
        all_rows.weight,
        all_rows.ended_on,
        all_rows.end_reason

    from all_rows

    left join all_rows as parents -- noqa: AL07
        on all_rows.parent_objective_id = parents.objective_id

)

select * from final
