{# The rows of a measure on the side of a KPI that they count on, with their sign there. #}
{% macro lineage_side(side, measure, factor) %}
    {%- set sign = {1: '', -1: '-'}.get(factor, factor ~ ' * ') %}    select
        '{{ side }}' as side,
        '{{ measure }}' as measure,
        input,
        row_key,
        row_date,
        period_start,
        {{ sign ~ 'contribution' ~ (' as contribution' if sign) }}

    from {{ measure }}
{%- endmacro %}

{# The periods that a mean of values divides by. #}
{% macro lineage_periods_counted() %}    select
        'denominator' as side,
        'periods' as measure,
        'periods' as input,
        {{ dbt.safe_cast('period_start', dbt.type_string()).split() | join(' ') }} as row_key,
        period_start as row_date,
        period_start,
        1 as contribution

    from periods
{%- endmacro %}
