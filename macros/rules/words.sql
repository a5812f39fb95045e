{# Words that stand in columns and are said in sentences, by list, and how a language writes numbers and days. #}
{% macro rules_on_words() %}
written_as:
  decimal_mark: {en: '.', fr: ','}
  day: {en: '{iso}', fr: '{day}/{month}/{year}'}
  ratio: {en: '{number}%', fr: '{number} %'}
  currency: {en: '{number} {currency}', fr: '{number} {currency}'}
  months: {en: '{number} months', fr: '{number} mois'}
  hours: {en: '{number} hours', fr: '{number} heures'}
kpi:
  growth_formula: {en: '{kpi} / its previous_value - 1', fr: '{kpi} / sa valeur précédente - 1'}
period_grain:
  day: {en: day, fr: jour}
  week: {en: week, fr: semaine}
  month: {en: month, fr: mois}
  quarter: {en: quarter, fr: trimestre}
  year: {en: year, fr: an}
end_reason:
  cancelled: {en: cancelled, fr: annulé}
  postponed: {en: postponed, fr: reporté}
  replaced: {en: replaced, fr: remplacé}
  merged: {en: merged, fr: fusionné}
kind:
  flow: {en: flow, fr: flux}
  stock: {en: stock, fr: stock}
  ratio: {en: ratio, fr: ratio}
  derived: {en: derived, fr: KPI dérivé}
number:
  '1': {en: one, fr: un}
  '2': {en: two, fr: deux}
  '3': {en: three, fr: trois}
  '4': {en: four, fr: quatre}
  '5': {en: five, fr: cinq}
  '6': {en: six, fr: six}
  '7': {en: seven, fr: sept}
  '8': {en: eight, fr: huit}
  '9': {en: nine, fr: neuf}
  '10': {en: ten, fr: dix}
status:
  achieved: {en: achieved, fr: atteint}
  on_track: {en: on track, fr: en bonne voie}
  at_risk: {en: at risk, fr: à risque}
  off_track: {en: off track, fr: hors trajectoire}
  missed: {en: missed, fr: manqué}
  unreliable: {en: unreliable, fr: peu fiable}
  no_data: {en: without data, fr: sans données}
  not_started: {en: not started, fr: pas commencé}
  closed: {en: closed, fr: arrêté}
scorecard:
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
scorecard_notes:
  ended: {en: 'ended on {day} ({reason})', fr: 'arrêté le {day} ({reason})'}
  guardrail_breached: {en: guardrail breached, fr: garde-fou franchi}
  restated: {en: restated since, fr: révisé depuis}
  lost_again: {en: 'was met, lost again', fr: 'atteint, puis perdu'}
  noise: {en: change may be noise, fr: peut-être du bruit}
provenance:
  agreed: {en: agreed, fr: convenue}
  default: {en: default, fr: par défaut}
  placeholder: {en: placeholder, fr: provisoire}
null_reason:
  before_data: {en: before_data, fr: avant les données}
  after_data: {en: after_data, fr: après les données}
  zero_denominator: {en: zero_denominator, fr: dénominateur nul}
  no_data: {en: no_data, fr: pas de données}
  not_allocated: {en: not_allocated, fr: non réparti}
  other_grain: {en: other_grain, fr: autre période}
  no_churn: {en: no_churn, fr: pas d’attrition}
  too_large: {en: too_large, fr: trop grand}
month_name:
  '01': {en: January, fr: janvier}
  '02': {en: February, fr: février}
  '03': {en: March, fr: mars}
  '04': {en: April, fr: avril}
  '05': {en: May, fr: mai}
  '06': {en: June, fr: juin}
  '07': {en: July, fr: juillet}
  '08': {en: August, fr: août}
  '09': {en: September, fr: septembre}
  '10': {en: October, fr: octobre}
  '11': {en: November, fr: novembre}
  '12': {en: December, fr: décembre}
{% endmacro %}
