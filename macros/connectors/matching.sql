{# The named sources whose rows are of customers and that say who these are (int_<source>__identities), in the order of connectors(): a customer of two has the id of the first. #}
{% macro matching_sources() -%}
    {%- set named, sources = named_sources(), [] -%}
    {%- for source, row in (connectors() if named else {}).items() if source in named and 'match_by' in row.settings -%}
        {%- do sources.append(source) -%}
    {%- endfor -%}
    {{ return(sources) }}
{%- endmacro %}

{# An e-mail as two hashes that customers are matched by, email_key and domain_key: no table holds an address. A domain where anybody may have a mailbox is no company. #}
{% macro email_keys(email) -%}
    {%- set address = 'lower(trim(' ~ email ~ '))' -%}
    {%- set domain = dbt.split_part(address, "'@'", 2) -%}
    {%- set open_to_all = [
        'gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com', 'icloud.com', 'me.com', 'aol.com', 'gmx.de', 'gmx.net',
        'web.de', 't-online.de', 'orange.fr', 'free.fr', 'laposte.net', 'wanadoo.fr', 'proton.me', 'protonmail.com', 'mail.com', 'mail.ru', 'yandex.ru', 'qq.com', '163.com',
    ] -%}
    case when {{ email }} like '%@%' then {{ dbt.hash(address) }} end as email_key,
        case when {{ email }} like '%@%' and {{ domain }} not in ({{ literals(open_to_all) }}) then {{ dbt.hash(domain) }} end as domain_key
{%- endmacro %}

{# The customer of a user, of the CTE links; without the input customers nobody can say that a user is none. #}
{% macro customer_of_user(user_id) -%}
    coalesce(links.customer_id, {{ 'null' if has_input('customers') else user_id }})
{%- endmacro %}
