{#- grain: relation that an OKR input is mapped to; so the OKRs can be read, and linted, without the operational inputs -#}
{{ config(enabled=okr_input_mapping() != {}) }}
{%- do stop_on_missing_columns(okr_input_mapping()) -%}
{#- as in int_kpi__inputs, for the lint -#}
{%- do catalog_rows() if execute and marts_are_on() -%}

{{ mapped_relations(okr_input_mapping()) }}
