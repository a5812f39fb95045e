{{ config(enabled=okr_is_on()) }}
{#- a mart of the user's may have dimensions of its own -#}
{%- set dimensions = [] if setting('custom_kpis') else ['total'] + dimension_names() -%}

with

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

kpis as (

    select * from {{ ref('int_kpi__catalog') }}

),

guardrails as (

    select
        *,
        {{ say('objects', 'guardrail', {
            'kpi': or_empty('guardrail_kpi_id') ~ ' || ' ~ segment_text('dimension', 'dimension_value'),
            'id': or_empty('key_result_id'),
        }) }} as object

    from {{ guardrail_rows() }}

),

key_result_uses as (

    select
        object,
        'key_result_id' as column_name,
        coalesce(key_result_id, '') as used_name

    from guardrails

),

key_result_names as (

    select key_result_id as known_name from key_results

),

unknown_key_results as (

    {{ unknown_names('key_result_uses', 'key_result_names') }}

),

kpi_uses as (

    select
        object,
        'guardrail_kpi_id' as column_name,
        coalesce(guardrail_kpi_id, '') as used_name

    from guardrails

),

kpi_names as (

    select kpi_id as known_name from kpis

),

unknown_kpis as (

    {{ unknown_names('kpi_uses', 'kpi_names') }}

),

final as (

    select
        {{ finding(
            'guardrail_bounds', 'object',
            cases={'unreadable': 'is_number_unreadable', 'crossed': 'lower_bound > upper_bound', 'missing': none},
        ) }}

    from guardrails

    where
        is_number_unreadable
        or lower_bound > upper_bound
        or (lower_bound is null and upper_bound is null)

    union all

    select
        {{ finding('guardrail_twice', 'object', {'count': as_text('count(*)')}) }}

    from guardrails

    group by object

    having count(*) > 1

    union all

    select
        {{ finding(
            'unknown_word', 'object',
            {'column': "'dimension'", 'word': 'dimension', 'words': "'" ~ dimensions | join(', ') ~ "'"},
        ) }}

    from guardrails

    where {{ "dimension not in ('" ~ dimensions | join("', '") ~ "')" if dimensions else '1 = 0' }}

    union all

    select
        {{ finding('unknown_id.nearest', 'object', {
            'column': 'column_name', 'name': 'used_name', 'nearest': 'nearest_name', 'table': "'okr_key_results'",
        }) }}

    from unknown_key_results

    union all

    select
        {{ finding('unknown_kpi.nearest', 'object', {
            'column': 'column_name', 'name': 'used_name', 'nearest': 'nearest_name', 'table': "'kpi__catalog'",
        }) }}

    from unknown_kpis

)

select * from final
