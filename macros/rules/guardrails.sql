{# What a guardrail says, and behind it how often it was breached. #}
{% macro rules_on_guardrails() %}
before_start:
  message:
    en: Its key result starts on {start}.
    fr: Son résultat clé commence le {start}.
no_value:
  message:
    en: No value yet in a complete {grain} since {start}.
    fr: Pas encore de valeur dans une période complète ({grain}) depuis le {start}.
below:
  message:
    en: '{value} on {value_date} is below its lower bound {low}'
    fr: '{value} au {value_date}, en dessous de sa borne basse {low}'
above:
  message:
    en: '{value} on {value_date} is above its upper bound {high}'
    fr: '{value} au {value_date}, au-dessus de sa borne haute {high}'
inside:
  message:
    en: '{value} on {value_date} is inside its bounds ({low} to {high})'
    fr: '{value} au {value_date}, dans ses bornes (de {low} à {high})'
inside.no_lower:
  message:
    en: '{value} on {value_date} is inside its bounds (any to {high})'
    fr: '{value} au {value_date}, dans ses bornes (jusqu’à {high})'
inside.no_upper:
  message:
    en: '{value} on {value_date} is inside its bounds ({low} to any)'
    fr: '{value} au {value_date}, dans ses bornes (à partir de {low})'
# said behind a value
breached:
  message:
    en: '; outside in {breached} of {measured} periods measured, first on {first_breached}.'
    fr: ' ; hors bornes dans {breached} des {measured} périodes mesurées, d’abord au {first_breached}.'
never_breached:
  message:
    en: '; outside in none of {measured} periods measured.'
    fr: ' ; hors bornes dans aucune des périodes mesurées ({measured}).'
{% endmacro %}
