{# What the forecast of a key result rests on, or why there is none. #}
{% macro rules_on_forecasts() %}
milestone:
  message:
    en: 'No forecast: a milestone is reported.'
    fr: 'Pas de prévision : un jalon se constate.'
nothing_measured:
  message:
    en: 'No forecast: nothing is measured yet.'
    fr: 'Pas de prévision : rien n’est encore mesuré.'
last_period_complete:
  message:
    en: The last period before the due date is complete.
    fr: La dernière période avant l’échéance est complète.
forecast:
  message:
    en: From recent levels, trend and the year before, each by how right it was; the interval is from {cases} past cases.
    fr: D’après les niveaux récents, la tendance et l’année précédente, chacun selon sa justesse passée ; intervalle tiré de {cases} cas passés.
forecast.too_few_for_odds:
  message:
    en: From recent levels, trend and the year before, each by how right it was; the interval is from {cases} past cases, and odds need 8.
    fr: D’après les niveaux récents, la tendance et l’année précédente, chacun selon sa justesse passée ; intervalle tiré de {cases} cas passés, les chances en demandent 8.
forecast.no_odds:
  message:
    en: From recent levels, trend and the year before, each by how right it was; no odds, as such an interval covered {covered} of {tested} past cases.
    fr: D’après les niveaux récents, la tendance et l’année précédente, chacun selon sa justesse passée ; pas de chances, un tel intervalle ayant couvert {covered} cas passés sur {tested}.
no_interval:
  message:
    en: 'From recent levels, trend and the year before, each by how right it was; no interval: {cases} past cases, and 6 are needed.'
    fr: 'D’après les niveaux récents, la tendance et l’année précédente, chacun selon sa justesse passée ; pas d’intervalle : {cases} cas passés, il en faut 6.'
{% endmacro %}
