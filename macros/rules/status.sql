{# Why a key result has its status. Keys are the status rules of okr-definitions; a dot names a case of a rule. #}
{% macro rules_on_status() %}
ended_early:
  message:
    en: Ended early on {day} ({reason}).
    fr: Arrêté le {day} ({reason}).
ended_early.with_score:
  message:
    en: Ended early on {day} ({reason}), at a score of {score}.
    fr: Arrêté le {day} ({reason}), avec un score de {score}.
{% endmacro %}
