{{ config(enabled=marts_are_on()) }}
{%- set text = dbt.type_string() -%}
{#- each with the value in force and the default; where files lie says nothing about a number -#}
{%- set rows = [] -%}
{%- for name, entry in settings().items() if entry.default is defined and name != 'publish_to' -%}
    {%- set default = entry.in_demo if entry.in_demo is defined and demo_is_on() else entry.default -%}
    {%- do rows.append((name, 'setting', setting(name), default)) -%}
{%- endfor -%}
{%- for name, entry in policies().items() -%}
    {%- do rows.append((name, 'policy', policy_text(policy(name)), policy_text(entry.standard))) -%}
{%- endfor %}

-- depends_on: {{ ref('int_kpi__gate') }}
with

settings as (

    -- no row, but the names and types
    select
        cast(null as {{ text }}) as setting_name,
        cast(null as {{ text }}) as kind,
        cast(null as {{ text }}) as setting_value,
        cast(null as {{ text }}) as default_value

    where 1 = 0
    {%- for row in rows %}
    {%- set texts = [] -%}
    {%- for value in row -%}
        {#- a mapping and a list as text, and nothing in them as none -#}
        {%- set entries = value.items() | map('join', ': ') | list if value is mapping else value -%}
        {%- set is_list = entries is iterable and entries is not string -%}
        {%- do texts.append(none if entries in ('', []) else entries | join(', ') if is_list else entries) -%}
    {%- endfor %}
    union all
    select {{ literals(texts) }}
    {%- endfor %}

),

final as (

    select
        setting_name,
        kind,
        setting_value,
        default_value,
        coalesce(setting_value, '') = coalesce(default_value, '') as is_default

    from settings

)

select * from final
