{{ config(enabled=okr_is_on(), materialized='ephemeral') }}
{#- each column with its name in the seed, and its kind -#}
{%- set closed = {
    'key_result': {
        'input': 'okr_key_results', 'closed_on': 'day', 'columns': {
            'objective_id': ('objective_id', 'text'),
            'key_result_name': ('name', 'text'), 'owner': ('owner', 'text'),
            'kpi_id': ('kpi_id', 'text'), 'dimension': ('dimension', 'text'),
            'dimension_value': ('dimension_value', 'text'),
            'period_grain': ('period_grain', 'text'),
            'metric_type': ('metric_type', 'text'), 'weight': ('weight', 'number'),
            'start_date': ('start_date', 'day'), 'due_date': ('due_date', 'day'),
            'ended_on': ('ended_on', 'day'), 'end_reason': ('end_reason', 'text'),
            'seeded_baseline_value': ('baseline_value', 'number'),
            'target_value': ('target_value', 'number'),
            'original_target_value': ('first_target_value', 'number'),
            'lower_bound': ('lower_bound', 'number'),
            'upper_bound': ('upper_bound', 'number'),
        },
    },
    'objective': {
        'input': 'okr_objectives', 'closed_on': 'cycle_end_date', 'columns': {
            'cycle_id': ('cycle_id', 'text'), 'objective_name': ('name', 'text'),
            'parent_objective_id': ('parent', 'text'), 'owner': ('owner', 'text'),
            'level': ('level', 'text'),
            'objective_type': ('objective_type', 'text'),
            'weight': ('weight', 'number'), 'ended_on': ('ended_on', 'day'),
            'cycle_name': ('cycle_name', 'text'),
            'end_reason': ('end_reason', 'text'),
            'cycle_start_date': ('cycle_start_date', 'day'),
            'cycle_end_date': ('cycle_end_date', 'day'),
            'number_of_key_results': ('number_of_key_results', 'count'),
        },
    },
} -%}

with

frozen_key_results as (

    select * from {{ ref('int_okr__frozen_key_results') }}

),

key_results as (

    select * from {{ ref('int_okr__key_result_facts') }}

),

frozen_objectives as (

    select * from {{ ref('int_okr__frozen_objectives') }}

),

objectives as (

    select * from {{ ref('int_okr__objective_facts') }}

),

changes as (

    {% for thing, of in closed.items() -%}
    select
        {{ say('objects', thing, {'id': 'frozen.' ~ thing ~ '_id'}) }} as object,
        frozen.{{ of.closed_on }} as closed_on,
        '{{ of.input }}' as input,
        frozen.is_deleted,
        {% for column, (name, kind) in of.columns.items() -%}
        {%- set texts = [] -%}
        {%- for value in ['frozen.' ~ column, 'now.' ~ column] -%}
            {%- do texts.append({
                'number': number_text(value), 'count': number_text(value, "'count'"), 'day': day_text(value), 'text': value,
            }[kind]) -%}
        {%- endfor -%}
        case
            when ({{ differ('frozen.' ~ column, 'now.' ~ column) }})
                then '; ' || {{ say('objects', 'change', {
                    'column': "'" ~ name ~ "'",
                    'before': 'coalesce(' ~ texts[0] ~ ', ' ~ say('objects', 'nothing') ~ ')',
                    'now': 'coalesce(' ~ texts[1] ~ ', ' ~ say('objects', 'nothing') ~ ')',
                }) }}
            else ''
        end {{ '||' if not loop.last }}
        {% endfor %}
            as changes

    from frozen_{{ thing }}s as frozen -- noqa: AL07

    left join {{ thing }}s as now -- noqa: AL07
        on frozen.{{ thing }}_id = now.{{ thing }}_id

    {{ 'union all' if not loop.last }}

    {% endfor %}
),

final as (

    select
        {{ finding(
            'closed_row_changed', 'object',
            {'day': day_text('closed_on'), 'input': 'input', 'changes': 'substring(changes, 3)'},
            cases={'deleted': 'is_deleted', 'changed': none},
        ) }}

    from changes

    where
        is_deleted
        or changes != ''

)

select * from final
