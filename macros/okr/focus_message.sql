{# What to do about a KPI in trouble, in words. #}
{% macro focus_message() -%}
    {%- set figures = {
        'kpi': 'troubles.kpi_name || ' ~ segment_text('troubles.dimension', 'troubles.dimension_value'),
        'value': number_text('troubles.value', 'troubles.unit'),
        'edge': number_text('troubles.edge', 'troubles.unit'),
        'since': period_text('troubles.since_label', 'troubles.period_grain'),
        'money': number_text('round(troubles.money_lost)', "'currency'"),
        'grain': word('period_grain', 'troubles.period_grain'),
        'others': as_text('troubles.others_in_trouble'),
        'key_result': 'covers.key_result_id',
        'key_result_kpi': 'covers.kpi_name',
        'status': word('status', 'covers.status'),
    } -%}
    {{ say('focus', 'trouble', figures) }}
        || case
            when troubles.edge is null then ''
            when troubles.is_outside_range then {{ say('focus', 'edge.of_range', figures) }}
            else {{ say('focus', 'edge', figures) }}
        end
        || case when troubles.money_lost >= 1 then {{ say('focus', 'money', figures) }} else '' end
        || '.'
        || case
            when troubles.others_in_trouble = 1 then {{ say('focus', 'others.one', figures) }}
            when troubles.others_in_trouble > 1 then {{ say('focus', 'others', figures) }}
            else ''
        end
        || case
            when covers.key_result_id is null then {{ say('focus', 'uncovered', figures) }}
            when covers.is_by_origin then {{ say('focus', 'covered.by_origin', figures) }}
            when covers.is_by_family then {{ say('focus', 'covered.by_family', figures) }}
            else {{ say('focus', 'covered', figures) }}
        end
{%- endmacro %}

{# The columns that okr__focus_candidates takes from the KPI's side as they are. #}
{% macro focus_columns() -%}
    {{ return([
        'kpi_id', 'period_grain', 'period_start', 'period_end', 'dimension', 'dimension_value', 'value', 'edge', 'distance', 'z',
        'periods_in_trouble', 'in_trouble_since', 'money_at_stake', 'money_lost', 'health_reason',
    ]) }}
{%- endmacro %}
