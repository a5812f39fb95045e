{#- grain: row of okr_guardrails that can't be meant -#}
{{ config(enabled=okr_is_on()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}
{%- set dimensions = allowed_values().key_results.dimension -%}

with

guardrails as (

    select
        *,
        {{ guardrail_name() }} as object

    from {{ guardrail_rows() }}

),

final as (

    select
        'guardrail_bounds' as rule_id,
        object,
        case
            when is_number_unreadable then 'a bound is not a number below 1e15'
            when lower_bound > upper_bound
                then 'lower_bound is above upper_bound'
            else 'it has no bound'
        end as message,
        'Give lower_bound, upper_bound or both as numbers with a point, the lower one first.'
            as how_to_mend

    from guardrails

    where
        is_number_unreadable
        or lower_bound > upper_bound
        or (lower_bound is null and upper_bound is null)

    union all

    select
        'guardrail_twice' as rule_id,
        object,
        'okr_guardrails has '
        || {{ dbt.safe_cast('count(*)', dbt.type_string()) }}
        || ' rows of it' as message,
        'Keep one row, with both bounds.' as how_to_mend

    from guardrails

    group by object

    having count(*) > 1

    union all

    select
        'unknown_word' as rule_id,
        object,
        'dimension {{ quote }}' || dimension || '{{ quote }} isn{{ quote }}t valid' as message,
        'Write one of: {{ dimensions | join(", ") }}.' as how_to_mend

    from guardrails

    {#- a mart of the user's may have dimensions of its own #}
    where {{ "dimension not in ('" ~ dimensions | join("', '") ~ "')"
        if dimensions else '1 = 0' }}

)

select * from final
