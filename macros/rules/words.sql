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
{% endmacro %}
