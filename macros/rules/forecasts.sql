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
too_few_periods:
  message:
    en: 'No forecast: the trend needs three complete periods.'
    fr: 'Pas de prévision : la tendance demande trois périodes complètes.'
last_period_complete:
  message:
    en: The last period before the due date is complete.
    fr: La dernière période avant l’échéance est complète.
run_rate:
  message:
    en: At the rate so far; the interval is from {cases} past cases.
    fr: Au rythme actuel ; intervalle tiré de {cases} cas passés.
run_rate.no_interval:
  message:
    en: 'At the rate so far; no interval: {cases} past cases, and 6 are needed.'
    fr: 'Au rythme actuel ; pas d’intervalle : {cases} cas passés, il en faut 6.'
trend:
  message:
    en: Along the trend of the last six periods; the interval is from {cases} past cases.
    fr: Selon la tendance des six dernières périodes ; intervalle tiré de {cases} cas passés.
trend.no_interval:
  message:
    en: 'Along the trend of the last six periods; no interval: {cases} past cases, and 6 are needed.'
    fr: 'Selon la tendance des six dernières périodes ; pas d’intervalle : {cases} cas passés, il en faut 6.'
{% endmacro %}
