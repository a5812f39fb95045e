{{ config(enabled=okr_is_on()) }}

with

own_scores as (

    select * from {{ ref('int_okr__objective_scores') }}

),

level_1 as (

    select
        objective_id,
        parent_objective_id,
        weight,
        {{ ratio('own_weighted_score', 'own_weight') }} as cascade_score

    from own_scores

),

{% for level in range(2, 6) -%}
{# each step brings the scores one level up #}
level_{{ level }} as (

    select
        own_scores.objective_id,
        min(own_scores.parent_objective_id) as parent_objective_id,
        min(own_scores.weight) as weight,
        {{ ratio(
            'min(own_scores.own_weighted_score) + coalesce(sum(children.weight * children.cascade_score), 0)',
            'min(own_scores.own_weight) + coalesce(sum(case when children.cascade_score is not null then children.weight end), 0)',
        ) }} as cascade_score

    from own_scores

    left join level_{{ level - 1 }} as children -- noqa: AL07
        on own_scores.objective_id = children.parent_objective_id

    group by 1

),

{% endfor -%}
final as (

    select
        objective_id,
        cascade_score

    from level_5

)

select * from final
