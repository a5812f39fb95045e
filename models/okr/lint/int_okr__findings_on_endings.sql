{{ config(enabled=okr_is_on()) }}
{%- set reasons = rule_of('words', 'end_reason') | list -%}

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

endings as (

    select
        {{ say('objects', 'objective', {'id': 'objectives.objective_id'}) }} as object,
        objectives.ended_on_text,
        objectives.ended_on,
        objectives.end_reason,
        cycles.start_date as first_day,
        cycles.end_date as last_day

    from objectives

    left join cycles on objectives.cycle_id = cycles.cycle_id

    union all

    select
        {{ say('objects', 'key_result', {'id': 'key_results.key_result_id'}) }} as object,
        key_results.ended_on_text,
        key_results.ended_on,
        key_results.end_reason,
        coalesce(key_results.start_date, cycles.start_date) as first_day,
        coalesce(key_results.due_date, cycles.end_date) as last_day

    from key_results

    left join objectives on key_results.objective_id = objectives.objective_id

    left join cycles on objectives.cycle_id = cycles.cycle_id

),

final as (

    select
        {{ finding(
            'ended_on', 'object', {
                'text': 'ended_on_text', 'day': day_text('ended_on'),
                'first': day_text('first_day'), 'last': day_text('last_day'),
            },
            cases={'missing': 'ended_on_text is null', 'unreadable': 'ended_on is null', 'outside': none},
        ) }}

    from endings

    where
        (ended_on_text is null and end_reason is not null)
        or (ended_on_text is not null and ended_on is null)
        or ended_on < first_day
        or ended_on > last_day

    union all

    select
        {{ finding(
            'end_reason', 'object', {'word': 'end_reason', 'words': "'" ~ reasons | join(', ') ~ "'"},
            cases={'missing': 'end_reason is null', 'unknown': none},
        ) }}

    from endings

    where
        (ended_on_text is not null and end_reason is null)
        or end_reason not in ('{{ reasons | join("', '") }}') -- noqa: LT05

)

select * from final
