{{ config(enabled=has_any_input('marketing_spend', 'support_tickets')) }}
{%- set optional = {
    'marketing_spend': {
        'impressions': number('impressions', 0), 'clicks': number('clicks', 0),
    },
    'support_tickets': {
        'first_responded_at': try_cast('first_responded_at', 'date'),
    },
} %}

with

{% for input in optional if staging_is_on(input) -%}
{{ input }} as (

    {{ read_input(input) }}

),

{% endfor -%}
unreadable as (

    {% for input, columns in optional.items() if staging_is_on(input) -%}
    {% for column, typed in columns.items() -%}
    select
        '{{ input }}' as input,
        '{{ column }}' as column_name,
        min({{ text(column) }}) as example,
        count(*) as number_of_rows

    from {{ input }}

    where {{ is_unreadable(column, typed) }}

    having count(*) > 0

    union all

    {% endfor -%}
    {% endfor -%}
    select
        cast(null as {{ dbt.type_string() }}) as input,
        cast(null as {{ dbt.type_string() }}) as column_name,
        cast(null as {{ dbt.type_string() }}) as example,
        cast(null as {{ dbt.type_bigint() }}) as number_of_rows

    where 1 = 0

),

final as (

    select
        {{ finding(
            'unreadable_optional',
            say('objects', 'input.column', {'input': 'input', 'column': 'column_name'}),
            {'example': 'left(' ~ with_seen_characters('example') ~ ', 60)'},
            cases={'time': "column_name = 'first_responded_at'", 'number': none}, topic='input_findings',
        ) }},
        input,
        number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from unreadable

)

select * from final
