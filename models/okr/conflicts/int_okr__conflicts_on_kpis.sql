{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

pairs as (

    select * from {{ ref('int_okr__pairs') }}

    where kpi_id = other_kpi_id

),

final as (

    select
        'opposite_directions' as rule_id,
        key_result_id,
        other_key_result_id,
        {{ say('conflicts', 'opposite_directions', {'goal': 'goal', 'other_goal': 'other_goal'}) }} as message,
        {{ say('conflicts', 'opposite_directions', part='how_to_fix') }} as how_to_fix

    from pairs

    where
        is_overlap_of_segments
        and direction * other_direction = -1

    union all

    select
        'different_targets' as rule_id,
        key_result_id,
        other_key_result_id,
        {{ say('conflicts', 'different_targets', {'goal': 'goal', 'other_goal': 'other_goal'}) }} as message,
        {{ say('conflicts', 'different_targets', part='how_to_fix') }} as how_to_fix

    from pairs

    where
        dimension = other_dimension
        and dimension_value = other_dimension_value
        and period_grain = other_period_grain
        and metric_type = other_metric_type
        and due_date = other_due_date
        -- sums and averages since different days are different figures
        and (
            start_date = other_start_date
            or metric_type
            not in ('cumulative', 'cumulative_at_most', 'average')
        )
        and (
            {{ differ('target_value', 'other_target_value') }}
            or {{ differ('lower_bound', 'other_lower_bound') }}
            or {{ differ('upper_bound', 'other_upper_bound') }}
        )

)

select * from final
