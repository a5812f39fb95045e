{#- grain: pair of key results whose dates overlap, the smaller id first -#}
{{ config(enabled=okr_is_on()) }}
{%- set columns = [
    'key_result_id', 'kpi_id', 'kind', 'dimension', 'dimension_value',
    'period_grain', 'metric_type', 'start_date', 'due_date', 'target_value',
    'lower_bound', 'upper_bound', 'direction', 'aimed_value', 'aim'
] -%}

with

aims as (

    select * from {{ ref('int_okr__aims') }}

),

final as (

    select
        {% for column in columns -%}
        aims.{{ column }},
        other_aims.{{ column }} as other_{{ column }},
        {% endfor -%}
        {{ segments_overlap('aims', 'other_aims') }} as is_overlap_of_segments,
        case
            when aims.start_date > other_aims.start_date then aims.start_date
            else other_aims.start_date
        end as overlap_start,
        case
            when aims.due_date < other_aims.due_date then aims.due_date
            else other_aims.due_date
        end as overlap_end

    from aims

    inner join aims as other_aims
        on aims.key_result_id < other_aims.key_result_id
        and aims.start_date <= other_aims.due_date
        and aims.due_date >= other_aims.start_date

)

select * from final
