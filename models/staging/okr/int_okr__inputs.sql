{{ config(enabled=part_of_mapping(okr=true) != {}) }}
{%- do check_settings() -%}
{%- do stop_on_missing_columns(part_of_mapping(okr=true)) -%}
{#- as in int_kpi__inputs; where the marts aren't read, the catalogue is a seed -#}
{%- do catalog_rows() if execute and marts_are_on() and 'model.okr_metrics.int_kpi__catalog' in graph.nodes -%}

{{ mapped_relations(part_of_mapping(okr=true)) }}
