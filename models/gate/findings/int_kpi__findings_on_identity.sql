{{ config(enabled=inputs_with_shared_ids() != []) }}
{%- set compared = (attributes_of('customers') | list) + ['created_date'] -%}

with

{% for input in inputs_with_shared_ids() -%}
{#- orders and subscriptions say nothing of a customer but the id -#}
{%- set attributes = compared if input == 'customers' else [] -%}
rows_of_{{ input }} as (

    select * from {{ ref('stg_kpi__' ~ input) }}

    where
        -- those whose own id is rejected for standing in both too
        row_status != 'after_as_of'
        and customer_id is not null

),

shared_{{ input }} as (

    select
        customer_id,
        {% for column in attributes -%}
        case
            when
                min({{ column }}) != max({{ column }})
                or count({{ column }}) not in (0, count(*)) then 1
            else 0
        end as other_{{ column }},
        {% endfor -%}
        count(*) as copies

    from rows_of_{{ input }}

    group by 1

    having min(source_name) != max(source_name)

),

numbered_{{ input }} as (

    select
        *,
        row_number() over (order by customer_id) as id_number

    from shared_{{ input }}

    {{ 'where ' ~ ('other_' ~ attributes | join(' + other_') ~ ' > 0') if attributes }}

),

found_{{ input }} as (

    select
        count(*) as ids,
        {% for column in attributes -%}
        case when max(other_{{ column }}) = 1 then ', {{ dimension_name(column) }}' else '' end ||
        {% endfor -%}
        '' as others,
        {% for number in [1, 2, 3] -%}
        coalesce(max(case when id_number = {{ number }} then ', ' || customer_id end), '') ||
        {% endfor -%}
        '' as examples

    from numbered_{{ input }}

),

{% endfor -%}
final as (

    {% for input in inputs_with_shared_ids() -%}
    {%- set figures = {
        'ids': as_text('ids'),
        'sources': dbt.string_literal(dbt.escape_single_quotes(source_names(input) | join(', '))),
        'others': 'substring(others, 3)',
        'examples': 'case when ids > 3 then ' ~ say('objects', 'and_others', {'list': 'substring(examples, 3)'})
            ~ ' else substring(examples, 3) end',
    } -%}
    select
        {% if input == 'customers' -%}
        {{ finding(
            'customer_identity', say('objects', 'input', {'input': "'customers'"}), figures,
            cases={'customer': 'ids = 1', 'customers': none}, topic='input_findings',
        ) }},
        {%- else -%}
        {{ finding(
            'customer_identity', say('objects', 'input', {'input': "'" ~ input ~ "'"}), figures,
            cases={'unmapped_customer': 'ids = 1', 'unmapped_customers': none}, topic='input_findings',
        ) }},
        {%- endif %}
        '{{ input }}' as input,
        ids as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from found_{{ input }}

    where ids > 0
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
