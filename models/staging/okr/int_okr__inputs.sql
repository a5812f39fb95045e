{#- grain: relation that an OKR input is mapped to: the OKRs can be read, and linted, without any other -#}
{{ config(enabled=okr_input_mapping() != {}) }}
{%- do stop_on_missing_columns(okr_input_mapping()) -%}
{#- as in int_kpi__inputs, for the lint -#}
{%- do catalog_rows() if execute and marts_are_on() -%}

{{ mapped_relations(okr_input_mapping()) }}
