{# What a key result is to bring about, as okr__conflicts says it. #}
{% macro rules_on_goals() %}
at_least:
  message:
    en: "{key_result} wants {kpi} at {low} or more by {due}"
    fr: "{key_result} vise {kpi} : {low} ou plus d’ici le {due}"
at_most:
  message:
    en: "{key_result} wants {kpi} at {high} or less by {due}"
    fr: "{key_result} vise {kpi} : {high} ou moins d’ici le {due}"
range:
  message:
    en: "{key_result} wants {kpi} from {low} to {high} by {due}"
    fr: "{key_result} vise {kpi} : entre {low} et {high} d’ici le {due}"
cumulative_at_most:
  message:
    en: "{key_result} wants {kpi} to add up to at most {target} ({each} a {grain}) by {due}"
    fr: "{key_result} vise {kpi} : au plus {target} au total ({each} par {grain}) d’ici le {due}"
cumulative:
  message:
    en: "{key_result} wants {kpi} to add up to {target} ({each} a {grain}) by {due}"
    fr: "{key_result} vise {kpi} : {target} au total ({each} par {grain}) d’ici le {due}"
average:
  message:
    en: "{key_result} wants {kpi} at {target} on average by {due}"
    fr: "{key_result} vise {kpi} : {target} en moyenne d’ici le {due}"
milestone:
  message:
    en: "{key_result} wants {kpi} for a milestone by {due}"
    fr: "{key_result} vise {kpi} : un jalon d’ici le {due}"
increase:
  message:
    en: "{key_result} wants {kpi} up to {target} by {due}"
    fr: "{key_result} vise {kpi} : monter à {target} d’ici le {due}"
decrease:
  message:
    en: "{key_result} wants {kpi} down to {target} by {due}"
    fr: "{key_result} vise {kpi} : baisser à {target} d’ici le {due}"
{% endmacro %}
