{# A milestone's value is reported: the query of its check-ins up to a day. #}
{% macro lineage_of_milestone(key_result, day) -%}
-- {{ key_result.key_result_id }} is a milestone: its actual_value is reported, the value_reported of the last check-in that has one.
select
    check_in_date,
    value_reported,
    confidence,
    check_in_comment

from {{ ref('okr_metrics', 'stg_okr__check_ins') }}

where
    key_result_id = {{ dbt.string_literal(dbt.escape_single_quotes(key_result.key_result_id)) }}
    and check_in_date <= cast('{{ day.period_end }}' as date)

order by check_in_date
{%- endmacro %}
