{{ config(enabled=any_input_is_mapped()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}

with

reconciliation as (

    select * from {{ ref('kpi__reconciliation') }}

),

final as (

    {% for input, needed in unread_inputs().items() -%}
    select
        'unread_input' as rule_id,
        'warning' as severity,
        '{{ input }}' as input,
        'input {{ input }}' as object,
        'it is mapped, and nothing reads it' as message,
        {{ dbt.string_literal('Map ' ~ needed ~ '; or leave it out of okr_metrics_inputs.') }} as how_to_fix,
        {% if is_okr_input(input) -%}
        cast(null as bigint)
        {%- else -%}
        (select max(source_rows) from reconciliation where input = '{{ input }}')
        {%- endif %} as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    union all

    {% endfor -%}
    select
        case input_status when 'empty' then 'empty_input' else 'no_row_counts' end as rule_id,
        'warning' as severity,
        input,
        'input ' || input as object,
        case input_status
            when 'empty' then 'it is mapped, and its relation has no row'
            else
                'none of its rows counts: of '
                || cast(source_rows as {{ dbt.type_string() }}) || ', '
                || cast(rows_rejected as {{ dbt.type_string() }}) || ' were rejected and '
                || cast(rows_after_as_of as {{ dbt.type_string() }})
                || ' are dated after the as-of date'
                || case
                    when input in ('orders', 'order_lines', 'refunds')
                        then '; an order without a line, or with a status that doesn{{ quote }}t count, is none'
                    when input = 'subscriptions' then '; a version without a paid amount is none'
                    else ''
                end
        end as message,
        case input_status
            when 'empty'
                then
                    'Look for a join or a filter in its view that loses every row, '
                    || 'or leave the input out of okr_metrics_inputs.'
            else 'Look at kpi__rejected_rows, at okr_metrics_as_of_date and at the words of its status.'
        end as how_to_fix,
        source_rows as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from reconciliation

    where input_status in ('empty', 'none_counts')

)

select * from final
