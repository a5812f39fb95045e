{# Words that stand in columns and are said in sentences, by list. #}
{% macro rules_on_words() %}
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
{% endmacro %}
