{# How an objective stands while its cycle runs, and what became of it at its end: parts that follow one another. #}
{% macro rules_on_objectives() %}
ended_early:
  message:
    en: Ended early on {ended_on} ({end_reason})
    fr: Arrêté le {ended_on} ({end_reason})
all_ended:
  message:
    en: All of its key results were ended early
    fr: Tous ses résultats clés ont été arrêtés

# while it runs
no_key_result:
  message:
    en: It has no key result
    fr: Il n’a aucun résultat clé
all_achieved:
  message:
    en: All of its key results are achieved
    fr: Tous ses résultats clés sont atteints
worst:
  message:
    en: The worst of its key results is {status}
    fr: 'Le moins bon de ses résultats clés : {status}'
no_breach:
  message:
    en: .
    fr: .
# a breach, as the two below name it
breach:
  message:
    en: '{guardrail} of {key_result}'
    fr: '{guardrail} ({key_result})'
one_breach:
  message:
    en: '; a guardrail is breached: {breach}.'
    fr: ' ; un garde-fou est franchi : {breach}.'
several_breaches:
  message:
    en: '; {breaches} guardrails are breached, {breach} first.'
    fr: ' ; {breaches} garde-fous sont franchis, d’abord {breach}.'

# at its end
met:
  message:
    en: '{met} of {counted} key results met at close'
    fr: 'Résultats clés atteints à la clôture : {met} sur {counted}'
met_and_lost:
  message:
    en: '{met} of {counted} key results met at close, {lost} more reached and lost again'
    fr: 'Résultats clés atteints à la clôture : {met} sur {counted} (atteints puis perdus : {lost})'
key_results_ended:
  message:
    en: '; ended early: {endings}'
    fr: ' ; arrêtés : {endings}'
# one of them
key_result_ended:
  message:
    en: '{key_result} ({end_reason} on {ended_on})'
    fr: '{key_result} ({end_reason} le {ended_on})'
over:
  message:
    en: .
    fr: .
missed:
  message:
    en: '. It was committed: say why, before the next one is promised.'
    fr: '. L’objectif était engagé : dites pourquoi, avant d’en promettre un autre.'
carried_over:
  message:
    en: '. It was aspirational: carry it over to {next_cycle}, or drop it and say so.'
    fr: '. L’objectif était ambitieux : reportez-le à {next_cycle}, ou abandonnez-le en le disant.'
carried_over.no_cycle:
  message:
    en: '. It was aspirational: carry it over, once its next cycle is in okr_cycles, or drop it and say so.'
    fr: '. L’objectif était ambitieux : reportez-le, dès que le cycle suivant est dans okr_cycles, ou abandonnez-le en le disant.'
{% endmacro %}
