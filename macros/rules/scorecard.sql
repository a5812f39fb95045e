{# What the scorecard on the terminal says besides the tables. #}
{% macro rules_on_scorecard() %}
labels:
  title: {en: 'Key results on {day}', fr: 'Résultats clés au {day}'}
  key_result_id: {en: '', fr: ''}
  key_result: {en: key result, fr: résultat clé}
  actual: {en: actual, fr: réel}
  target: {en: target, fr: cible}
  progress: {en: progress, fr: progrès}
  status: {en: status, fr: statut}
  forecast: {en: forecast, fr: prévision}
  odds: {en: odds, fr: chances}
  luck: {en: luck, fr: hasard}
  notes: {en: '', fr: ''}
  meaning:
    en: 'forecast: the value at the due date; odds: the chance that it meets the target, from past errors; luck: the chance without any change.'
    fr: 'prévision : la valeur à l’échéance ; chances : d’atteindre la cible, d’après les erreurs passées ; hasard : la chance d’y arriver sans rien changer.'
  tables:
    en: 'The tables are in {place}: okr__key_result_attainment says why, okr__quality what to mend, kpi__values holds the KPIs.'
    fr: 'Les tables sont dans {place} : okr__key_result_attainment dit pourquoi, okr__quality quoi corriger, kpi__values contient les KPI.'
notes:
  ended: {en: 'ended on {day} ({reason})', fr: 'arrêté le {day} ({reason})'}
  guardrail_breached: {en: guardrail breached, fr: garde-fou franchi}
  restated: {en: restated since, fr: révisé depuis}
  lost_again: {en: 'was met, lost again', fr: 'atteint, puis perdu'}
{% endmacro %}
