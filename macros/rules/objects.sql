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
kpi:
  message:
    en: KPI {kpi}
    fr: indicateur {kpi}
event:
  message:
    en: event of {day}, {text}
    fr: événement du {day}, {text}
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

# of inputs
input:
  message:
    en: input {input}
    fr: entrée {input}
input.column:
  message:
    en: input {input}, column {column}
    fr: entrée {input}, colonne {column}
input.currency:
  message:
    en: input {input}, {currency}
    fr: entrée {input}, {currency}
subscription:
  message:
    en: subscription {id}
    fr: abonnement {id}
subscription.and_more:
  message:
    en: subscription {id} and {more} more
    fr: abonnement {id} et {more} de plus
plan:
  message:
    en: plan {plan}, {currency}
    fr: plan {plan}, {currency}
calendar:
  message:
    en: calendar, {place}
    fr: calendrier, {place}
calendar.undated:
  message:
    en: calendar, a row without a date
    fr: calendrier, une ligne sans date
advertising:
  message:
    en: advertising in the ledger
    fr: publicité dans le grand livre
channel_of_spend:
  message:
    en: channel '{channel}' of marketing_spend
    fr: canal « {channel} » de marketing_spend
channel_of_customers:
  message:
    en: channel '{channel}' of customers or touches
    fr: canal « {channel} » de clients ou de contacts
rejected_reason:
  message:
    en: "{reason} (rows: {count}, {money})"
    fr: "{reason} (lignes : {count}, {money})"
and_another:
  message:
    en: ; {text}
    fr: " ; {text}"
and_other_reasons:
  message:
    en: ; and others
    fr: " ; et d’autres"
and_others:
  message:
    en: "{list} and others"
    fr: "{list} et d’autres"
{% endmacro %}
