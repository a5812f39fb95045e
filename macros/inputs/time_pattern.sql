{# The texts that are read as a day, in the year, month and day that exist; a leading zero may be left out. Without backslashes: the engines' literals differ there. #}
{% macro day_pattern() -%}
    {%- set in_all_years = '(0?[13578]|1[02])-(0?[1-9]|[12][0-9]|3[01])|(0?[469]|11)-(0?[1-9]|[12][0-9]|30)|0?2-(0?[1-9]|1[0-9]|2[0-8])' -%}
    {%- set leap_years = '[1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00' -%}
    {{ return('([1-9][0-9][0-9][0-9]-(' ~ in_all_years ~ ')|(' ~ leap_years ~ ')-0?2-29)') }}
{%- endmacro %}

{# The texts that are read as a moment: a day, then hours and minutes, seconds and their fraction; zone is the pattern of what follows. #}
{% macro time_pattern(zone='') -%}
    {{ return(day_pattern() ~ '[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?' ~ zone) }}
{%- endmacro %}

{# The offsets that are read. Names of zones aren't: they mean other hours in other places. #}
{% macro offset_pattern() -%}
    {{ return('( ?(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)| UTC)') }}
{%- endmacro %}

{# Whether a text is a day or a moment without an offset. #}
{% macro is_naive_text(text) -%}
    {{ has_pattern(text, '^(' ~ day_pattern() ~ '|' ~ time_pattern() ~ ')$') }}
{%- endmacro %}

{# Whether a text is a moment with an offset. #}
{% macro is_offset_text(text) -%}
    {{ has_pattern(text, '^' ~ time_pattern(offset_pattern()) ~ '$') }}
{%- endmacro %}

{# Whether a text is a day or a moment. #}
{% macro is_time_text(text) -%}
    {{ has_pattern(text, '^(' ~ day_pattern() ~ '|' ~ time_pattern(offset_pattern() ~ '?') ~ ')$') }}
{%- endmacro %}

{# A text of a moment whose offset follows at once, as all engines read it. #}
{% macro with_offset_close(text) -%}
    replace(replace(replace({{ text }}, ' +', '+'), ' -', '-'), ' Z', 'Z')
{%- endmacro %}
