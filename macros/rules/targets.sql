{# What a key result has to come to. Keys are the metric_types; value is said of those that have a target alone. #}
{% macro rules_on_targets() %}
milestone:
  message: {en: done, fr: fait}
at_least:
  message: {en: 'at least {low}', fr: 'au moins {low}'}
at_most:
  message: {en: 'at most {high}', fr: 'au plus {high}'}
range:
  message: {en: '{low} to {high}', fr: '{low} à {high}'}
cumulative_at_most:
  message: {en: 'at most {target} in all', fr: 'au plus {target} au total'}
value:
  message: {en: '{target}', fr: '{target}'}
{% endmacro %}
