{{ config(enabled=okr_is_on()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}
{#- words to look for, in English and French, without accents -#}
{%- set output_verbs = [
    'launch', 'relaunch', 'release', 'build', 'rebuild', 'implement', 'publish', 'roll[ -]?out', 'migrate', 'deploy',
    'develop', 'create', 'set up', 'install', 'introduce', 'redesign', 'prepare', 'finalise', 'finalize', 'finish',
    'organise', 'organize', '(re)?open (the|an?|our|in|new|another|[0-9]+)',
    'lancer', 'relancer', 'deployer', 'publier', 'developper', 'construire', 'creer', 'implementer', 'migrer',
    'installer', 'mettre en (place|ligne|production|oeuvre|service)', 'concevoir', 'refondre', 'rediger', 'preparer',
    'finaliser', 'organiser', 'introduire', 'ouvrir', 'rouvrir',
] | join('|') -%}
{%- set output_nouns = [
    'rollout', 'roll-out', 'implementation', 'migration', 'deployment', 'lancement', 'deploiement', 'refonte',
    'creation', 'developpement', 'construction', 'ouverture',
] | join('|') -%}
{%- set done = [
    'launched', 'relaunched', 'rolled out', 'implemented', '(is|goes|went|are) live', 'in production',
    're?lancee?s?', 'lancee?s?', 'deployee?s?', 'mise?s? en (place|ligne|production|oeuvre|service)', 'en production',
] | join('|') -%}
{%- set after_a_noun = [
    'time', 'times', 'dates?', 'days?', 'weeks?', 'rates?', 'costs?', 'fees?', 'cycles?', 'notes', 'failures?',
    'errors?', 'frequency', 'speed', 'duration', 'minutes', 'quality', 'base', 'partners?', 'customers?',
] | join('|') -%}
{%- set delivery_verbs = ['ship', 'deliver', 'livrer', 'expedier'] | join('|') -%}
{%- set delivered_things = [
    'orders?', 'parcels?', 'packages?', 'goods', 'on time', 'within', 'commandes?', 'colis', 'a temps', 'a l heure',
    'sous',
] | join('|') -%}
{%- set vague_verbs = [
    'improve', 'improving', 'boost', 'boosting', 'optimi[sz]e', 'optimi[sz]ing', 'strengthen', 'strengthening',
    'stimulate', 'stimulating', 'enhance', 'enhancing', 'foster', 'maximi[sz]e', 'streamline', 'revitali[sz]e',
    'ameliorer', 'stimuler', 'optimiser', 'renforcer', 'dynamiser', 'booster', 'favoriser', 'encourager', 'maximiser',
    'fluidifier',
] | join('|') -%}
{%- set vague_nouns = [
    'improvement', 'optimi[sz]ation', 'enhancement', 'amelioration', 'renforcement', 'dynamisation', 'stimulation',
] | join('|') -%}
{#- where a verb stands: at the beginning, after a comma, after "and", "we", "will", after an adverb -#}
{%- set clause_start = '(^|, *|(^| )(and|then|we|will|or|et|puis|ou) )(to )?([a-z]+ly )?' -%}
{%- set word_end = '([ ,]|$)' -%}
{#- a year, a quarter (Q3) or a version (v2) is no number, "half" and "double" are -#}
{%- set number = '(^|[^a-z0-9])([0-9]{1,3}|[0-9]{5,}|[013-9][0-9]{3}|2[1-9][0-9]{2}|20[014-9][0-9])([^0-9]|$)'
    ~ '|(^|[ ,])(half|halve|twice|double|triple|zero|moitie)([ ,]|$)' -%}
{#- accented capitals too: some engines leave them to lower() -#}
{%- set letters = {
    'a': 'àâäáãåÀÂÄÁÃÅ', 'c': 'çÇ', 'e': 'éèêëÉÈÊË', 'i': 'îïíìÎÏÍÌ', 'n': 'ñÑ', 'o': 'ôöóòõÔÖÓÒÕ',
    'u': 'ûüúùÛÜÚÙ', 'y': 'ÿŸ', ',': '.:;!?()/&—–', ' ': '’"«»\u00a0\u202f\t',
} -%}
{%- set plain_letters = [] -%}
{%- for letter, forms in letters.items() -%}
    {%- do plain_letters.append(letter * forms | length) -%}
{%- endfor -%}
{#- accents written as marks of their own have no counterpart, so they go -#}
{%- set written_letters = letters.values() | join ~ '\u0300\u0301\u0302\u0308\u0327' %}

with

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

names as (

    select
        {{ say('objects', 'key_result', {'id': 'key_results.key_result_id'}) }} as object,
        key_results.key_result_name as name,
        true as is_key_result,
        cycles.end_date as last_day

    from key_results

    left join objectives on key_results.objective_id = objectives.objective_id

    left join cycles on objectives.cycle_id = cycles.cycle_id

    union all

    select
        {{ say('objects', 'objective', {'id': 'objectives.objective_id'}) }} as object,
        objectives.objective_name as name,
        false as is_key_result,
        cycles.end_date as last_day

    from objectives

    left join cycles on objectives.cycle_id = cycles.cycle_id

),

-- lower case without accents; every mark that ends a clause a comma, other marks a space
with_words as (

    select
        *,
        trim(translate(
            replace(
                replace(replace(replace(lower(name), 'œ', 'oe'), 'Œ', 'oe'), '{{ quote }}', ' '),
                chr(10), ' '
            ),
            '{{ written_letters }}', '{{ plain_letters | join }}'
        )) as words

    from names

),

with_number as (

    select
        *,
        {{ has_pattern('words', number) }} as has_number

    from with_words

),

final as (

    select
        {{ finding('output_not_outcome', 'object', {'name': 'name'}, last_day='last_day') }}

    from with_number

    where
        (
            {{ has_pattern('words', clause_start ~ '(' ~ output_verbs ~ ')' ~ word_end) }}
            -- "build time" is a noun
            and not {{ has_pattern('words', '(^|[ ,])(' ~ output_verbs ~ ') (' ~ after_a_noun ~ ')' ~ word_end) }}
        )
        or (
            {{ has_pattern('words', clause_start ~ '(' ~ delivery_verbs ~ ')' ~ word_end) }}
            -- what a shop does all day is its outcome
            and not {{ has_pattern(
                'words', '%|(^|[ ,])(' ~ delivered_things ~ '|' ~ after_a_noun ~ ')' ~ word_end,
            ) }}
        )
        or (
            {{ has_pattern(
                'words',
                '(^|[ ,])(' ~ done ~ ')' ~ word_end
                ~ '|' ~ clause_start ~ '(' ~ output_nouns ~ ') (of|de|du|des|d)( |$)',
            ) }}
            and not has_number
        )

    union all

    select
        {{ finding('vague_words', 'object', {'name': 'name'}, last_day='last_day') }}

    from with_number

    where
        -- an objective may be a direction: its key results have the numbers
        is_key_result
        and {{ has_pattern(
            'words',
            '(' ~ clause_start ~ '| (to|a|d) )(' ~ vague_verbs ~ ')' ~ word_end
            ~ '|' ~ clause_start ~ '(' ~ vague_nouns ~ ')' ~ word_end,
        ) }}
        and not has_number

)

select * from final
