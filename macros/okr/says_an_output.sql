{# Whether plain words say work done: a verb of it where a clause begins, or what was done, without a number. #}
{% macro says_an_output(words) -%}
    {%- set list = finding_words() -%}
    {%- set verb = clause_start() ~ one_of(list.output_verbs) -%}
    {#- "build time" is a noun -#}
    {%- set noun = '(^|[ ,])(' ~ list.output_verbs | join('|') ~ ') ' ~ one_of(list.after_a_noun) -%}
    {%- set delivery = clause_start() ~ one_of(list.delivery_verbs) -%}
    {#- what a shop does all day is its outcome -#}
    {%- set daily_work = '%|(^|[ ,])' ~ one_of(list.delivered_things + list.after_a_noun) -%}
    {%- set done = '(^|[ ,])' ~ one_of(list.done) ~ '|' ~ clause_start() ~ '(' ~ list.output_nouns | join('|') ~ ') (of|de|du|des|d)( |$)' -%}
    (
        {{ has_pattern(words, verb) }} and not {{ has_pattern(words, noun) }}
        or {{ has_pattern(words, delivery) }} and not {{ has_pattern(words, daily_work) }}
        or {{ has_pattern(words, done) }} and not {{ has_number(words) }}
    )
{%- endmacro %}

{# Whether plain words say better, with no number to say how much. #}
{% macro says_only_better(words) -%}
    {%- set list = finding_words() -%}
    {{ has_pattern(words, '(' ~ clause_start() ~ '| (to|a|d) )' ~ one_of(list.vague_verbs) ~ '|' ~ clause_start() ~ one_of(list.vague_nouns)) }}
    and not {{ has_number(words) }}
{%- endmacro %}

{# The pattern of the place where a verb stands: the beginning, after a comma, after "and", "we", "will", after an adverb. #}
{% macro clause_start() -%}
    (^|, *|(^| )(and|then|we|will|or|et|puis|ou) )(to )?([a-z]+ly )?
{%- endmacro %}

{# The pattern of one whole word of a list. #}
{% macro one_of(words) -%}
    ({{ words | join('|') }})([ ,]|$)
{%- endmacro %}

{# Whether plain words hold a number: a year, a quarter (Q3) or a version (v2) is none, "half" and "double" are. #}
{% macro has_number(words) -%}
    {{ has_pattern(
        words,
        '(^|[^a-z0-9])([0-9]{1,3}|[0-9]{5,}|[013-9][0-9]{3}|2[1-9][0-9]{2}|20[014-9][0-9])([^0-9]|$)|(^|[ ,])(half|halve|twice|double|triple|zero|moitie)([ ,]|$)'
    ) }}
{%- endmacro %}
