{#- grain: name of an objective or key result that says no outcome; the words are in finding_words() -#}
{{ config(enabled=okr_is_on()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}

with

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

staged_objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

objectives as (

    select
        staged_objectives.*,
        {{ severity_until('cycles.end_date') }} as severity

    from staged_objectives

    left join cycles on staged_objectives.cycle_id = cycles.cycle_id

),

staged_key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

key_results as (

    select
        staged_key_results.*,
        coalesce(objectives.severity, 'warning') as severity

    from staged_key_results

    left join objectives
        on staged_key_results.objective_id = objectives.objective_id

),

names as (

    select
        'key result ' || key_result_id as object,
        key_result_name as name,
        true as is_key_result,
        severity

    from key_results

    union all

    select
        'objective ' || objective_id as object,
        objective_name as name,
        false as is_key_result,
        severity

    from objectives

),

with_words as (

    select
        *,
        {{ plain_words('name') }} as words

    from names

),

final as (

    select
        'output_not_outcome' as rule_id,
        severity,
        object,
        'its name {{ quote }}' || name || '{{ quote }} is an output: work done, not what it changes'
            as message,
        'Name what is different afterwards, and the KPI that shows it.'
            as how_to_mend

    from with_words

    where {{ says_an_output('words') }}

    union all

    select
        'vague_words' as rule_id,
        severity,
        object,
        'its name {{ quote }}' || name || '{{ quote }} is vague: it says better, but not how much'
            as message,
        'Say from what to what, with a number.' as how_to_mend

    from with_words

    where
        -- an objective may be a direction: its key results have the numbers
        is_key_result
        and {{ says_only_better('words') }}

)

select * from final
