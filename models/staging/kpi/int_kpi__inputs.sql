{{ config(enabled=gate_is_on()) }}
{%- do check_settings() -%}
{%- do stop_on_missing_sources() -%}
{%- do stop_on_missing_columns(part_of_mapping(okr=false)) -%}
{#- a wrong entry of a KPI stops here, where its message is shown: one in an ephemeral model is not -#}
{%- do catalog_rows() if execute and marts_are_on() -%}

{{ mapped_relations(part_of_mapping(okr=false)) }}
