{{ config(enabled=okr_is_on()) }}
{#- the words that a column may hold; none stands for one that may be empty -#}
{%- set words = {
    ('cycles', 'cycle_id', 'cadence'): ['annual', 'quarterly', 'custom'],
    ('objectives', 'objective_id', 'level'): ['company', 'department', 'team', 'product'],
    ('objectives', 'objective_id', 'objective_type'): ['committed', 'aspirational'],
    ('key_results', 'key_result_id', 'metric_type'): [
        'increase', 'decrease', 'cumulative', 'cumulative_at_most', 'average', 'at_least', 'at_most', 'range',
        'milestone',
    ],
    ('key_results', 'key_result_id', 'period_grain'): setting('period_grains'),
    ('key_results', 'key_result_id', 'indicator_type'): ['leading', 'lagging', none],
} -%}
{#- a mart of the user's may have dimensions of its own -#}
{%- do words.update({('key_results', 'key_result_id', 'dimension'): ['total'] + dimension_names()})
    if not setting('custom_kpis') -%}

with

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

key_result_targets as (

    select * from {{ ref('stg_okr__key_result_targets') }}

),

ids as (

    select
        'cycles' as input,
        'cycle_id' as column_name,
        cycle_id as id

    from cycles

    union all

    select
        'objectives' as input,
        'objective_id' as column_name,
        objective_id as id

    from objectives

    union all

    select
        'key_results' as input,
        'key_result_id' as column_name,
        key_result_id as id

    from key_results

),

id_uses as (

    select
        'cycles' as input,
        cycle_id as row_id,
        'parent_cycle_id' as column_name,
        parent_cycle_id as id,
        'cycles' as listed_in

    from cycles

    where parent_cycle_id is not null

    union all

    select
        'objectives' as input,
        objective_id as row_id,
        'cycle_id' as column_name,
        cycle_id as id,
        'cycles' as listed_in

    from objectives

    union all

    select
        'objectives' as input,
        objective_id as row_id,
        'parent_objective_id' as column_name,
        parent_objective_id as id,
        'objectives' as listed_in

    from objectives

    where parent_objective_id is not null

    union all

    select
        'objectives' as input,
        objective_id as row_id,
        'parent_key_result_id' as column_name,
        parent_key_result_id as id,
        'key_results' as listed_in

    from objectives

    where parent_key_result_id is not null

    union all

    select
        'key_results' as input,
        key_result_id as row_id,
        'objective_id' as column_name,
        objective_id as id,
        'objectives' as listed_in

    from key_results

    union all

    select
        'key_result_targets' as input,
        key_result_id as row_id,
        'key_result_id' as column_name,
        key_result_id as id,
        'key_results' as listed_in

    from key_result_targets

    union all

    select
        'phased_targets' as input,
        key_result_id as row_id,
        'key_result_id' as column_name,
        key_result_id as id,
        'key_results' as listed_in

    from {{ optional_input('okr_phased_targets', {'key_result_id': dbt.type_string()}) }}

    union all

    select
        'check_ins' as input,
        key_result_id as row_id,
        'key_result_id' as column_name,
        key_result_id as id,
        'key_results' as listed_in

    from {{ optional_input('okr_check_ins', {'key_result_id': dbt.type_string()}) }}

),

final as (

    select
        {{ finding(
            'duplicate_id', say('objects', 'id', {'column': 'column_name', 'id': or_empty('id')}),
            {'input': 'input', 'count': as_text('count(*)')},
        ) }}

    from ids

    group by
        input,
        column_name,
        id

    having
        count(*) > 1
        or id is null

    union all

    select
        {{ finding(
            'unknown_id', say('objects', 'row', {'input': 'id_uses.input', 'id': or_empty('id_uses.row_id')}),
            {'column': 'id_uses.column_name', 'id': "coalesce(id_uses.id, '')", 'input': 'id_uses.listed_in'},
        ) }}

    from id_uses

    left join ids
        on id_uses.listed_in = ids.input
        and id_uses.id = ids.id

    where ids.id is null

    {% for (input, id, column), allowed in words.items() -%}
    union all

    select
        {{ finding(
            'unknown_word', say('objects', 'id', {'column': "'" ~ id ~ "'", 'id': id}), {
                'column': "'" ~ column ~ "'", 'word': 'coalesce(' ~ column ~ ", '')",
                'words': "'" ~ allowed | select | join(', ') ~ "'",
            },
        ) }}

    from {{ input }}

    where
        coalesce({{ column }}, '') not in (
            '{{ allowed | map("default", "", true) | join("', '") }}' -- noqa: LT05
        )

    {% endfor %}
)

select * from final
