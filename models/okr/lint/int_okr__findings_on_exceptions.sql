{{ config(enabled=has_input('okr_rule_exceptions') or okr_is_on()) }}
{%- set rules = (rule_rows() if execute else []) | selectattr('severity') | list -%}
{%- set fixed = rules | selectattr('stops_always') | map(attribute='rule_id') | unique -%}
{%- set free = rules | rejectattr('stops_always') | map(attribute='rule_id') | unique %}

with

exceptions as (

    select
        *,
        {{ say('objects', 'exception', {'rule': or_empty('rule_id'), 'object': or_empty('object')}) }} as name,
        rule_id is null or object is null or reason is null as is_incomplete,
        rule_id in ('{{ fixed | join("', '") }}') as stops_always, -- noqa: LT05
        rule_id not in ('{{ free | join("', '") }}') as has_none -- noqa: LT05

    from {{ optional_input('okr_rule_exceptions', {
        'rule_id': dbt.type_string(),
        'object': dbt.type_string(),
        'until': 'date',
        'until_text': dbt.type_string(),
        'reason': dbt.type_string(),
    }) }}

),

final as (

    select
        {{ finding(
            'rule_exception', 'name',
            {'rule': 'rule_id', 'text': 'until_text', 'day': day_text('until'), 'reason': 'reason'},
            cases={
                'incomplete': 'is_incomplete',
                'stops_always': 'stops_always',
                'unknown_rule': 'has_none',
                'until_unreadable': 'until is null',
                'over': none,
            },
        ) }}

    from exceptions

    where
        is_incomplete
        or has_none
        or (until is null and until_text is not null)
        or until < {{ as_of_date() }}

)

select * from final
