{# Stops with one plain sentence where a setting's value isn't valid: what it is, what it must be, and the nearest that is. #}
{% macro check_setting(name, value) -%}
    {%- set problem = setting_problem(name, value) -%}
    {%- if problem -%}
        {{ exceptions.raise_compiler_error(problem) }}
    {%- endif -%}
{%- endmacro %}

{# Stops where vars of this package have names or values that they can't have. #}
{% macro check_settings() -%}
    {%- set problems = setting_name_problems() -%}
    {%- for name in setting_rules() if var('okr_metrics_' ~ name, none) is not none -%}
        {%- do problems.append(setting_problem(name, var('okr_metrics_' ~ name))) -%}
    {%- endfor -%}
    {%- if not problems | select | list and has_input('calendar') and setting('fiscal_year_start_month') != 1 -%}
        {%- do problems.append('okr_metrics_fiscal_year_start_month must be left out where a calendar is mapped: its years start where the calendar says.') -%}
    {%- endif -%}
    {%- if problems | select | list -%}
        {{ exceptions.raise_compiler_error(problems | select | join('\n')) }}
    {%- endif -%}
{%- endmacro %}

{# What is wrong with a setting's value; empty where nothing is. #}
{% macro setting_problem(name, value) -%}
    {%- set problem = problem_of('okr_metrics_' ~ name, value, setting_rule(name)) -%}
    {%- if problem -%}
        {{ return(problem_text(problem)) }}
    {%- elif name == 'dimensions' -%}
        {{ return(dimensions_problem(value)) }}
    {%- elif name == 'order_statuses' -%}
        {{ return(order_statuses_problem(value)) }}
    {%- endif -%}
    {{ return('') }}
{%- endmacro %}

{# The first part of a value that its rule doesn't allow, with that rule and the place where it stands; none where all is well. #}
{% macro problem_of(place, value, rule) -%}
    {%- set is_wrong = not rule.get('is_nullable') if value is none
        else 'names' not in rule if value is mapping
        else 'list' not in rule or not value and rule.get('is_filled') if is_list(value)
        else not fits(value, rule) -%}
    {%- if is_wrong -%}
        {{ return({'place': place, 'value': value, 'rule': rule}) }}
    {%- endif -%}
    {%- set parts = [] -%}
    {%- for key, entry in (value.items() if value is mapping else []) -%}
        {%- do parts.extend([(place, key, rule.names), (place ~ '.' ~ key, entry, rule.get('entries', {}).get(key, rule.get('mapping')))]) -%}
    {%- endfor -%}
    {%- for entry in (value if is_list(value) else []) -%}
        {%- do parts.append((place, entry, rule.list)) -%}
    {%- endfor -%}
    {%- for part in parts -%}
        {%- set problem = problem_of(*part) -%}
        {%- if problem -%}
            {{ return(problem) }}
        {%- elif is_list(value) and part in parts[:loop.index0] -%}
            {{ return({'place': place, 'value': part[1], 'rule': rule, 'is_double': true}) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(none) }}
{%- endmacro %}

{# Whether one value, neither a list nor a mapping, is of a rule's kind. true is no number, and no number is a text. #}
{% macro fits(value, rule) -%}
    {%- set kind = rule.get('kind') -%}
    {%- set is_number = value is number and value is not boolean -%}
    {%- set is_text = value is string and value | trim != '' -%}
    {{ return(
        kind == 'switch' and value is boolean
        or kind == 'place' and (is_text or value is boolean)
        or kind == 'number' and is_number and rule.least <= value <= rule.most
        or kind == 'whole number' and is_number and value is integer and rule.least <= value <= rule.most
        or kind == 'word' and (is_text or is_number and value is integer)
        or kind == 'choice' and is_text and value in rule.of
        or kind == 'day' and is_day(value | string) and value | string >= '1970'
        or kind == 'text' and is_text and modules.re.match('^(' ~ rule.get('pattern', '[^\n]*') ~ ')$', value) is not none
    ) }}
{%- endmacro %}

{% macro is_list(value) -%}
    {{ return(value is iterable and value is not string and value is not mapping) }}
{%- endmacro %}
