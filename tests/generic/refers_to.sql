{% test refers_to(model, column_name, to, field) %}
{#- dbt's own test `relationships` fails where a partial build brings it in before `to` is built #}

{% call where_parents_are_built() %}
select {{ column_name }}

from {{ model }}

where
    {{ column_name }} is not null
    and {{ column_name }} not in (
        select {{ field }}
        from {{ to }}
        where {{ field }} is not null
    )
{% endcall %}

{% endtest %}
