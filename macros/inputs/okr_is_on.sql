{# Whether OKRs are mapped: the four seeds that none can be without. #}
{% macro okr_is_on() -%}
    {{ return(has_input('okr_cycles', 'okr_objectives', 'okr_key_results', 'okr_key_result_targets')) }}
{%- endmacro %}
