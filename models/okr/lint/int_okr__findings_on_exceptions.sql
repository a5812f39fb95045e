{{ config(enabled=has_input('okr_rule_exceptions') or okr_is_on()) }}
{%- set names = {true: [], false: []} -%}
{%- for row in rule_rows() if execute and row.severity -%}
    {%- do names[row.stops_always].append(row.rule_id) -%}
{%- endfor %}

with

exceptions as (

    select
        *,
        {{ say('objects', 'exception', {'rule': or_empty('rule_id'), 'object': or_empty('object')}) }} as exception_name

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
            'rule_exception', 'exception_name',
            {'rule': 'rule_id', 'text': 'until_text', 'day': day_text('until'), 'reason': 'reason'},
            cases={
                'incomplete': 'rule_id is null or object is null or reason is null',
                'stops_always': "rule_id in ('" ~ names[true] | unique | join("', '") ~ "')",
                'unknown_rule': "rule_id not in ('" ~ names[false] | unique | join("', '") ~ "')",
                'until_unreadable': 'until is null',
                'over': none,
            },
        ) }}

    from exceptions

    where
        rule_id is null
        or object is null
        or reason is null
        or rule_id not in ('{{ names[false] | unique | join("', '") }}')
        or (until is null and until_text is not null)
        or until < {{ as_of_date() }}

)

select * from final
