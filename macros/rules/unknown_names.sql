{# Uses of a name (object, column_name, used_name) that isn't among the known ones (known_name), each with the nearest of these: a select. #}
{% macro unknown_names(uses, known_names) -%}
    select
        object,
        column_name,
        used_name,
        coalesce(nearest_name, '') as nearest_name

    from (
        select
            uses.*,
            nearest.known_name as nearest_name,
            row_number() over (
                partition by uses.object, uses.column_name, uses.used_name
                order by {{ spelling_distance('uses.used_name', 'nearest.known_name') }}, nearest.known_name
            ) as nearness

        from {{ uses }} as uses

        left join {{ known_names }} as nearest on 1 = 1

        where uses.used_name not in (
            select known.known_name from {{ known_names }} as known where known.known_name is not null
        )
    ) as ranked

    where nearness = 1
{%- endmacro %}
