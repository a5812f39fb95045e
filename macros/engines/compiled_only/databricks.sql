{#- What Databricks says otherwise. Its queries are compiled and parsed in a test; none is run. -#}

{# Its tables are of Delta: each build reads all. #}
{% macro databricks__incremental_strategy(key) -%}
    {{ return(none) }}
{%- endmacro %}

{# Its tables are of Delta unless told otherwise. #}
{% macro databricks__keeps_history() -%}
    {{ return(true) }}
{%- endmacro %}

{# Its tables are of Delta: each is swapped whole. #}
{% macro databricks__publish_targets() -%}
    {{ return(okr_metrics.default__publish_targets()) }}
{%- endmacro %}
