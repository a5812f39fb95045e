{# Stops where a var that is meant for this package is none of its settings, or one that another makes void: it would be ignored without a word. #}
{% macro check_setting_names() -%}
    {%- set settings = setting_names() -%}
    {%- set problems = [] -%}
    {%- for name in vars_for_this_package() if name not in settings -%}
        {%- do problems.append(unknown_name(name, 'a setting', settings)) -%}
    {%- endfor -%}
    {%- for name, place in vars_out_of_sight().items() -%}
        {%- do problems.append(name ~ ' stands under vars: ' ~ place ~ ":, where okr_metrics doesn't read it."
            ~ ' Put it under vars: itself, or under vars: okr_metrics:.') -%}
    {%- endfor -%}
    {%- if has_input('calendar') and setting('fiscal_year_start_month') != 1 -%}
        {%- do problems.append('okr_metrics_fiscal_year_start_month must be left out where a calendar is mapped: its years start where the calendar says.') -%}
    {%- endif -%}
    {%- if problems -%}
        {{ exceptions.raise_compiler_error(problems | join('\n')) }}
    {%- endif -%}
{%- endmacro %}

{# The names of all settings as vars. #}
{% macro setting_names() -%}
    {%- set names = ['okr_metrics_inputs', 'okr_metrics_policies', 'okr_metrics_semantic_layer', 'okr_metrics_time_spine'] -%}
    {%- for name in setting_defaults() -%}
        {%- do names.append('okr_metrics_' ~ name) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{# The vars of the root project and of --vars that mean this package: all that stand in its own scope, and elsewhere those whose name begins as ours do. #}
{% macro vars_for_this_package() -%}
    {%- set given = all_vars() -%}
    {%- set names = [] -%}
    {%- for name in (given.project.keys() | list) + (given.cli.keys() | list)
        if modules.re.match('okr_?-?metrics?[_-]', name | string | lower) and name not in names -%}
        {%- do names.append(name) -%}
    {%- endfor -%}
    {%- for name in given.project.get('okr_metrics') or {} if name not in names -%}
        {%- do names.append(name) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{# {name: scope}: settings that stand in the scope of another package alone. #}
{% macro vars_out_of_sight() -%}
    {%- set read = vars_for_this_package() -%}
    {%- set found = {} -%}
    {%- for scope, scoped in all_vars().project.items() if scoped is mapping and scope not in read and scope != 'okr_metrics' -%}
        {%- for name in scoped if name in setting_names() and name not in read -%}
            {%- do found.update({name: scope}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{# The vars of the root project's dbt_project.yml and those of --vars; dbt's v2 engine doesn't show them. #}
{% macro all_vars() -%}
    {%- if adapter.config is defined and adapter.config.vars is defined -%}
        {{ return({'project': adapter.config.vars.to_dict(), 'cli': adapter.config.cli_vars}) }}
    {%- endif -%}
    {{ return({'project': {}, 'cli': {}}) }}
{%- endmacro %}

{# A sentence on a name that isn't known, with the nearest of those that are. #}
{% macro unknown_name(name, kind, names) -%}
    {{ return(name ~ " isn't " ~ kind ~ '; did you mean ' ~ nearest_name(name, names) ~ '? Settings: ' ~ names | join(', ') ~ '.') }}
{%- endmacro %}

{# The name that shares most pairs of letters with a name. #}
{% macro nearest_name(name, names) -%}
    {%- set pairs = letter_pairs(name) -%}
    {%- set best = namespace(name=none, share=-1) -%}
    {%- for candidate in names -%}
        {%- set others = letter_pairs(candidate) -%}
        {%- set share = (pairs | select('in', others) | list | length) * 2 / (pairs | length + others | length + 1) -%}
        {%- if share > best.share -%}
            {%- set best.name = candidate -%}
            {%- set best.share = share -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(best.name) }}
{%- endmacro %}

{# The different pairs of letters in a row of a name. #}
{% macro letter_pairs(name) -%}
    {%- set text = name | string | lower -%}
    {%- set pairs = [] -%}
    {%- for place in range(text | length - 1) if text[place:place + 2] not in pairs -%}
        {%- do pairs.append(text[place:place + 2]) -%}
    {%- endfor -%}
    {{ return(pairs) }}
{%- endmacro %}
