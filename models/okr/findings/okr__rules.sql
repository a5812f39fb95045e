{{ config(enabled=gate_is_on()) }}
{%- set text = dbt.type_string() %}

with

rules as (

    -- no row, but the names and types
    select
        cast(null as {{ text }}) as topic,
        cast(null as {{ text }}) as rule_id,
        cast(null as {{ text }}) as rule_case,
        cast(null as {{ text }}) as severity,
        cast(null as {{ text }}) as allowed_severities,
        cast(null as numeric(38, 12)) as limit_value,
        cast(null as boolean) as is_on,
        cast(null as {{ text }}) as message,
        cast(null as {{ text }}) as how_to_fix

    where 1 = 0
    {%- for row in rule_rows() if execute %}
    union all
    select
        {{ literals([row.topic, row.rule_id, row.rule_case, row.severity]) }},
        {{ literals([row.allowed_severities | join(', ') if row.allowed_severities else none]) }},
        {{ row.limit if row.limit is not none else 'null' }},
        {{ row.is_on }},
        {{ literals([in_language(row.message), in_language(row.how_to_fix) if row.how_to_fix else none]) }}
    {%- endfor %}

),

final as (

    select
        topic,
        rule_id,
        rule_case,
        severity,
        allowed_severities,
        limit_value,
        is_on,
        message,
        how_to_fix

    from rules

)

select * from final
