{# The sentence on a part of a setting that isn't valid, with what it must be and the nearest that is. #}
{% macro problem_text(problem) -%}
    {%- set says = problem.place ~ ': ' ~ value_text(problem.value)[:200] -%}
    {%- if problem.is_double -%}
        {{ return(says ~ ' stands in it twice, and would count twice. Leave one out.') }}
    {%- endif -%}
    {%- set must_be = problem.rule.get('must_be') or 'one of: ' ~ problem.rule.of | join(', ') -%}
    {%- set nearest = nearest_value(problem.value, problem.rule) -%}
    {{ return(says ~ " isn't valid. It must be " ~ must_be ~ '.' ~ (' Did you mean ' ~ value_text(nearest) ~ '?' if nearest is not none else '')) }}
{%- endmacro %}

{# The first that a rule allows of what somebody may have meant by a value; none where nothing is near. #}
{% macro nearest_value(value, rule) -%}
    {%- set is_alone = is_list(value) and value | length == 1 -%}
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
    {%- for candidate in candidates if candidate is not none and not problem_of('', candidate, rule) -%}
        {{ return(candidate) }}
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
    {%- elif is_list(value) -%}
        {%- for entry in value -%}
            {%- do parts.append(value_text(entry)) -%}
        {%- endfor -%}
        {{ return('[' ~ parts | join(', ') ~ ']') }}
    {%- elif value is string -%}
        {{ return('"' ~ value ~ '"' if "'" in value else "'" ~ value ~ "'") }}
    {%- endif -%}
    {{ return('null' if value is none else value | string | lower if value is boolean else value | string) }}
{%- endmacro %}
