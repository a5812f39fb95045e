{# Stops where vars of this package have names or values that they can't have, or stand where it doesn't read them. #}
{% macro check_settings() -%}
    {%- set names, problems = [], [] -%}
    {%- for name in settings() -%}
        {%- do names.append('okr_metrics_' ~ name) -%}
    {%- endfor -%}

    {#- the vars of the root project and of --vars that mean this package: all that stand in its own scope, and elsewhere those whose name begins as ours
        do; dbt's v2 engine doesn't show them -#}
    {%- set is_shown = adapter.config is defined and adapter.config.vars is defined -%}
    {%- set project, cli = (adapter.config.vars.to_dict(), adapter.config.cli_vars) if is_shown else ({}, {}) -%}
    {%- set meant = [] -%}
    {%- for name in (project.keys() | list) + (cli.keys() | list) if modules.re.match('okr_?-?metrics?[_-]', name | string | lower) and name not in meant -%}
        {%- do meant.append(name) -%}
    {%- endfor -%}
    {%- for name in (project.okr_metrics if project.get('okr_metrics') is mapping else []) if name not in meant -%}
        {%- do meant.append(name) -%}
    {%- endfor -%}
    {%- for name in meant if name not in names -%}
        {%- set nearest = nearest_name(name, names) -%}
        {%- do problems.append(name ~ " isn't a setting" ~ ('; did you mean ' ~ nearest ~ '?' if nearest else '.') ~ ' Settings: ' ~ names | join(', ') ~ '.') -%}
    {%- endfor -%}
    {%- set misplaced = {} -%}
    {%- for scope, scoped in project.items() if scoped is mapping and scope not in meant and scope != 'okr_metrics' -%}
        {%- for name in scoped if name in names and name not in meant -%}
            {%- do misplaced.update({name: scope}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for name, scope in misplaced.items() -%}
        {%- do problems.append(name ~ ' stands under vars: ' ~ scope ~ ":, where okr_metrics doesn't read it. Put it under vars: itself, or under vars: okr_metrics:.") -%}
    {%- endfor -%}

    {%- for name in settings() if var('okr_metrics_' ~ name, none) is not none -%}
        {%- set problem = setting_problem(name, var('okr_metrics_' ~ name)) -%}
        {%- do problems.append(problem) if problem -%}
    {%- endfor -%}
    {%- if not problems and has_input('calendar') and setting('fiscal_year_start_month') != 1 -%}
        {%- do problems.append('okr_metrics_fiscal_year_start_month must be left out where a calendar is mapped: its years start where the calendar says.') -%}
    {%- endif -%}
    {%- if problems -%}
        {{ exceptions.raise_compiler_error(problems | join('\n')) }}
    {%- endif -%}
{%- endmacro %}

{# Stops with one plain sentence where a setting's value isn't valid: what it is, what it must be, and the nearest that is. #}
{% macro check_setting(name, value) -%}
    {%- set problem = setting_problem(name, value) -%}
    {%- if problem -%}
        {{ exceptions.raise_compiler_error(problem) }}
    {%- endif -%}
{%- endmacro %}

{# That sentence; empty where the value is valid. #}
{% macro setting_problem(name, value) -%}
    {%- set problem = problem_of('okr_metrics_' ~ name, value, setting_rule(name)) -%}
    {%- if not problem -%}
        {%- if name == 'dimensions' -%}
            {#- that the column exists is asked when the relation is read -#}
            {%- set inputs = ['customers', 'orders', 'order_lines', 'subscriptions'] -%}
            {%- set reserved = ['total', 'dimension', 'dimension_value', 'period_grain', 'period_start', 'period_end', 'unknown'] -%}
            {%- set says = 'okr_metrics_dimensions: ' -%}
            {%- for dimension, place in value.items() -%}
                {%- set input = (place | string).split('.')[0] | lower -%}
                {%- set own_input = standard_dimensions().get(dimension, input).split('.')[0] -%}
                {%- if dimension in reserved or not modules.re.match('^[a-z][a-z0-9_]{0,49}$', dimension | string) -%}
                    {{ return(says ~ value_text(dimension) ~ " can't be the name of a dimension. It must be up to 50 lower-case letters, digits and _, begin with a letter, and be none of " ~ reserved | join(', ') ~ '.') }}
                {%- elif dimension == 'source' and place is not boolean and place is not none -%}
                    {{ return(says ~ 'source is ' ~ value_text(place) ~ ". It must be true or false: source is the name of what an input is mapped to (okr_metrics_inputs). Give a column another name.") }}
                {%- elif dimension == 'source' or place is none -%}
                {%- elif input not in inputs or not modules.re.match('^[A-Za-z_]+[.][A-Za-z_][A-Za-z0-9_]*$', place | string) -%}
                    {{ return(says ~ dimension ~ ' is ' ~ value_text(place) ~ ". It must be input.column, such as customers.brand, and the input one of " ~ inputs | join(', ') ~ '.') }}
                {%- elif input != own_input -%}
                    {{ return(says ~ dimension ~ ' is ' ~ value_text(place) ~ ", and it must be a column of " ~ own_input ~ ' or null: the package reads it there. Give a column of ' ~ input ~ ' another name.') }}
                {%- elif not has_input(input) -%}
                    {{ return(says ~ dimension ~ ' is ' ~ value_text(place) ~ ", and the input " ~ input ~ ' is not mapped. Map it in okr_metrics_inputs, or leave the dimension out.') }}
                {%- endif -%}
            {%- endfor -%}
        {%- elif name == 'sources' -%}
            {%- for source, given in value.items() if given is not mapping and given is not none -%}
                {%- for place in given -%}
                    {%- for setting in settings_of_source(source) if setting not in ['schema', 'database'] and place.get(setting) != given[0].get(setting) -%}
                        {{ return('okr_metrics_sources.' ~ source ~ ': ' ~ setting ~ ' differs within the list. The places of a source may differ in schema and database alone: give each the same '
                            ~ setting ~ ', or map one of them by views of yours.') }}
                    {%- endfor -%}
                {%- endfor -%}
                {%- set places = source_places(source, value) -%}
                {%- for place in places -%}
                    {%- if place in places[:loop.index0] -%}
                        {{ return('okr_metrics_sources.' ~ source ~ ": the schema '" ~ place.schema ~ "' stands in it twice, and would count twice. Leave one out.") }}
                    {%- endif -%}
                {%- endfor -%}
            {%- endfor -%}
        {%- elif name == 'order_statuses' -%}
            {%- for word in order_statuses('counted', value) if word in order_statuses('not_counted', value) -%}
                {{ return("okr_metrics_order_statuses: '" ~ word ~ "' is counted and not_counted. Take it off one of the two lists.") }}
            {%- endfor -%}
        {%- endif -%}
        {{ return('') }}
    {%- endif -%}

    {%- set value, rule = problem.value, problem.rule -%}
    {%- set says = problem.place ~ ': ' ~ value_text(value)[:200] -%}
    {%- if problem.is_double -%}
        {{ return(says ~ ' stands in it twice, and would count twice. Leave one out.') }}
    {%- endif -%}

    {#- what somebody may have meant: the first that the rule allows is said -#}
    {%- set is_alone = value is iterable and value is not string and value is not mapping and value | length == 1 -%}
    {%- set text = (value[0] if is_alone else value) | string | trim -%}
    {%- set candidates = [] -%}
    {%- if value is string or is_alone -%}
        {%- do candidates.extend([text, text | lower, text | upper, text.split('.')[-2:] | join('.'), {'true': true, 'false': false}.get(text | lower)]) -%}
        {#- the name in ref('my_orders') -#}
        {%- do candidates.extend([modules.re.sub('^.*[\'"]([^\'"]+)[\'"].*$', '\\1', text), text.split(',') | map('trim') | list]) -%}
    {%- elif value is number and value is not boolean and 'pattern' not in rule -%}
        {%- do candidates.append(text) -%}
    {%- endif -%}
    {%- if modules.re.match('^-?[0-9]+([.][0-9]+)?$', text) -%}
        {%- do candidates.append(text | float | int if text | float == text | float | int else text | float) -%}
    {%- endif -%}
    {%- if rule.get('kind') == 'day' -%}
        {%- do candidates.append(modules.re.sub('^([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})([ T].*)?$', '\\1-\\2-\\3', text)) -%}
    {%- elif rule.get('kind') == 'choice' and value is not mapping -%}
        {%- do candidates.append(nearest_name(text, rule.of)) -%}
    {%- endif -%}
    {%- set meant = [] -%}
    {%- for candidate in candidates if candidate is not none and not meant and not problem_of('', candidate, rule) -%}
        {%- do meant.append(candidate) -%}
    {%- endfor -%}
    {%- set must_be = rule.get('must_be') or 'one of: ' ~ rule.of | join(', ') -%}
    {{ return(says ~ " isn't valid. It must be " ~ must_be ~ '.' ~ (' Did you mean ' ~ value_text(meant[0]) ~ '?' if meant else '')) }}
{%- endmacro %}

{# The first part of a value that its rule doesn't allow, with that rule and the place where it stands; none where all is well. #}
{% macro problem_of(place, value, rule) -%}
    {%- set kind, is_mapping = rule.get('kind'), value is mapping -%}
    {%- set is_list = value is iterable and value is not string and not is_mapping -%}
    {#- true is no number, and no number is a text -#}
    {%- set is_number = value is number and value is not boolean -%}
    {%- set is_text = value is string and value | trim != '' -%}
    {%- if value is none -%}
        {%- set is_right = rule.get('is_nullable') -%}
    {%- elif is_mapping -%}
        {%- set is_right = 'names' in rule -%}
    {%- elif is_list -%}
        {%- set is_right = 'list' in rule and (value or not rule.get('is_filled')) -%}
    {%- elif kind == 'day' -%}
        {%- set is_right = value | string >= '1970' and modules.re.match(
            '^([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))'
            ~ '|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$', value | string
        ) -%}
    {%- elif kind == 'text' -%}
        {%- set is_right = is_text and modules.re.match('^(' ~ rule.get('pattern', '[^\n]*') ~ ')$', value) -%}
    {%- elif kind == 'choice' -%}
        {%- set is_right = is_text and value in rule.of -%}
    {%- elif kind == 'word' -%}
        {%- set is_right = is_text or is_number and value is integer -%}
    {%- elif kind == 'switch' -%}
        {%- set is_right = value is boolean -%}
    {%- elif kind == 'place' -%}
        {%- set is_right = is_text or value is boolean -%}
    {%- else -%}
        {%- set is_right = kind in ('number', 'whole number') and is_number and (value is integer or kind == 'number') and rule.least <= value <= rule.most -%}
    {%- endif -%}
    {%- if not is_right -%}
        {{ return({'place': place, 'value': value, 'rule': rule}) }}
    {%- endif -%}

    {%- set parts = [] -%}
    {%- for key, entry in (value.items() if is_mapping else []) -%}
        {%- do parts.extend([(place, key, rule.names), (place ~ '.' ~ key, entry, rule.get('entries', {}).get(key, rule.get('mapping')))]) -%}
    {%- endfor -%}
    {%- for entry in (value if is_list else []) -%}
        {%- do parts.append((place, entry, rule.list)) -%}
    {%- endfor -%}
    {%- for part in parts -%}
        {%- set problem = problem_of(*part) -%}
        {%- if problem -%}
            {{ return(problem) }}
        {%- elif is_list and part in parts[:loop.index0] -%}
            {{ return({'place': place, 'value': part[1], 'rule': rule, 'is_double': true}) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(none) }}
{%- endmacro %}

{# A value as one writes it in YAML, texts in quotes. #}
{% macro value_text(value) -%}
    {%- set parts = [] -%}
    {%- if value is mapping -%}
        {%- for key, entry in value.items() -%}
            {%- do parts.append(key ~ ': ' ~ value_text(entry)) -%}
        {%- endfor -%}
        {{ return('{' ~ parts | join(', ') ~ '}') }}
    {%- elif value is iterable and value is not string -%}
        {%- for entry in value -%}
            {%- do parts.append(value_text(entry)) -%}
        {%- endfor -%}
        {{ return('[' ~ parts | join(', ') ~ ']') }}
    {%- elif value is string -%}
        {{ return('"' ~ value ~ '"' if "'" in value else "'" ~ value ~ "'") }}
    {%- endif -%}
    {{ return('null' if value is none else value | string | lower if value is boolean else value | string) }}
{%- endmacro %}

{# The name that shares most pairs of letters with a name; none where none is near. #}
{% macro nearest_name(name, names) -%}
    {%- set text = name | string | lower -%}
    {%- set pairs = [] -%}
    {%- for place in range(text | length - 1) if text[place:place + 2] not in pairs -%}
        {%- do pairs.append(text[place:place + 2]) -%}
    {%- endfor -%}
    {%- set best = namespace(name=none, share=0.4) -%}
    {%- for candidate in names -%}
        {%- set other = candidate | string | lower -%}
        {%- set others = [] -%}
        {%- for place in range(other | length - 1) if other[place:place + 2] not in others -%}
            {%- do others.append(other[place:place + 2]) -%}
        {%- endfor -%}
        {%- set share = (pairs | select('in', others) | list | length) * 2 / (pairs | length + others | length + 1) -%}
        {%- if share > best.share -%}
            {%- set best.name = candidate -%}
            {%- set best.share = share -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(best.name) }}
{%- endmacro %}
