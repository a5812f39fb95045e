{# A value cast to a type, or null where it can't be. Types: date, timestamp or a numeric. #}
{% macro try_cast(value, type) -%}
    {{ return(adapter.dispatch('try_cast', 'okr_metrics')(value, type)) }}
{%- endmacro %}

{% macro default__try_cast(value, type) -%}
    try_cast({{ value }} as {{ type }})
{%- endmacro %}

{# PostgreSQL has no try_cast: the text is matched first, and a day must exist in its month. Redshift reads this too, so no \d. #}
{% macro postgres__try_cast(value, type) -%}
    {%- set text = 'trim(cast(' ~ value ~ ' as text))' -%}
    case
        {%- if type in ('date', 'timestamp', 'timestamptz') %}
        when {{ text }} ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?([+-][0-9]{2}(:?[0-9]{2})?|Z)?)?$'
            and cast(substring({{ text }}, 9, 2) as integer) <= extract(
                day from cast(substring({{ text }}, 1, 7) || '-01' as date)
                + interval '1 month' - interval '1 day'
            )
            then cast({{ text }} as {{ type }})
        {%- else %}
        when {{ text }} ~ '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]{1,2})?$' then cast({{ text }} as {{ type }})
        {%- endif %}
    end
{%- endmacro %}

{# Snowflake casts texts alone, and reads a bare number as seconds since 1970, which is no day. #}
{% macro snowflake__try_cast(value, type) -%}
    {%- set text = 'trim(cast(' ~ value ~ ' as varchar))' -%}
    {%- if type.startswith('date') or type.startswith('timestamp') -%}
    case when {{ text }} like '____-__-__%' then try_cast({{ text }} as {{ type }}) end
    {%- else -%}
    try_cast({{ text }} as {{ type }})
    {%- endif -%}
{%- endmacro %}

{# A numeric of BigQuery holds nine decimals, a bignumeric 38. #}
{% macro bigquery__try_cast(value, type) -%}
    safe_cast(trim(cast({{ value }} as string)) as {{ type | replace('numeric', 'bignumeric') }})
{%- endmacro %}

{# Spark takes a year for its first day: a date must be whole. #}
{% macro spark__try_cast(value, type) -%}
    {%- if type in ('date', 'timestamp', 'timestamp_ntz') -%}
    case when length(trim(cast({{ value }} as string))) >= 10 then try_cast({{ value }} as {{ type }}) end
    {%- else -%}
    try_cast({{ value }} as {{ type }})
    {%- endif -%}
{%- endmacro %}
