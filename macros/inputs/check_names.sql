{# The vars that are meant for this package and are none of its settings, or that this package doesn't read where they stand, in sentences. #}
{% macro setting_name_problems() -%}
    {%- set settings = setting_names() -%}
    {%- set problems = [] -%}
    {%- for name in vars_for_this_package() if name not in settings -%}
        {%- do problems.append(unknown_name(name, 'a setting', settings)) -%}
    {%- endfor -%}
    {%- for name, place in vars_out_of_sight().items() -%}
        {%- do problems.append(name ~ ' stands under vars: ' ~ place ~ ":, where okr_metrics doesn't read it."
            ~ ' Put it under vars: itself, or under vars: okr_metrics:.') -%}
    {%- endfor -%}
    {{ return(problems) }}
{%- endmacro %}

{# The names of all settings as vars. #}
{% macro setting_names() -%}
    {%- set names = [] -%}
    {%- for name in setting_rules() -%}
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
    {%- for name in given.project.get('okr_metrics') or {} if given.project.okr_metrics is mapping and name not in names -%}
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
    {%- set nearest = nearest_name(name, names) -%}
    {{ return(name ~ " isn't " ~ kind ~ ('; did you mean ' ~ nearest ~ '?' if nearest else '.') ~ ' Settings: ' ~ names | join(', ') ~ '.') }}
{%- endmacro %}

{# The name that shares most pairs of letters with a name; none where none is near. #}
{% macro nearest_name(name, names) -%}
    {%- set pairs = letter_pairs(name) -%}
    {%- set best = namespace(name=none, share=0.4) -%}
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
