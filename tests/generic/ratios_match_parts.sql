{% test ratios_match_parts(model, mart) %}
{#- the relation's own name is an alias, which a project may choose #}

select *

from {{ model }}

where
    1 = 0
    {%- for kpi in kpis_of(mart) if kpi.denominator %}
    or (
        {{ kpi.id }} is not null
        and {{ differ(kpi.id, ratio(kpi.numerator, kpi.denominator)) }}
    )
    {%- endfor %}

{% endtest %}
