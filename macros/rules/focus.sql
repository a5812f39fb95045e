{# What to look at next: okr__focus_candidates.message. Its parts follow each other. #}
{% macro rules_on_focus() %}
trouble:
  message:
    en: "{kpi} has been in trouble since {since}: {value}"
    fr: "{kpi} est en difficulté depuis {since} : {value}"
edge:
  message:
    en: " where {edge} was expected"
    fr: " alors que {edge} était attendu"
edge.of_range:
  message:
    en: ", beyond {edge}, the end of its healthy range"
    fr: ", au-delà de {edge}, la fin de sa plage saine"
money:
  message:
    en: ", about {money} a {grain} at stake"
    fr: ", soit environ {money} par {grain} en jeu"
others:
  message:
    en: " So are {others} more KPIs and segments of the same kind."
    fr: " De même {others} autres KPI et segments du même genre."
others.one:
  message:
    en: " So is 1 more KPI or segment of the same kind."
    fr: " De même 1 autre KPI ou segment du même genre."
uncovered:
  message:
    en: " No objective looks at it: make it one, or set the range that is well enough in kpi_targets."
    fr: " Aucun objectif ne le suit : faites-en un, ou fixez dans kpi_targets la plage qui suffit."
covered:
  message:
    en: " {key_result} ({status}) looks at it: ask its owner what would help."
    fr: " {key_result} ({status}) le suit : demandez à son responsable ce qui aiderait."
covered.by_family:
  message:
    en: " {key_result} ({status}) looks at {key_result_kpi}: ask its owner what would help."
    fr: " {key_result} ({status}) suit {key_result_kpi} : demandez à son responsable ce qui aiderait."
covered.by_origin:
  message:
    en: " Its objective's {key_result} ({status}) looks elsewhere: see that it moves this one too."
    fr: " {key_result} ({status}), de son objectif, regarde ailleurs : vérifiez qu’il la fait bouger aussi."
healthy:
  message:
    en: "{kpi} is healthy: ask whether {key_result} is the change that matters, or should only hold the value (at_least, at_most, range)."
    fr: "{kpi} va bien : demandez si {key_result} est le changement qui compte, ou s’il doit seulement tenir la valeur (at_least, at_most, range)."
{% endmacro %}
