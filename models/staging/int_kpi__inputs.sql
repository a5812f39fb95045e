{#- grain: relation that an input is mapped to; stops where one lacks a column, before staging reads it -#}
{{ config(enabled=input_mapping() != {}) }}
{%- do check_setting_names() -%}
{%- do stop_on_missing_columns(input_mapping()) -%}
{#- a wrong entry of a KPI stops here, where its message is shown: one in an ephemeral model is not -#}
{%- do catalog_rows() if execute and marts_are_on() -%}

{{ mapped_relations(input_mapping()) }}
