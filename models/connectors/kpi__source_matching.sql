{%- set moments, reads = {'support_tickets': 'opened_at', 'product_events': 'occurred_at'}, [] %}
{%- for input in moments %}
    {%- for model, source in connector_models(input).items() if source in matching_sources() %}
        {%- do reads.append((source, input, model)) %}
    {%- endfor %}
{%- endfor %}
{{ config(enabled=reads != []) }}

with

rows_of_sources as (

    {% for source, input, model in reads %}
    select
        {{ literals([source]) }} as source_name,
        {{ literals([input]) }} as input_name,
        cast({{ moments[input] }} as date) as row_date,
        customer_id

    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        source_name,
        input_name,
        row_date,
        cast(count(*) as {{ dbt.type_bigint() }}) as rows_read,
        cast(count(customer_id) as {{ dbt.type_bigint() }}) as rows_matched,
        {{ ratio('count(customer_id)', 'count(*)') }} as match_rate

    from rows_of_sources

    group by source_name, input_name, row_date

)

select * from final
