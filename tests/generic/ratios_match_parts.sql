{% test ratios_match_parts(model) %}

select *

from {{ model }}

where
    1 = 0
    {%- for kpi in kpis_of(model.identifier) if kpi.denominator %}
    or (
        {{ kpi.id }} is not null
        and {{ differ(kpi.id, ratio(kpi.numerator, kpi.denominator)) }}
    )
    {%- endfor %}

{% endtest %}
