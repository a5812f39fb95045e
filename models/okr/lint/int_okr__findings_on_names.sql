{#- grain: name in okr_guardrails or kpi_tree that nothing has -#}
{{ config(enabled=okr_is_on()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}

with

guardrails as (

    select * from {{ guardrail_rows() }}

),

kpi_tree as (

    select * from {{ kpi_tree_rows() }}

),

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

kpis as (

    select * from {{ ref('int_kpi__catalog') }}

),

uses as (

    {% for column, listed_in in {
        'key_result_id': 'okr_key_results', 'guardrail_kpi_id': 'kpi__catalog'
    }.items() -%}
    select
        {{ guardrail_name() }} as object,
        '{{ column }}' as column_name,
        coalesce({{ column }}, '') as used_name,
        '{{ listed_in }}' as listed_in

    from guardrails

    union all

    {% endfor -%}
    {% for column in ['parent_kpi_id', 'child_kpi_id'] -%}
    select
        {{ branch_name() }} as object,
        '{{ column }}' as column_name,
        coalesce({{ column }}, '') as used_name,
        'kpi__catalog' as listed_in

    from kpi_tree

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

known_names as (

    select
        key_result_id as known_name,
        'okr_key_results' as listed_in

    from key_results

    union all

    select
        kpi_id as known_name,
        'kpi__catalog' as listed_in

    from kpis

),

unknown_names as (

    select
        uses.*,
        nearest.known_name as nearest_name,
        row_number() over (
            partition by uses.object, uses.column_name, uses.used_name
            order by
                {{ spelling_distance('uses.used_name', 'nearest.known_name') }},
                nearest.known_name
        ) as nearness

    from uses

    left join known_names
        on uses.listed_in = known_names.listed_in
        and uses.used_name = known_names.known_name

    left join known_names as nearest -- noqa: AL07
        on uses.listed_in = nearest.listed_in

    where known_names.known_name is null

),

final as (

    select
        case
            when listed_in = 'kpi__catalog' then 'unknown_kpi'
            else 'unknown_id'
        end as rule_id,
        object,
        column_name || ' {{ quote }}' || used_name || '{{ quote }} is not in ' || listed_in
        || '; did you mean {{ quote }}' || coalesce(nearest_name, '') || '{{ quote }}?'
            as message,
        'Write an id of ' || listed_in || '.' as how_to_mend

    from unknown_names

    where nearness = 1

)

select * from final
