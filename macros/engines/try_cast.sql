{# A value cast to a type, or null where it can't be. Types: date, timestamp or a numeric. #}
{% macro try_cast(value, type) -%}
    {{ return(adapter.dispatch('try_cast', 'okr_metrics')(value, type)) }}
{%- endmacro %}

{% macro default__try_cast(value, type) -%}
    try_cast({{ value }} as {{ type }})
{%- endmacro %}

{# PostgreSQL has no try_cast: the text is matched first, and a day must exist in its month. #}
{% macro postgres__try_cast(value, type) -%}
    {%- set text = 'trim(cast(' ~ value ~ ' as text))' -%}
    case
        {%- if type in ('date', 'timestamp', 'timestamptz') %}
        when {{ text }} ~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?([+-]\d{2}(:?\d{2})?|Z)?)?$'
            and cast(substr({{ text }}, 9, 2) as integer) <= extract(
                day from cast(substr({{ text }}, 1, 7) || '-01' as date)
                + interval '1 month' - interval '1 day'
            )
            then cast({{ text }} as {{ type }})
        {%- else %}
        when {{ text }} ~ '^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,2})?$' then cast({{ text }} as {{ type }})
        {%- endif %}
    end
{%- endmacro %}
