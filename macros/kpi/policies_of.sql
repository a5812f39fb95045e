{# The policies that a KPI hangs on: its own, and those of every KPI that its formula names. #}
{% macro policies_of(kpi, kpis, seen) -%}
    {%- set policies = kpi.get('policies', []) | list -%}
    {%- set names = modules.re.findall('[a-z][a-z0-9_]*', kpi.formula) -%}
    {%- do seen.append(kpi.id) -%}
    {%- for part in kpis if part.id in names and part.id not in seen -%}
        {%- do policies.extend(policies_of(part, kpis, seen)) -%}
    {%- endfor -%}
    {{ return(policies) }}
{%- endmacro %}

{# The policies that a KPI hangs on, in brackets with their values; a policy of an input that isn't mapped says nothing. #}
{% macro policies_in_force(kpi, kpis) -%}
    {%- set policies = policies_of(kpi, kpis, []) -%}
    {%- set texts = [] -%}
    {%- for name, input in policy_inputs().items() if name in policies and has_input(input) -%}
        {%- do texts.append(name ~ ': ' ~ policy_text(name)) -%}
    {%- endfor -%}
    {{ return(' [' ~ texts | join(', ') ~ ']' if texts else '') }}
{%- endmacro %}
