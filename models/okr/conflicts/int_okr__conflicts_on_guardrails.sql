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
        {{ say_case(
            'conflicts',
            {'guardrail.at_most': 'pairs.' ~ mover ~ 'direction = 1', 'guardrail.at_least': none}, {
                'goal': 'pairs.' ~ mover ~ 'goal',
                'key_result': 'guardrails.key_result_id',
                'kpi': 'guardrails.guardrail_kpi_id || '
                    ~ segment_text('guardrails.dimension', 'guardrails.dimension_value'),
                'bound': number_text('case when pairs.' ~ mover
                    ~ 'direction = 1 then guardrails.upper_bound else guardrails.lower_bound end', 'guardrails.unit'),
            },
        ) }} as message,
        {{ say('conflicts', 'guardrail', part='how_to_fix') }} as how_to_fix

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
