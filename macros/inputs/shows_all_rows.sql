{# Whether this run sees all rows of the inputs: not with --empty, which shows none, or --sample, which shows those of a time. #}
{% macro shows_all_rows() -%}
    {{ return(not (invocation_args_dict.get('empty') or invocation_args_dict.get('sample'))) }}
{%- endmacro %}
