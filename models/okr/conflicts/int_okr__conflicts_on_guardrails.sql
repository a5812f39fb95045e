{#- grain: guardrail that another key result's target lies beyond -#}
{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

pairs as (

    select * from {{ ref('int_okr__pairs') }}

),

guardrails as (

    select * from {{ ref('okr__guardrails') }}

),

final as (

    {% for owner, mover in [('', 'other_'), ('other_', '')] -%}
    select
        'guardrail' as rule_id,
        pairs.key_result_id,
        pairs.other_key_result_id,
        pairs.{{ mover }}aim || '; as a guardrail of '
        || guardrails.key_result_id || ', ' || guardrails.guardrail_kpi_id
        || {{ segment_text(
            'guardrails.dimension', 'guardrails.dimension_value'
        ) }}
        || ' must stay ' || case
            when pairs.{{ mover }}direction = 1
                then
                    'at '
                    || {{ number_text('guardrails.upper_bound', 'guardrails.unit') }}
                    || ' or less.'
            else
                'at '
                || {{ number_text('guardrails.lower_bound', 'guardrails.unit') }}
                || ' or more.'
        end as message,
        'Set the target inside the bound, move the bound, or drop one of the two key results.'
            as how_to_mend

    from pairs

    inner join guardrails
        on pairs.{{ owner }}key_result_id = guardrails.key_result_id
        and pairs.{{ mover }}kpi_id = guardrails.guardrail_kpi_id
        and {{ segments_overlap('guardrails', 'pairs', mover) }}
        -- a flow or stock of another segment, or a flow of another grain, is no figure to compare with the bound
        and (
            pairs.{{ mover }}kind in ('ratio', 'derived')
            or (
                pairs.{{ mover }}dimension = guardrails.dimension
                and (
                    pairs.{{ mover }}kind != 'flow'
                    or pairs.{{ mover }}period_grain = guardrails.period_grain
                )
            )
        )

    where
        (
            pairs.{{ mover }}direction = 1
            and pairs.{{ mover }}aimed_value > guardrails.upper_bound
        )
        or (
            pairs.{{ mover }}direction = -1
            and pairs.{{ mover }}aimed_value < guardrails.lower_bound
        )

    {{ 'union all' if not loop.last }}

    {% endfor %}
)

select * from final
