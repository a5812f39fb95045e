{# What a finding is about. #}
{% macro rules_on_objects() %}
key_result:
  message:
    en: key result {id}
    fr: résultat clé {id}
objective:
  message:
    en: objective {id}
    fr: objectif {id}
cycle:
  message:
    en: cycle {id}
    fr: cycle {id}
owner:
  message:
    en: owner {name}
    fr: responsable {name}
row:
  message:
    en: okr_{input}, row of {id}
    fr: okr_{input}, ligne de {id}
guardrail:
  message:
    en: guardrail {kpi} of key result {id}
    fr: garde-fou {kpi} du résultat clé {id}
branch:
  message:
    en: kpi_tree, {parent} from {child}
    fr: kpi_tree, {parent} à partir de {child}
kpi_of_tree:
  message:
    en: kpi_tree, {kpi}
    fr: kpi_tree, {kpi}
id:
  message:
    en: "{column} {id}"
    fr: "{column} {id}"
exception:
  message:
    en: exception to {rule} for {object}
    fr: exception à {rule} pour {object}

# parts of their sentences
empty:
  message:
    en: (empty)
    fr: (vide)
check_in:
  message:
    en: its check-in of {day}
    fr: son point d’étape du {day}
check_in.with_id:
  message:
    en: its check-in {id} of {day}
    fr: son point d’étape {id} du {day}
change:
  message:
    en: "{column} was {before} and is {now}"
    fr: "{column} valait {before} et vaut {now}"
nothing:
  message:
    en: empty
    fr: vide
excepted:
  message:
    en: "{message} (excepted: {reason})"
    fr: "{message} (excepté : {reason})"
excepted.until:
  message:
    en: "{message} (excepted until {day}: {reason})"
    fr: "{message} (excepté jusqu’au {day} : {reason})"
{% endmacro %}
