{# Whether OKRs are measured: the four seeds that none can be without are mapped, and there are KPIs to measure by. #}
{% macro okr_is_on() -%}
    {{ return(
        marts_are_on()
        and has_input('okr_cycles', 'okr_objectives', 'okr_key_results', 'okr_key_result_targets')
    ) }}
{%- endmacro %}
