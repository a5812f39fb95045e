{# Every sentence of the marts, by topic. The files of macros/rules write them: rule or rule.case -> {severity?, severities?, limit?, message, how_to_fix?}, each text by language. #}
{% macro rule_topics() -%}
    {{ return({
        'alerts': rules_on_alerts,
        'conflicts': rules_on_conflicts,
        'focus': rules_on_focus,
        'forecasts': rules_on_forecasts,
        'goals': rules_on_goals,
        'guardrails': rules_on_guardrails,
        'health': rules_on_health,
        'input_findings': rules_on_input_findings,
        'kpis': rules_on_kpis,
        'movements': rules_on_movements,
        'objectives': rules_on_objectives,
        'objects': rules_on_objects,
        'okr_findings': rules_on_okr_findings,
        'reject_reasons': rules_on_reject_reasons,
        'status': rules_on_status,
        'targets': rules_on_targets,
        'words': rules_on_words,
    }) }}
{%- endmacro %}

{# The YAML of a topic. #}
{% macro rules_text(topic) -%}
    {%- set topics = rule_topics() -%}
    {%- if topic not in topics -%}
        {{ exceptions.raise_compiler_error('okr_metrics: no topic of sentences is named ' ~ topic ~ '; there are ' ~ topics | join(', ') ~ '.') }}
    {%- endif -%}
    {{ return(topics[topic]()) }}
{%- endmacro %}

{# One entry of a topic; a case has what its rule says where it says nothing itself. Only its own lines are parsed: a build asks a thousand times. #}
{% macro rule_of(topic, name) -%}
    {%- set entry = {} -%}
    {%- for key in [name.split('.')[0], name] | unique -%}
        {%- set parts = ('\n' ~ rules_text(topic)).split('\n' ~ key ~ ':\n') -%}
        {#- what is indented below the name belongs to it -#}
        {%- do entry.update(fromyaml(parts[1].replace('\n ', '\r ').split('\n')[0].replace('\r', '\n'))) if parts | length > 1 -%}
    {%- endfor -%}
    {%- if not entry -%}
        {{ exceptions.raise_compiler_error('okr_metrics: macros/rules has no sentence ' ~ topic ~ ', ' ~ name ~ '.') }}
    {%- endif -%}
    {{ return(entry) }}
{%- endmacro %}

{# The text of an entry in the language of the marts, in English where that language lacks it. #}
{% macro in_language(texts) -%}
    {{ return(texts[setting('language')] or texts['en']) }}
{%- endmacro %}

{# A sentence of a topic as SQL text. Each {name} in it is a figure: the SQL expression of that name, which is text. What is no name, as in {expired: cancelled}, stays as it is. #}
{% macro say(topic, sentence, figures={}, part='message') -%}
    {#- while dbt parses, nobody reads it -#}
    {%- if not execute -%}
        {{ return("''") }}
    {%- endif -%}
    {%- set pieces = [] -%}
    {%- for piece in in_language(rule_of(topic, sentence)[part]).split('{') -%}
        {%- set name = piece.split('}')[0] if not loop.first and ' ' not in piece.split('}')[0] -%}
        {%- if name and name not in figures -%}
            {{ exceptions.raise_compiler_error('okr_metrics: the sentence ' ~ topic ~ '.' ~ sentence ~ ' has a place {' ~ name ~ '}, and no figure of that name is given.') }}
        {%- endif -%}
        {%- if name -%}
            {%- do pieces.append(figures[name]) -%}
        {%- endif -%}
        {%- set words = piece.split('}')[1] if name else piece if loop.first else '{' ~ piece -%}
        {%- if words -%}
            {%- do pieces.append(dbt.string_literal(dbt.escape_single_quotes(words))) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(pieces | join(' || ')) }}
{%- endmacro %}

{# The sentence of the first case that holds: {sentence: condition}, the last without one. #}
{% macro say_case(topic, cases, figures={}, part='message') -%}
    {%- set texts = [] -%}
    {%- for sentence in cases -%}
        {%- do texts.append(say(topic, sentence, figures, part)) -%}
    {%- endfor -%}
    {{ return(first_that_holds(cases.values() | list, texts)) }}
{%- endmacro %}

{# The text whose condition is the first to hold; the last has none. #}
{% macro first_that_holds(conditions, texts) -%}
    {%- if texts | unique | list | length == 1 -%}
        {{ return(texts[0]) }}
    {%- endif -%}
    {%- set branches = [] -%}
    {%- for text in texts -%}
        {%- do branches.append(('when ' ~ conditions[loop.index0] ~ ' then ' if conditions[loop.index0] else 'else ') ~ text) -%}
    {%- endfor -%}
    {{ return('case ' ~ branches | join(' ') ~ ' end') }}
{%- endmacro %}

{# A value that is one of the words of a list (macros/rules/words.sql) in the language of the marts; another value stays as it is. #}
{% macro word(list, value) -%}
    {%- if not execute -%}
        {{ return(value) }}
    {%- endif -%}
    {%- set cases = [] -%}
    {%- for name, texts in rule_of('words', list).items() if in_language(texts) != name -%}
        {%- do cases.append("when '" ~ name ~ "' then " ~ dbt.string_literal(dbt.escape_single_quotes(in_language(texts)))) -%}
    {%- endfor -%}
    {{ return('case ' ~ value ~ ' ' ~ cases | join(' ') ~ ' else ' ~ value ~ ' end' if cases else value) }}
{%- endmacro %}

{# A text, or that it is empty. #}
{% macro or_empty(value) -%}
    {{ return('coalesce(' ~ value ~ ', ' ~ say('objects', 'empty') ~ ')') }}
{%- endmacro %}
