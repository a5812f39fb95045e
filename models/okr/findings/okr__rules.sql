{{ config(enabled=any_input_is_mapped()) }}

with

rules as (

    {% for row in (rule_rows() if execute else [{'topic': ''}]) -%}
    select
        {% for column in ['topic', 'rule_id', 'rule_case', 'severity', 'allowed_severities', 'message', 'how_to_fix'] -%}
        {{ setting_literal(row.get(column)) }} as {{ column }},
        {% endfor -%}
        {{ row.limit | default('null', true) }} as limit_value,
        {{ row.is_on }} as is_on

    {{ 'union all' if not loop.last }}

    {% endfor %}
),

final as (

    select
        topic,
        rule_id,
        rule_case,
        severity,
        allowed_severities,
        cast(limit_value as numeric(28, 6)) as limit_value,
        is_on,
        message,
        how_to_fix

    from rules

)

select * from final
