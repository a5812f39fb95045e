{#- grain: finding on an operational input: its rows were read, and somebody should look at what they say -#}
{{ config(enabled=any_staging_is_on()) }}
{%- set subjects = ['mapping'] + (['identity'] if inputs_with_shared_ids() else [])
    + (['subscriptions'] if has_input('subscriptions') else []) %}

with

findings as (

    {% for subject in subjects -%}
    select
        rule_id,
        severity,
        input,
        object,
        message,
        how_to_mend,
        number_of_rows,
        amount

    from {{ ref('int_kpi__findings_on_' ~ subject) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (

    select
        rule_id,
        severity,
        input,
        object,
        message,
        how_to_mend,
        cast(number_of_rows as bigint) as number_of_rows,
        cast(amount as numeric(38, 6)) as amount

    from findings

)

select * from final
