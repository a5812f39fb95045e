{{ config(enabled=gate_is_on()) }}

with

reconciliation as (

    select * from {{ ref('kpi__reconciliation') }}

),

final as (

    {% for input, case in unread_inputs().items() -%}
    select
        {{ finding('unread_input.' ~ case, say('objects', 'input', {'input': "'" ~ input ~ "'"}), topic='input_findings') }},
        '{{ input }}' as input,
        {% if is_okr_input(input) -%}
        cast(null as bigint)
        {%- else -%}
        (select max(source_rows) from reconciliation where input = '{{ input }}')
        {%- endif %} as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    union all

    {% endfor -%}
    select
        {{ finding('empty_input', say('objects', 'input', {'input': 'input'}), topic='input_findings') }},
        input,
        source_rows as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from reconciliation

    where input_status = 'empty'

    union all

    select
        {{ finding(
            'no_row_counts', say('objects', 'input', {'input': 'input'}), {
                'rows': as_text('source_rows'), 'rejected': as_text('rows_rejected'),
                'later': as_text('rows_after_as_of'),
            },
            cases={
                'orders': "input in ('orders', 'order_lines', 'refunds')",
                'subscriptions': "input = 'subscriptions'",
                'other': none,
            },
            topic='input_findings',
        ) }},
        input,
        source_rows as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from reconciliation

    where input_status = 'none_counts'

)

select * from final
