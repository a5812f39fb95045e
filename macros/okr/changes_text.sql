{# What a row was and is, in words, column by column: {column: (name in the seed, kind)}; empty where nothing changed. #}
{% macro changes_text(columns, was, now) -%}
    {%- for column, (name, kind) in columns.items() %}
    {%- set texts = [] -%}
    {%- for row in [was, now] -%}
        {%- set value = row ~ '.' ~ column -%}
        {%- do texts.append("coalesce(" ~ {'number': number_text(value), 'count': number_text(value, "'count'"), 'day': day_text(value), 'text': value}[kind] ~ ", 'empty')") -%}
    {%- endfor %}
    {{ '|| ' if not loop.first }}case
        when ({{ differ(was ~ '.' ~ column, now ~ '.' ~ column) }})
            then '; {{ name }} was ' || {{ texts[0] }} || ' and is ' || {{ texts[1] }}
        else ''
    end
    {%- endfor %}
{%- endmacro %}
